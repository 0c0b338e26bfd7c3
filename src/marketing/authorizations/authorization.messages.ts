import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  AUTHORIZATION_NOT_APPLICABLE: {
    en: "A structure has no authorizations. Set those of its relay.",
    fr: "Une structure n’a pas d’autorisations. Modifiez celles de son relais.",
    es: "Una estructura no tiene autorizaciones. Modifique las de su enlace.",
  },
  AUTHORIZATIONS_MISSING: {
    en: "Name at least one authorization to set.",
    fr: "Indiquez au moins une autorisation à modifier.",
    es: "Indique al menos una autorización que modificar.",
  },
  CONTACT_INVALID: {
    en: "The contact is no longer valid: his authorizations can only be withdrawn or cleared.",
    fr: "Le contact n’est plus valide : ses autorisations peuvent seulement être retirées ou vidées.",
    es: "El contacto ya no es válido: sus autorizaciones solo se pueden retirar o vaciar.",
  },
});
