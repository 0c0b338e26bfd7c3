import { defineMessages } from "../platform/i18n/messages.js";

defineMessages({
  CONTACT_NOT_FOUND: {
    en: "No contact has this id.",
    fr: "Aucun contact n'a cet identifiant.",
    es: "Ningún contacto tiene este identificador.",
  },
  CONTACT_ANONYMIZED: {
    en: "The contact was anonymized and can no longer be changed.",
    fr: "Le contact a été anonymisé et ne peut plus être modifié.",
    es: "El contacto fue anonimizado y ya no se puede modificar.",
  },
  LEVEL_ABOVE_CLEARANCE: {
    en: "You can give no level above your own clearance.",
    fr: "Vous ne pouvez pas donner un niveau supérieur à votre propre habilitation.",
    es: "No puede asignar un nivel superior a su propia habilitación.",
  },
  FIELD_NOT_APPLICABLE: {
    en: "This field does not exist for this type of contact.",
    fr: "Ce champ n'existe pas pour ce type de contact.",
    es: "Este campo no existe para este tipo de contacto.",
  },
  INVALID_NAME: {
    en: "A name holds no digits.",
    fr: "Un nom ne contient pas de chiffres.",
    es: "Un nombre no contiene cifras.",
  },
  INVALID_EMAIL: {
    en: "This is not an e-mail address, such as name@example.org.",
    fr: "Ce n'est pas une adresse e-mail, comme nom@example.org.",
    es: "No es una dirección de correo electrónico, como nombre@example.org.",
  },
  INVALID_PHONE: {
    en: "A telephone number holds digits, blanks and + ( ) . / - only, and 3 to 20 digits.",
    fr: "Un numéro de téléphone ne contient que des chiffres, des espaces et + ( ) . / -, avec 3 à 20 chiffres.",
    es: "Un número de teléfono solo contiene cifras, espacios y + ( ) . / -, con 3 a 20 cifras.",
  },
  INVALID_DATE: {
    en: "The date is not possible here. In a file, write day.month.year, such as 30.04.1999.",
    fr: "Cette date n'est pas possible ici. Dans un fichier, écrivez jour.mois.année, par exemple 30.04.1999.",
    es: "Esta fecha no es posible aquí. En un archivo, escriba día.mes.año, por ejemplo 30.04.1999.",
  },
  UNKNOWN_LANGUAGE: {
    en: "Unknown language. Use an ISO 639-1 code such as fr.",
    fr: "Langue inconnue. Utilisez un code ISO 639-1 comme fr.",
    es: "Idioma desconocido. Use un código ISO 639-1 como es.",
  },
  UNKNOWN_COUNTRY: {
    en: "Unknown country. Use an ISO 3166-1 code such as CH{hint}.",
    fr: "Pays inconnu. Utilisez un code ISO 3166-1 comme CH{hint}.",
    es: "País desconocido. Use un código ISO 3166-1 como CH{hint}.",
  },
  DUPLICATE_ADDRESS_KIND: {
    en: "A contact has at most one address of each kind.",
    fr: "Un contact a au plus une adresse de chaque type.",
    es: "Un contacto tiene como máximo una dirección de cada tipo.",
  },
  ADDRESS_NOT_FOUND: {
    en: "The contact has no address of this kind.",
    fr: "Le contact n'a pas d'adresse de ce type.",
    es: "El contacto no tiene dirección de este tipo.",
  },
  NOTHING_TO_CHANGE: {
    en: "The input names no field to change.",
    fr: "Aucun champ à modifier n'est indiqué.",
    es: "No se indica ningún campo que modificar.",
  },
});
