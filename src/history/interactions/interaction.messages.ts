import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  INTERACTION_NOT_FOUND: {
    en: "No interaction has this id.",
    fr: "Aucune interaction n'a cet identifiant.",
    es: "Ninguna interacción tiene este identificador.",
  },
  INTERACTION_AUTOMATIC: {
    en: "This interaction comes from something that was sent. Only its status can be changed.",
    fr: "Cette interaction provient d'un envoi. Seul son statut peut être modifié.",
    es: "Esta interacción procede de un envío. Solo se puede cambiar su estado.",
  },
  REOPEN_NOT_PERMITTED: {
    en: "The interaction is archived. To set another status takes the permission interaction:reopen.",
    fr: "L'interaction est archivée. Lui donner un autre statut demande la permission interaction:reopen.",
    es: "La interacción está archivada. Cambiar su estado requiere el permiso interaction:reopen.",
  },
});
