import { defineMessages } from "../../../platform/i18n/messages.js";

defineMessages({
  ALIAS_REMOVAL_NOT_FOUND: {
    en: "No removal of a payment alias has this id.",
    fr: "Aucune suppression d'alias de paiement n'a cet identifiant.",
    es: "Ninguna supresión de alias de pago tiene este identificador.",
  },
});
