import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  CONTACT_ERASED: {
    en: "The contact of this e-mail address or reference code was erased, and files do not bring him back. If the person has come back, create him by hand.",
    fr: "Le contact de cette adresse e-mail ou de ce code de référence a été effacé, et les fichiers ne le font pas revenir. Si la personne est revenue, créez-la à la main.",
    es: "El contacto de esta dirección de correo o código de referencia fue borrado, y los archivos no lo recuperan. Si la persona ha vuelto, créela a mano.",
  },
});
