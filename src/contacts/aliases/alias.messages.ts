import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  BUYER_CONSENT_REQUIRED: {
    en: "Ask the buyer for consent and confirm that you have it. Nothing was kept.",
    fr: "Demandez son consentement à l'acheteur et confirmez que vous l'avez obtenu. Rien n'a été enregistré.",
    es: "Pida el consentimiento al comprador y confirme que lo tiene. No se ha guardado nada.",
  },
  CARD_NUMBER_REFUSED: {
    en: "This may be the number of a card. Card numbers are never kept here: enter the alias that the bank gave.",
    fr: "Ceci peut être un numéro de carte. Les numéros de carte ne sont jamais enregistrés ici : saisissez l'alias fourni par la banque.",
    es: "Esto puede ser un número de tarjeta. Aquí nunca se guardan números de tarjeta: introduzca el alias que dio el banco.",
  },
  INVALID_ALIAS: {
    en: "An alias has 1 to {maximum} letters, digits and signs, without blanks.",
    fr: "Un alias comporte de 1 à {maximum} lettres, chiffres et signes, sans espaces.",
    es: "Un alias tiene de 1 a {maximum} letras, cifras y signos, sin espacios.",
  },
  INVALID_MASKED_NUMBER: {
    en: "Enter the last four digits only, with stars before them if you like.",
    fr: "N'indiquez que les quatre derniers chiffres, précédés d'étoiles si vous voulez.",
    es: "Indique solo las cuatro últimas cifras, precedidas de asteriscos si lo desea.",
  },
  INVALID_EXPIRY: {
    en: "Give both the month, 1 to 12, and the year, in four digits, or neither.",
    fr: "Indiquez le mois, de 1 à 12, et l'année, en quatre chiffres, ou ni l'un ni l'autre.",
    es: "Indique el mes, de 1 a 12, y el año, en cuatro cifras, o ninguno de los dos.",
  },
  ALIAS_EXISTS: {
    en: "This alias is kept already.",
    fr: "Cet alias est déjà enregistré.",
    es: "Este alias ya está guardado.",
  },
  TOO_MANY_ALIASES: {
    en: "A contact has at most {maximum} aliases. Remove one first.",
    fr: "Un contact a au plus {maximum} alias. Supprimez-en un d'abord.",
    es: "Un contacto tiene como máximo {maximum} alias. Elimine uno primero.",
  },
  PAYMENT_ALIAS_NOT_FOUND: {
    en: "No alias has this id.",
    fr: "Aucun alias n'a cet identifiant.",
    es: "Ningún alias tiene este identificador.",
  },
});
