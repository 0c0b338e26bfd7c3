import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  EMAIL_REQUIRED_FOR_LOGIN: {
    en: "A login needs an e-mail address, which is also where the privacy information goes.",
    fr: "Un compte internet nécessite une adresse e-mail, à laquelle l'information sur les données est aussi envoyée.",
    es: "Una cuenta de internet necesita una dirección de correo, a la que se envía también la información de privacidad.",
  },
  LEGAL_MENTION_NOT_ACKNOWLEDGED: {
    en: "Without a login, confirm first that you inform the person of his or her rights.",
    fr: "Sans compte internet, confirmez d'abord que vous informez la personne de ses droits.",
    es: "Sin cuenta de internet, confirme primero que informa a la persona de sus derechos.",
  },
  OWNER_INVALID: {
    en: "The validity of this internet user has ended: he creates nobody.",
    fr: "La validité de cet internaute est terminée : il ne peut créer personne.",
    es: "La validez de este internauta ha terminado: no puede crear a nadie.",
  },
  OWNER_BLOCKED: {
    en: "This internet user is blocked and may not buy: he creates nobody.",
    fr: "Cet internaute est bloqué et ne peut pas acheter : il ne peut créer personne.",
    es: "Este internauta está bloqueado y no puede comprar: no puede crear a nadie.",
  },
  COMMUNITY_FULL: {
    en: "A community has at most {maximum} members.",
    fr: "Une communauté a au plus {maximum} membres.",
    es: "Una comunidad tiene como máximo {maximum} miembros.",
  },
});
