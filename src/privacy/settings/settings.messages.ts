import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  INVALID_MONTHS: {
    en: "A number of calendar months from {minimum} to {maximum}.",
    fr: "Un nombre de mois calendaires de {minimum} à {maximum}.",
    es: "Un número de meses naturales de {minimum} a {maximum}.",
  },
});
