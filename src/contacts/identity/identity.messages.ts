import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  INVALID_IDENTITY_NUMBER: {
    en: "The number of an identity document has {shortest} to {longest} letters and digits; blanks, dots and hyphens do not count.",
    fr: "Le numéro d'une pièce d'identité a de {shortest} à {longest} lettres et chiffres ; espaces, points et tirets ne comptent pas.",
    es: "El número de un documento de identidad tiene de {shortest} a {longest} letras y cifras; espacios, puntos y guiones no cuentan.",
  },
});
