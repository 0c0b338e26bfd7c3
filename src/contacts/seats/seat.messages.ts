import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  INVALID_SEAT: {
    en: "Venue, block, row and seat have 1 to {maximum} characters each.",
    fr: "Le lieu, le bloc, le rang et la place comportent chacun de 1 à {maximum} caractères.",
    es: "El recinto, el bloque, la fila y el asiento tienen de 1 a {maximum} caracteres cada uno.",
  },
  SEAT_NOT_FOUND: {
    en: "There is no such seat in this block.",
    fr: "Cette place n'existe pas dans ce bloc.",
    es: "Este asiento no existe en este bloque.",
  },
  TOO_MANY_PREFERRED_SEATS: {
    en: "A contact has at most {maximum} preferred seats. Remove one first.",
    fr: "Un contact a au plus {maximum} places préférées. Supprimez-en une d'abord.",
    es: "Un contacto tiene como máximo {maximum} asientos preferidos. Elimine uno primero.",
  },
  PREFERRED_SEAT_NOT_FOUND: {
    en: "No preferred seat has this id.",
    fr: "Aucune place préférée n'a cet identifiant.",
    es: "Ningún asiento preferido tiene este identificador.",
  },
  TOO_MANY_SEATS: {
    en: "A block has at most {maximum} seats.",
    fr: "Un bloc a au plus {maximum} places.",
    es: "Un bloque tiene como máximo {maximum} asientos.",
  },
});
