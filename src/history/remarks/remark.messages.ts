import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  ORDER_NOT_FOUND: {
    en: "No order has this id.",
    fr: "Aucune commande n'a cet identifiant.",
    es: "Ningún pedido tiene este identificador.",
  },
});
