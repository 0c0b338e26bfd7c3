import { defineMessages } from "../../platform/i18n/messages.js";

defineMessages({
  TOO_MANY_REPORTS: {
    en: "Send at most {most} reports at a time.",
    fr: "Envoyez au plus {most} rapports à la fois.",
    es: "Envíe como máximo {most} informes a la vez.",
  },
  MESSAGES_TOO_LONG: {
    en: "Send messages of at most {most} bytes together.",
    fr: "Envoyez des messages d’au plus {most} octets ensemble.",
    es: "Envíe mensajes de {most} bytes como máximo en total.",
  },
  INVALID_EVENT_ID: {
    en: "An event id has 1 to {longest} characters, none of which controls anything.",
    fr: "L’identifiant d’un événement compte de 1 à {longest} caractères, aucun de contrôle.",
    es: "El identificador de un evento tiene de 1 a {longest} caracteres, ninguno de control.",
  },
  EVENT_ID_REUSED: {
    en: "Something else was reported under this event id.",
    fr: "Autre chose a été signalé sous cet identifiant d’événement.",
    es: "Con este identificador de evento se comunicó otra cosa.",
  },
  EVENT_IN_FUTURE: {
    en: "What is reported has happened already.",
    fr: "Ce qui est signalé a déjà eu lieu.",
    es: "Lo que se comunica ya ha ocurrido.",
  },
  EVENT_TOO_OLD: {
    en: "What is reported has not happened before {oldest}.",
    fr: "Ce qui est signalé n’a pas eu lieu avant le {oldest}.",
    es: "Lo que se comunica no ha ocurrido antes del {oldest}.",
  },
  REPORT_NAMES_STRUCTURE: {
    en: "Name the relay whom the message was sent to, not the structure.",
    fr: "Indiquez le relais à qui le message a été envoyé, pas la structure.",
    es: "Indique el relevo a quien se envió el mensaje, no la estructura.",
  },
  REPORT_ADDRESS_MISSING: {
    en: "Name the address that the mail was sent to.",
    fr: "Indiquez l’adresse à laquelle le message a été envoyé.",
    es: "Indique la dirección a la que se envió el correo.",
  },
  REPORT_KIND_MISSING: {
    en: "Give the kind of what came back, or send the message alone, without kind and status code.",
    fr: "Indiquez le type (kind) de ce qui est revenu, ou envoyez le message seul, sans type ni code d’état.",
    es: "Indique el tipo (kind) de lo que se devolvió, o envíe solo el mensaje, sin tipo ni código de estado.",
  },
  INVALID_STATUS_CODE: {
    en: "A failure has a status code of RFC 3463 that begins with 4 or 5, such as 5.1.1.",
    fr: "Un échec a un code de la RFC 3463 qui commence par 4 ou 5, comme 5.1.1.",
    es: "Un fallo tiene un código del RFC 3463 que empieza por 4 o 5, como 5.1.1.",
  },
  REPORT_UNREADABLE: {
    en: "The message is no delivery report, automatic reply or complaint of at most {longest} bytes.",
    fr: "Le message n’est ni un rapport de remise, ni une réponse automatique, ni une plainte d’au plus {longest} octets.",
    es: "El mensaje no es un informe de entrega, una respuesta automática ni una queja de {longest} bytes como máximo.",
  },
  REPORT_RECIPIENT_UNKNOWN: {
    en: "The delivery report names several recipients, none of whom has this address.",
    fr: "Le rapport de remise nomme plusieurs destinataires, dont aucun n’a cette adresse.",
    es: "El informe de entrega nombra a varios destinatarios, ninguno con esta dirección.",
  },
  SHIPMENT_NOT_FOUND: {
    en: "Some reports name a shipment that does not exist. They were taken in all the same.",
    fr: "Certains rapports nomment un envoi qui n’existe pas. Ils ont tout de même été pris en compte.",
    es: "Algunos informes nombran un envío que no existe. Se han tenido en cuenta igualmente.",
  },
});
