import { defineMessages } from "../../platform/i18n/messages.js";
import "../contact.messages.js";

/** Of definitions. */
defineMessages({
  RESERVED_CODE: {
    en: "Files or spreadsheets take this code for something else. Write for example {suggestion}.",
    fr: "Les fichiers ou les tableurs prennent ce code pour autre chose. Écrivez par exemple {suggestion}.",
    es: "Los archivos o las hojas de cálculo toman este código por otra cosa. Escriba por ejemplo {suggestion}.",
  },
  CRITERION_EXISTS: {
    en: "There is a criterion with this code. To change it, give its version.",
    fr: "Un critère porte déjà ce code. Pour le modifier, indiquez sa version.",
    es: "Ya existe un criterio con este código. Para modificarlo, indique su versión.",
  },
  CRITERION_VALUE_EXISTS: {
    en: "The criterion has a value with this code. To change it, give its version.",
    fr: "Le critère a déjà une valeur avec ce code. Pour la modifier, indiquez sa version.",
    es: "El criterio ya tiene un valor con este código. Para modificarlo, indique su versión.",
  },
  CRITERION_VALUE_NOT_FOUND: {
    en: "The criterion has no value with this code.",
    fr: "Le critère n'a pas de valeur avec ce code.",
    es: "El criterio no tiene ningún valor con este código.",
  },
  CRITERION_KIND_FIXED: {
    en: "The kind of a criterion never changes: it is {kind}. Take it out of use and define another one.",
    fr: "Le type d'un critère ne change jamais : c'est {kind}. Désactivez-le et définissez-en un autre.",
    es: "El tipo de un criterio nunca cambia: es {kind}. Desactívelo y defina otro.",
  },
  CRITERION_HAS_NO_VALUES: {
    en: "Only lists have values; this criterion is of kind {kind}.",
    fr: "Seules les listes ont des valeurs ; ce critère est de type {kind}.",
    es: "Solo las listas tienen valores; este criterio es de tipo {kind}.",
  },
  TOO_MANY_CRITERIA: {
    en: "There are {maximum} criteria, which is the most. Those out of use count as well.",
    fr: "Il y a {maximum} critères, le maximum. Ceux qui sont désactivés comptent aussi.",
    es: "Hay {maximum} criterios, el máximo. Los desactivados también cuentan.",
  },
  TOO_MANY_CRITERION_VALUES: {
    en: "The criterion has {maximum} values, which is the most. Those out of use count as well.",
    fr: "Le critère a {maximum} valeurs, le maximum. Celles qui sont désactivées comptent aussi.",
    es: "El criterio tiene {maximum} valores, el máximo. Los desactivados también cuentan.",
  },
  NUMBER_OUT_OF_RANGE: {
    en: "A whole number from {minimum} to {maximum}.",
    fr: "Un nombre entier de {minimum} à {maximum}.",
    es: "Un número entero de {minimum} a {maximum}.",
  },
});

/** Of what contacts have. */
defineMessages({
  CRITERION_NOT_FOUND: {
    en: "No criterion has this code.",
    fr: "Aucun critère ne porte ce code.",
    es: "Ningún criterio tiene este código.",
  },
  CRITERION_NOT_APPLICABLE: {
    en: "This criterion is not for this type of contact.",
    fr: "Ce critère ne concerne pas ce type de contact.",
    es: "Este criterio no es para este tipo de contacto.",
  },
  CRITERION_INACTIVE: {
    en: "This criterion is out of use. It can only be cleared.",
    fr: "Ce critère est désactivé. Il peut seulement être vidé.",
    es: "Este criterio está desactivado. Solo se puede vaciar.",
  },
  CRITERION_REQUIRED: {
    en: "This criterion is compulsory and cannot be cleared.",
    fr: "Ce critère est obligatoire et ne peut pas être vidé.",
    es: "Este criterio es obligatorio y no se puede vaciar.",
  },
  CRITERION_MISSING: {
    en: "The contact has no value for the compulsory criterion {criterion}.",
    fr: "Le contact n'a pas de valeur pour le critère obligatoire {criterion}.",
    es: "El contacto no tiene valor para el criterio obligatorio {criterion}.",
  },
  CRITERION_KIND_EXPECTED: {
    en: "Give exactly one of values, yesNo, text and clear, as the kind of the criterion takes it: {kind}.",
    fr: "Indiquez exactement un seul champ parmi values, yesNo, text et clear, selon le type du critère : {kind}.",
    es: "Indique exactamente uno de values, yesNo, text y clear, según el tipo del criterio: {kind}.",
  },
  SINGLE_VALUE_EXPECTED: {
    en: "This criterion takes one value only.",
    fr: "Ce critère ne prend qu'une seule valeur.",
    es: "Este criterio solo admite un valor.",
  },
  INACTIVE_CODE: {
    en: "The value {value} is out of use. Contacts that have it keep it, and no other gets it.",
    fr: "La valeur {value} est désactivée. Les contacts qui l'ont la gardent, aucun autre ne la reçoit.",
    es: "El valor {value} está desactivado. Los contactos que lo tienen lo conservan, ningún otro lo recibe.",
  },
  CODE_NOT_IN_ORGANIZATION: {
    en: "Only the organization {organization} sets this.",
    fr: "Seul l'organisme {organization} peut l'indiquer.",
    es: "Solo el organismo {organization} puede indicarlo.",
  },
  RESERVED_TEXT: {
    en: "The text {text} clears in files and cannot be a value.",
    fr: "Le texte {text} vide le champ dans les fichiers et ne peut pas être une valeur.",
    es: "El texto {text} vacía el campo en los archivos y no puede ser un valor.",
  },
  LIST_TOO_LONG: {
    en: "At most {maximum} elements.",
    fr: "Au plus {maximum} éléments.",
    es: "Como máximo {maximum} elementos.",
  },
});
