import { defineMessages } from "../i18n/messages.js";

/** Of inputs in every module. */
defineMessages({
  DUPLICATE_CODE: {
    en: "The code {code} is given more than once.",
    fr: "Le code {code} est indiqué plusieurs fois.",
    es: "El código {code} se indica más de una vez.",
  },
  FIELD_REQUIRED: {
    en: "This field needs a value.",
    fr: "Ce champ doit être rempli.",
    es: "Este campo necesita un valor.",
  },
  VALUE_TOO_LONG: {
    en: "At most {maximum} characters.",
    fr: "Au plus {maximum} caractères.",
    es: "Como máximo {maximum} caracteres.",
  },
  INVALID_CHARACTERS: {
    en: "The text holds control characters. Remove them.",
    fr: "Le texte contient des caractères de contrôle. Supprimez-les.",
    es: "El texto contiene caracteres de control. Elimínelos.",
  },
  UNKNOWN_ORGANIZATION: {
    en: "No organization of the institution has this code.",
    fr: "Aucun organisme de l'institution n'a ce code.",
    es: "Ningún organismo de la institución tiene este código.",
  },
  INVALID_CODE: {
    en: "A code holds capital letters, digits and _, at most {maximum}, and begins with a letter.",
    fr: "Un code contient des majuscules, des chiffres et _, au plus {maximum}, et commence par une lettre.",
    es: "Un código contiene mayúsculas, cifras y _, como máximo {maximum}, y empieza por una letra.",
  },
  VERSION_CONFLICT: {
    en: "It was changed since you read it, and is now at version {version}. Read it again and repeat your change.",
    fr: "Une modification a eu lieu depuis votre lecture, la version est maintenant {version}. Relisez et répétez votre modification.",
    es: "Hubo un cambio desde su lectura, la versión es ahora {version}. Vuelva a leer y repita su cambio.",
  },
  UNKNOWN_CODE: {
    en: "Unknown code. Accepted: {accepted}.",
    fr: "Code inconnu. Codes acceptés : {accepted}.",
    es: "Código desconocido. Se aceptan: {accepted}.",
  },
  FIELD_NOT_AVAILABLE: {
    en: "This field is withheld from you, so you cannot use it.",
    fr: "Ce champ vous est masqué : vous ne pouvez pas l'utiliser.",
    es: "Este campo no le es visible: no puede usarlo.",
  },
  TOO_MANY_VALUES: {
    en: "At most {maximum} values.",
    fr: "Au plus {maximum} valeurs.",
    es: "Como máximo {maximum} valores.",
  },
});
