import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  HOLD_ENDS_BEFORE_TODAY: {
    en: "A retention hold cannot end before today. To lift it, leave the reason out.",
    fr: "Une conservation ne peut pas se terminer avant aujourd'hui. Pour la lever, n'indiquez pas de raison.",
    es: "Una retención no puede terminar antes de hoy. Para levantarla, no indique ningún motivo.",
  },
  HOLD_NEEDS_REASON: {
    en: "A retention hold needs a reason.",
    fr: "Une conservation a besoin d'une raison.",
    es: "Una retención necesita un motivo.",
  },
});
