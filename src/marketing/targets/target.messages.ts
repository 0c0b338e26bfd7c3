import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  FIELD_NOT_TARGETABLE: {
    en: "No target can ask for this field: there is none of this name, or it is free text. `targetFields` lists the fields.",
    fr: "Aucune cible ne peut interroger ce champ : il n'existe pas ou contient du texte libre. `targetFields` liste les champs.",
    es: "Ningún objetivo puede preguntar por este campo: no existe o es texto libre. `targetFields` enumera los campos.",
  },
  OPERATOR_NOT_APPLICABLE: {
    en: "The field is not compared in this way. Accepted: {accepted}.",
    fr: "Le champ ne se compare pas ainsi. Acceptés : {accepted}.",
    es: "El campo no se compara así. Se aceptan: {accepted}.",
  },
  NUMBER_OF_VALUES: {
    en: "From {minimum} to {maximum} values.",
    fr: "De {minimum} à {maximum} valeurs.",
    es: "De {minimum} a {maximum} valores.",
  },
  INVALID_VALUE: {
    en: "A value does not have the form of this field. Accepted: {accepted}.",
    fr: "Une valeur n'a pas la forme de ce champ. Accepté : {accepted}.",
    es: "Un valor no tiene la forma de este campo. Se acepta: {accepted}.",
  },
  RANGE_REVERSED: {
    en: "The range ends before it begins. Exchange its ends.",
    fr: "L'intervalle se termine avant de commencer. Inversez ses bornes.",
    es: "El intervalo termina antes de empezar. Intercambie sus extremos.",
  },
  SCOPE_NOT_APPLICABLE: {
    en: "Only purchases and visits have a scope. Leave it out.",
    fr: "Seuls les achats et les venues ont une portée. Supprimez-la.",
    es: "Solo las compras y las asistencias tienen un ámbito. Quítelo.",
  },
  FILTER_NOT_ONE: {
    en: "A filter has exactly one of `all`, `any`, `none` and `condition`.",
    fr: "Un filtre a exactement un de `all`, `any`, `none` et `condition`.",
    es: "Un filtro tiene exactamente uno de `all`, `any`, `none` y `condition`.",
  },
  FILTER_EMPTY: {
    en: "A group needs at least one filter.",
    fr: "Un groupe doit contenir au moins un filtre.",
    es: "Un grupo necesita al menos un filtro.",
  },
  FILTER_TOO_DEEP: {
    en: "A filter has at most {maximum} levels.",
    fr: "Un filtre a au plus {maximum} niveaux.",
    es: "Un filtro tiene como máximo {maximum} niveles.",
  },
  FILTER_TOO_LONG: {
    en: "A filter has at most {maximum} conditions.",
    fr: "Un filtre a au plus {maximum} conditions.",
    es: "Un filtro tiene como máximo {maximum} condiciones.",
  },
  FILTER_TOO_WIDE: {
    en: "A filter has at most {maximum} values, all conditions together. Put long lists of contacts into a static target.",
    fr: "Un filtre a au plus {maximum} valeurs, toutes conditions confondues. Mettez les longues listes de contacts dans une cible statique.",
    es: "Un filtro tiene como máximo {maximum} valores entre todas las condiciones. Ponga las listas largas de contactos en un objetivo estático.",
  },
  TARGET_NOT_FOUND: {
    en: "There is no target with this id.",
    fr: "Aucune cible ne porte cet id.",
    es: "Ningún objetivo tiene este id.",
  },
  TARGET_NEEDS_FILTER: {
    en: "A dynamic target needs a filter and no list of contacts; a static one needs either of them.",
    fr: "Une cible dynamique demande un filtre et pas de liste de contacts ; une cible statique l'un des deux.",
    es: "Un objetivo dinámico necesita un filtro y ninguna lista de contactos; uno estático, uno de los dos.",
  },
  TARGET_HAS_NO_FILTER: {
    en: "This list was made by hand. Give the picture a name to make a copy of it.",
    fr: "Cette liste a été faite à la main. Donnez un nom à la photographie pour en faire une copie.",
    es: "Esta lista se hizo a mano. Dé un nombre a la fotografía para copiarla.",
  },
  TARGET_NEEDS_NAME: {
    en: "A picture of a dynamic target is a new target: give it a name.",
    fr: "La photographie d'une cible dynamique est une nouvelle cible : donnez-lui un nom.",
    es: "La fotografía de un objetivo dinámico es un objetivo nuevo: déle un nombre.",
  },
  UNKNOWN_PARTNER: {
    en: "No active partner of the institution has this login.",
    fr: "Aucun partenaire actif de l'institution ne porte cet identifiant.",
    es: "Ningún socio activo de la institución tiene este identificador.",
  },
});
