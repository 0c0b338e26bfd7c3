import type { LegalNotice } from "./graphql/shared-types.js";
import type { Locale, Texts } from "./i18n/locale.js";

interface Notice {
  /** Counts up with each new wording: what was confirmed keeps the number of the text that was shown. */
  readonly version: number;
  readonly text: Texts;
}

/** Every notice that the law asks to show (F14, F16, F60, F63, F65, F66). */
const notices = {
  FREE_TEXT_CONTENT: {
    version: 1,
    text: {
      en: "You are responsible for what you write. Write only what is relevant, objective and necessary for your work: nothing about health, origin, opinions, beliefs or private life, and no judgement. The person may ask to read it, and the data protection authority may inspect it.",
      fr: "Vous êtes responsable de ce que vous écrivez. N'écrivez que ce qui est pertinent, objectif et nécessaire à votre travail : rien sur la santé, l'origine, les opinions, les croyances ou la vie privée, et aucun jugement. La personne peut demander à le lire, et l'autorité de protection des données (CNIL) peut le contrôler.",
      es: "Usted es responsable de lo que escribe. Escriba solo lo pertinente, objetivo y necesario para su trabajo: nada sobre la salud, el origen, las opiniones, las creencias o la vida privada, y ningún juicio. La persona puede pedir leerlo y la autoridad de protección de datos puede inspeccionarlo.",
    },
  },
  ALIAS_CONSENT: {
    version: 1,
    text: {
      en: "Ask the buyer for consent before you keep an alias of his card, and confirm that you have it. The card itself is kept by the bank; never write its number here.",
      fr: "Demandez à l'acheteur son consentement avant d'enregistrer un alias de sa carte, et confirmez que vous l'avez obtenu. La carte elle-même reste à la banque ; n'écrivez jamais son numéro ici.",
      es: "Pida al comprador su consentimiento antes de guardar un alias de su tarjeta y confirme que lo tiene. La tarjeta misma queda en el banco; no escriba nunca su número aquí.",
    },
  },
  CREATION_ON_BEHALF: {
    version: 1,
    text: {
      en: "You are giving us the data of another person. Without an e-mail address to log in with we cannot inform that person: please tell him or her that the data is kept here, what for, and that he or she may read, correct and erase it.",
      fr: "Vous nous communiquez les données d'une autre personne. Sans adresse e-mail pour se connecter, nous ne pouvons pas l'informer : dites-lui que ses données sont enregistrées ici, dans quel but, et qu'elle peut y accéder, les rectifier et les faire effacer.",
      es: "Nos comunica los datos de otra persona. Sin una dirección de correo para conectarse no podemos informarla: dígale que sus datos se guardan aquí, con qué fin, y que puede consultarlos, rectificarlos y suprimirlos.",
    },
  },
  DATA_EXPORT: {
    version: 1,
    text: {
      en: "This file holds personal data and leaves the protection of the system. Use it only for the purpose it was made for, give it only to those entitled to it, keep it safe and delete it when it has served. The export is recorded.",
      fr: "Ce fichier contient des données personnelles et sort de la protection du système. Ne l'utilisez que pour la finalité prévue, ne le transmettez qu'aux personnes habilitées, protégez-le et supprimez-le après usage. L'export est enregistré.",
      es: "Este archivo contiene datos personales y sale de la protección del sistema. Úselo solo para el fin previsto, entréguelo solo a quien tenga derecho, guárdelo con seguridad y elimínelo cuando haya servido. La exportación queda registrada.",
    },
  },
  OPERATOR_LOGIN: {
    version: 1,
    text: {
      en: "A login can never be changed or removed, not even when the operator leaves. Choose one that does not reveal who the person is.",
      fr: "Un identifiant ne peut jamais être modifié ni supprimé, même au départ de l'opérateur. Choisissez-en un qui ne révèle pas l'identité de la personne.",
      es: "Un identificador no se puede modificar ni eliminar nunca, ni siquiera cuando el operador se va. Elija uno que no revele quién es la persona.",
    },
  },
} as const satisfies Record<string, Notice>;

export type LegalNoticeCode = keyof typeof notices;

/** The notice of this code in this language. */
export function legalNotice(code: LegalNoticeCode, locale: Locale): LegalNotice {
  const { version, text } = notices[code];
  return { code, version, text: text[locale] };
}

/** The notice that a client asks for before it acts; null for a code that there is not. */
export function findLegalNotice(code: string, locale: Locale): LegalNotice | null {
  return Object.hasOwn(notices, code) ? legalNotice(code as LegalNoticeCode, locale) : null;
}
