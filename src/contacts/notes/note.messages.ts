import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  NOTE_NOT_FOUND: {
    en: "No note has this id.",
    fr: "Aucune note n'a cet identifiant.",
    es: "Ninguna nota tiene este identificador.",
  },
});
