import { defineMessages } from "../i18n/messages.js";

defineMessages({
  EMPTY_FILE: { en: "The file is empty.", fr: "Le fichier est vide.", es: "El archivo está vacío." },
  FILE_TOO_LARGE: {
    en: "The file is too large: at most {limit} bytes. Split it.",
    fr: "Le fichier est trop grand : au plus {limit} octets. Divisez-le.",
    es: "El archivo es demasiado grande: como máximo {limit} bytes. Divídalo.",
  },
  ZIP_RATIO_TOO_HIGH: {
    en: "The zip unpacks to more than {limit} times its size, as no file of rows does. Upload the file itself, without the zip.",
    fr: "Une fois décompressé, le zip dépasse {limit} fois sa taille, ce qu'aucun fichier de lignes ne fait. Envoyez le fichier lui-même, sans zip.",
    es: "Al descomprimirse, el zip supera {limit} veces su tamaño, lo que no hace ningún archivo de filas. Envíe el archivo mismo, sin zip.",
  },
  FILE_NOT_AVAILABLE: {
    en: "The file is no longer there. Upload it again.",
    fr: "Le fichier n'est plus là. Envoyez-le de nouveau.",
    es: "El archivo ya no está. Envíelo de nuevo.",
  },
  UPLOAD_NOT_AVAILABLE: {
    en: "The upload is not there, or was already used. Upload the file again.",
    fr: "Le fichier envoyé n'est pas là, ou a déjà été utilisé. Envoyez-le de nouveau.",
    es: "El archivo enviado no está, o ya se utilizó. Envíelo de nuevo.",
  },
});
