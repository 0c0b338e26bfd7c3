import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  AUTHORIZATIONS_MISSING: {
    en: "Name at least one authorization to set.",
    fr: "Indiquez au moins une autorisation à modifier.",
    es: "Indique al menos una autorización que modificar.",
  },
  AUTHORIZATIONS_OF_OTHERS: {
    en: "You can only set your own authorizations.",
    fr: "Vous ne pouvez modifier que vos propres autorisations.",
    es: "Solo puede modificar sus propias autorizaciones.",
  },
  WORDING_NOT_FOUND: {
    en: "There is no such version of the wording in this language.",
    fr: "Cette version du texte n’existe pas dans cette langue.",
    es: "No existe esta versión del texto en este idioma.",
  },
  CONTACT_WITHOUT_EMAIL: {
    en: "The contact has no e-mail address to send the link to.",
    fr: "Le contact n’a pas d’adresse e-mail à laquelle envoyer le lien.",
    es: "El contacto no tiene dirección de correo a la que enviar el enlace.",
  },
  OPT_IN_TOO_OFTEN: {
    en: "The contact was asked {maximum} times in the last 24 hours. Wait for his answer.",
    fr: "Le contact a été sollicité {maximum} fois au cours des dernières 24 heures. Attendez sa réponse.",
    es: "Se ha preguntado al contacto {maximum} veces en las últimas 24 horas. Espere su respuesta.",
  },
});
