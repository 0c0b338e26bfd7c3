import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  SUBJECT_EXPORT_NOT_PERMITTED: {
    en: "You may not export what is held of a person any more.",
    fr: "Vous ne pouvez plus exporter les données d'une personne.",
    es: "Ya no puede exportar los datos de una persona.",
  },
  SUBJECT_EXPORT_INTERRUPTED: {
    en: "The export broke off again and again. Tell your administrator.",
    fr: "L'export des données s'est interrompu à plusieurs reprises. Informez votre administrateur.",
    es: "La exportación de los datos se interrumpió una y otra vez. Informe a su administrador.",
  },
});
