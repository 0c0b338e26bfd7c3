import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  INDICATOR_NOT_CONFIGURABLE: {
    en: "This indicator has no settings: it is always worked out, and always as of now.",
    fr: "Cet indicateur n'a pas de paramètres : il est toujours calculé, et toujours à l'instant même.",
    es: "Este indicador no tiene parámetros: siempre se calcula, y siempre al momento.",
  },
  INDICATOR_REFRESH_FIXED: {
    en: "This indicator can only be worked out in real time.",
    fr: "Cet indicateur ne peut être calculé qu'en temps réel.",
    es: "Este indicador solo puede calcularse en tiempo real.",
  },
  INDICATOR_BAND_REVERSED: {
    en: "`mediumFrom` must be more than 0, and `largeFrom` more than `mediumFrom`.",
    fr: "`mediumFrom` doit être supérieur à 0, et `largeFrom` supérieur à `mediumFrom`.",
    es: "`mediumFrom` debe ser mayor que 0, y `largeFrom` mayor que `mediumFrom`.",
  },
  INDICATOR_BAND_TOO_FINE: {
    en: "An amount has at most 12 digits before and 2 behind the point.",
    fr: "Un montant a au plus 12 chiffres avant et 2 après la virgule.",
    es: "Un importe tiene como máximo 12 cifras antes y 2 después del punto.",
  },
  INDICATOR_RUN_NOT_FOUND: {
    en: "There is no recomputation of indicators with this id.",
    fr: "Il n'existe pas de recalcul d'indicateurs portant cet identifiant.",
    es: "No hay ningún recálculo de indicadores con este identificador.",
  },
  INDICATOR_RUN_HAS_ENDED: {
    en: "This recomputation has ended already.",
    fr: "Ce recalcul est déjà terminé.",
    es: "Este recálculo ya ha terminado.",
  },
});
