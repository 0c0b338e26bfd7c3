import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  URL_NOT_HTTPS: {
    en: "Give an address that begins with https://, without user or password, of at most 2000 characters.",
    fr: "Indiquez une adresse qui commence par https://, sans utilisateur ni mot de passe, de 2000 caractères au plus.",
    es: "Indique una dirección que empiece por https://, sin usuario ni contraseña, de 2000 caracteres como máximo.",
  },
  SUMMARY_REQUIRED: {
    en: "To show the summary, write it: at least in English, which stands in for the other languages.",
    fr: "Pour afficher le résumé, rédigez-le : au moins en anglais, qui remplace les autres langues.",
    es: "Para mostrar el resumen, redáctelo: al menos en inglés, que sustituye a los demás idiomas.",
  },
  UNKNOWN_LOCALE: {
    en: "The product speaks en, fr and es.",
    fr: "Le produit parle en, fr et es.",
    es: "El producto habla en, fr y es.",
  },
  DUPLICATE_LOCALE: {
    en: "There is at most one text in each language.",
    fr: "Il y a au plus un texte par langue.",
    es: "Hay como máximo un texto por idioma.",
  },
});
