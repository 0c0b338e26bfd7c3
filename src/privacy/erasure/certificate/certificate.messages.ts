import { defineMessages } from "../../../platform/i18n/messages.js";

defineMessages({
  ERASURE_CERTIFICATE_NOT_FOUND: {
    en: "There is no such certificate.",
    fr: "Ce certificat n'existe pas.",
    es: "Este certificado no existe.",
  },
  ERASURE_CERTIFICATE_PENDING: {
    en: "The certificate is not complete: the database has not been searched yet.",
    fr: "Le certificat n'est pas complet : la base de données n'a pas encore été parcourue.",
    es: "El certificado no está completo: todavía no se ha examinado la base de datos.",
  },
});
