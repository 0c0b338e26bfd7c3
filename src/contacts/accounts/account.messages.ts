import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  LOGIN_NOT_AVAILABLE: {
    en: "Another public contact logs in with this address.",
    fr: "Un autre contact public se connecte avec cette adresse.",
    es: "Otro contacto público se conecta con esta dirección.",
  },
  ACCOUNT_EXISTS: {
    en: "The contact has an internet account with another login. Disable it first.",
    fr: "Le contact a un compte internet avec un autre identifiant. Désactivez-le d'abord.",
    es: "El contacto tiene una cuenta de internet con otro identificador. Desactívela primero.",
  },
  ACCOUNT_NOT_FOUND: {
    en: "The contact has no internet account.",
    fr: "Le contact n'a pas de compte internet.",
    es: "El contacto no tiene cuenta de internet.",
  },
});
