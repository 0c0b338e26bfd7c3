import PostalMime, { type Email } from "postal-mime";
import { deliveryStatusRecipients, type ReportedRecipient } from "./delivery-status.js";

/** What a message says that came back to the sender of a mail. */
export type MailReport =
  | { readonly kind: "DELIVERY_STATUS"; readonly recipients: readonly ReportedRecipient[] }
  /** Of the account itself, such as out of office. */
  | { readonly kind: "AUTOMATIC_REPLY"; readonly address: string | null }
  | { readonly kind: "COMPLAINT"; readonly address: string | null };

/** A report is some kilobytes of text with the headers of the mail that it is about. */
export const longestMessageBytes = 256 * 1024;

/** The library takes a while for each line. A report has some hundreds of them, with the mail that it returns. */
const mostLines = 10_000;

/** Whoever can write to the sender's mailbox writes these messages: nesting and headers are bounded, nothing is decoded twice. */
const limits = { maxNestingDepth: 16, maxHeadersSize: 64 * 1024, maxRfc822NestingDepth: 0 };

const statusTypes: ReadonlySet<string> = new Set(["message/delivery-status", "message/global-delivery-status"]);

/**
 * Reads a message that came back.
 * @param message as it came, headers first (RFC 5322)
 * @returns a delivery report (RFC 3464), an automatic reply (RFC 3834) or a complaint (RFC 5965); null for anything else,
 *   such as what a person wrote, and for what is longer or deeper nested than any report is
 */
export async function readMailReport(message: string): Promise<MailReport | null> {
  if (Buffer.byteLength(message) > longestMessageBytes || hasMoreLines(message, mostLines)) return null;
  const email = await parsed(message);
  if (email === null) return null;
  const status = textOf(email, statusTypes);
  if (status !== null) return { kind: "DELIVERY_STATUS", recipients: deliveryStatusRecipients(status) };
  const feedback = textOf(email, new Set(["message/feedback-report"]));
  if (feedback !== null) return complaint(feedback);
  return isAutomaticReply(email) ? { kind: "AUTOMATIC_REPLY", address: email.from?.address ?? null } : null;
}

function hasMoreLines(text: string, most: number): boolean {
  let at = -1;
  for (let lines = 0; lines <= most; lines++) {
    at = text.indexOf("\n", at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** Null when it goes beyond the limits: the library throws, and what it says quotes nothing that anybody needs. */
async function parsed(message: string): Promise<Email | null> {
  try {
    return await PostalMime.parse(message, limits);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

/** The first part of such a type. */
function textOf({ attachments }: Email, types: ReadonlySet<string>): string | null {
  const part = attachments.find(({ mimeType }) => types.has(mimeType));
  if (!part) return null;
  return typeof part.content === "string" ? part.content : new TextDecoder().decode(part.content);
}

/** Only abuse is the person's word; the other types are about viruses and failed checks. */
function complaint(feedback: string): MailReport | null {
  const type = /^Feedback-Type:[ \t]*([\w-]{1,40})/im.exec(feedback)?.[1]?.toLowerCase();
  const address = /^Original-Rcpt-To:[ \t]*<?([^\s<>]{3,320})>?/im.exec(feedback)?.[1] ?? null;
  return type === "abuse" || type === "opt-out" ? { kind: "COMPLAINT", address } : null;
}

/** How common programs begin the subject of what they answer by themselves, in the languages of our institutions. */
const vacationSubject =
  /^(?:auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|vacation|on holiday|away from|r[ée]ponse automatique|absen(?:ce|t)\b|respuesta autom[áa]tica|fuera de (?:la )?oficina|ausente\b|abwesenheit|automatische antwort|risposta automatica|fuori ufficio)/i;

function isAutomaticReply({ headers, subject = "" }: Email): boolean {
  const value = (key: string) =>
    headers
      .find((header) => header.key === key)
      ?.value.trim()
      .toLowerCase() ?? "";
  if (/^auto-(?:replied|generated|notified)\b/.test(value("auto-submitted"))) return true;
  if (value("x-autoreply") || value("x-autorespond") || value("precedence") === "auto_reply") return true;
  return vacationSubject.test(subject.slice(0, 200).trim());
}
