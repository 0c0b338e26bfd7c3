import { defineMessages } from "../platform/i18n/messages.js";

defineMessages({
  TIME_FRAME_REVERSED: {
    en: "The time frame ends before it begins.",
    fr: "La période se termine avant de commencer.",
    es: "El período termina antes de empezar.",
  },
  TIME_FRAME_TOO_LONG: {
    en: "The time frame is longer than {days} days.",
    fr: "La période dépasse {days} jours.",
    es: "El período supera {days} días.",
  },
  AUDIT_NOT_AVAILABLE: {
    en: "The audit of contacts is withheld from you.",
    fr: "Le journal des modifications des contacts vous est masqué.",
    es: "El registro de cambios de los contactos no le es visible.",
  },
});
