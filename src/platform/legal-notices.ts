import type { OperationContext } from "./context.js";
import type { Sql } from "./database/sql.js";
import type { LegalNotice } from "./graphql/shared-types.js";
import type { Locale, Texts } from "./i18n/locale.js";
import { insertNotice, lockNotices, type NoticeRow, selectNotice } from "./legal-notices.sql.js";

/** What is shipped is the first version; each new wording counts up. What was confirmed keeps the number that was shown. */
const shippedVersion = 1;

/** Every notice that the law asks to show (F14, F16, F60, F63, F65, F66), as shipped. */
const shipped = {
  FREE_TEXT_CONTENT: {
    en: "You are responsible for what you write. Write only what is relevant, objective and necessary for your work: nothing about health, origin, opinions, beliefs or private life, and no judgement. The person may ask to read it, and the data protection authority may inspect it.",
    fr: "Vous êtes responsable de ce que vous écrivez. N'écrivez que ce qui est pertinent, objectif et nécessaire à votre travail : rien sur la santé, l'origine, les opinions, les croyances ou la vie privée, et aucun jugement. La personne peut demander à le lire, et l'autorité de protection des données (CNIL) peut le contrôler.",
    es: "Usted es responsable de lo que escribe. Escriba solo lo pertinente, objetivo y necesario para su trabajo: nada sobre la salud, el origen, las opiniones, las creencias o la vida privada, y ningún juicio. La persona puede pedir leerlo y la autoridad de protección de datos puede inspeccionarlo.",
  },
  ALIAS_CONSENT: {
    en: "Ask the buyer for consent before you keep an alias of his card, and confirm that you have it. The card itself is kept by the bank; never write its number here.",
    fr: "Demandez à l'acheteur son consentement avant d'enregistrer un alias de sa carte, et confirmez que vous l'avez obtenu. La carte elle-même reste à la banque ; n'écrivez jamais son numéro ici.",
    es: "Pida al comprador su consentimiento antes de guardar un alias de su tarjeta y confirme que lo tiene. La tarjeta misma queda en el banco; no escriba nunca su número aquí.",
  },
  CREATION_ON_BEHALF: {
    en: "You are giving us the data of another person. Without an e-mail address to log in with we cannot inform that person: please tell him or her that the data is kept here, what for, and that he or she may read, correct and erase it.",
    fr: "Vous nous communiquez les données d'une autre personne. Sans adresse e-mail pour se connecter, nous ne pouvons pas l'informer : dites-lui que ses données sont enregistrées ici, dans quel but, et qu'elle peut y accéder, les rectifier et les faire effacer.",
    es: "Nos comunica los datos de otra persona. Sin una dirección de correo para conectarse no podemos informarla: dígale que sus datos se guardan aquí, con qué fin, y que puede consultarlos, rectificarlos y suprimirlos.",
  },
  DATA_EXPORT: {
    en: "This file holds personal data and leaves the protection of the system. Use it only for the purpose it was made for, give it only to those entitled to it, keep it safe and delete it when it has served. The export is recorded.",
    fr: "Ce fichier contient des données personnelles et sort de la protection du système. Ne l'utilisez que pour la finalité prévue, ne le transmettez qu'aux personnes habilitées, protégez-le et supprimez-le après usage. L'export est enregistré.",
    es: "Este archivo contiene datos personales y sale de la protección del sistema. Úselo solo para el fin previsto, entréguelo solo a quien tenga derecho, guárdelo con seguridad y elimínelo cuando haya servido. La exportación queda registrada.",
  },
  OPERATOR_LOGIN: {
    en: "A login can never be changed or removed, not even when the operator leaves. Choose one that does not reveal who the person is.",
    fr: "Un identifiant ne peut jamais être modifié ni supprimé, même au départ de l'opérateur. Choisissez-en un qui ne révèle pas l'identité de la personne.",
    es: "Un identificador no se puede modificar ni eliminar nunca, ni siquiera cuando el operador se va. Elija uno que no revele quién es la persona.",
  },
} as const satisfies Record<string, Texts>;

export type LegalNoticeCode = keyof typeof shipped;

export const noticeCodes = Object.keys(shipped) as LegalNoticeCode[];

/** True for a code of a notice that there is. */
export function isNoticeCode(code: string): code is LegalNoticeCode {
  return Object.hasOwn(shipped, code);
}

/** The notice of this code that is in force, in the caller's language. */
export async function legalNotice(context: OperationContext, code: LegalNoticeCode): Promise<LegalNotice> {
  const asked = context.once(noticesAsked);
  const found = asked.get(code) ?? noticeInForce(context.db, code, context.locale);
  asked.set(code, found);
  return found;
}

/** A page of exports shows the same notice with each of them. */
const noticesAsked = () => new Map<LegalNoticeCode, Promise<LegalNotice>>();

/** The notice of this code that is in force in an institution, in this language. */
export async function noticeInForce(db: Sql, code: LegalNoticeCode, locale: Locale): Promise<LegalNotice> {
  const { version, ...texts } = await noticeTexts(db, code);
  return { code, version, text: texts[locale] };
}

/** The same in all languages. */
export async function noticeTexts(db: Sql, code: LegalNoticeCode): Promise<NoticeRow & { code: LegalNoticeCode }> {
  return { code, ...((await selectNotice(db, code, null)) ?? asShipped(code)) };
}

/** The notice that a client asks for before it acts, or as it was; null for a code or version that there is not. */
export async function findLegalNotice(
  db: Sql,
  { code, locale, version }: { readonly code: string; readonly locale: Locale; readonly version: number | null },
): Promise<LegalNotice | null> {
  if (!isNoticeCode(code)) return null;
  if (version === null) return noticeInForce(db, code, locale);
  const found = version === shippedVersion ? asShipped(code) : await selectNotice(db, code, version);
  return found && { code, version, text: found[locale] };
}

/**
 * Makes these texts the ones that are shown from now on, in the caller's transaction. Those before stay as they are: what
 * somebody was shown can be looked up by its version.
 * @returns the versions before and after; the same when the texts are those in force
 */
export async function publishNotice(
  db: Sql,
  code: LegalNoticeCode,
  texts: Texts,
): Promise<{ readonly before: number; readonly after: number }> {
  await lockNotices(db);
  const { version: before, ...inForce } = await noticeTexts(db, code);
  if (texts.en === inForce.en && texts.fr === inForce.fr && texts.es === inForce.es) return { before, after: before };
  await insertNotice(db, code, { version: before + 1, ...texts });
  return { before, after: before + 1 };
}

const asShipped = (code: LegalNoticeCode) => ({ version: shippedVersion, ...shipped[code] });
