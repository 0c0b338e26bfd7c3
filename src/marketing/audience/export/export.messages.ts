import { defineMessages } from "../../../platform/i18n/messages.js";

defineMessages({
  LEGAL_NOTICE_NOT_ACCEPTED: {
    en: "Read the notice and accept its version {version}.",
    fr: "Lisez la mention et acceptez sa version {version}.",
    es: "Lea el aviso y acepte su versión {version}.",
  },
  EXPORT_NOT_PERMITTED: {
    en: "You may not export audiences any more.",
    fr: "Vous ne pouvez plus exporter d'audiences.",
    es: "Ya no puede exportar audiencias.",
  },
  AUDIENCE_NOT_AVAILABLE: {
    en: "There is no audience to export: something that it is decided by is withheld from you, or the campaign's owner may not ask its targets any more.",
    fr: "Il n'y a pas d'audience à exporter : un champ qui en décide ne vous est pas accessible, ou le propriétaire de la campagne ne peut plus interroger ses cibles.",
    es: "No hay audiencia que exportar: no tiene acceso a un campo del que depende, o el propietario de la campaña ya no puede consultar sus objetivos.",
  },
  CAMPAIGN_UNDER_WAY: {
    en: "The campaign is still being sent. The file has those whom it has been sent to so far: export it again when it has ended.",
    fr: "La campagne est en cours d'envoi. Le fichier contient ceux à qui elle a déjà été envoyée : exportez-la de nouveau une fois terminée.",
    es: "La campaña aún se está enviando. El archivo contiene a quienes ya se envió: expórtela de nuevo cuando haya terminado.",
  },
  EXPORT_INTERRUPTED: {
    en: "It broke off again and again. Tell your administrator.",
    fr: "L'export s'est interrompu à plusieurs reprises. Informez votre administrateur.",
    es: "Se interrumpió una y otra vez. Informe a su administrador.",
  },
});
