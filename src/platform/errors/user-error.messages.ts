import { defineMessages } from "../i18n/messages.js";

/** Of inputs in every module. */
defineMessages({
  DUPLICATE_CODE: {
    en: "The code {code} is given more than once.",
    fr: "Le code {code} est indiqué plusieurs fois.",
    es: "El código {code} se indica más de una vez.",
  },
});
