import type { Services } from "../context.js";
import type { Sql } from "../database/sql.js";
import { systemSession } from "../database/system-session.js";
import { inTransaction } from "../database/transaction.js";
import { type JobPayload, reportOf, type Task } from "../jobs/index.js";
import { type Letter, MailRefused, type MailStatus, type MailTemplate, referenceOf } from "./mail.js";
import { type ClaimedMail, claimMail, endMail, isMailQueued, mayMailStay } from "./mail.sql.js";

/** After about two days at the queue's pace. */
const maximumAttempts = 50;

/** A mail that is tried again later; says nothing of it but why. */
class MailDelayed extends Error {
  override readonly name = "MailDelayed";

  constructor(readonly code: string) {
    super("the mail is tried again later");
  }
}

/**
 * Sends mails, each once as far as SMTP allows: only one run has a mail at a time, one that was taken over is never
 * sent again, and all attempts carry the same Message-ID. When a process dies between the server's yes and our row,
 * the mail goes twice, and receivers drop the second.
 */
export function mailTask(services: Services, templates: readonly MailTemplate[]): Task {
  return { queue: "platform.mail", run: (payload) => sendMail(services, templates, payload) };
}

async function sendMail(
  services: Services,
  templates: readonly MailTemplate[],
  { institutionId, id }: JobPayload,
): Promise<void> {
  const asSystem: AsSystem = (work) => inTransaction(services.pools.api, systemSession(services, institutionId), work);
  const forget = () => services.mail.forget(referenceOf(institutionId, id));
  const mail = await asSystem((db) => claimMail(db, id));
  if (!mail) {
    if (await asSystem((db) => isMailQueued(db, id))) throw new MailDelayed("MAIL_LEASED");
    // a run that died may have written its file after those of the contact were removed
    if (!(await asSystem((db) => mayMailStay(db, id, { hasAttachment: false })))) await forget();
    return;
  }
  let letter: Letter | null = null;
  try {
    letter = await compose(asSystem, templates, mail);
    // a run that died may have written what is no longer to be sent
    if (!letter) await forget();
    else await services.mail.deliver({ ...letter, ...envelopeOf(services, institutionId, mail) });
    const outcome: MailEnd = letter ? { status: "SENT", letter } : noRecipient;
    if (!(await asSystem((db) => end(services, db, mail, outcome)))) await forget();
  } catch (error) {
    const code = codeOf(error);
    const isFinal = error instanceof MailRefused || mail.attempts >= maximumAttempts;
    const outcome: MailEnd = { status: isFinal ? "FAILED" : "QUEUED", code, letter };
    if (!(await asSystem((db) => end(services, db, mail, outcome)))) await forget();
    if (!isFinal) throw new MailDelayed(code);
    services.log.warn({ institutionId, mail: id, code, attempts: mail.attempts }, "a mail was given up");
  }
}

interface MailEnd {
  readonly status: MailStatus;
  /** Why it was not sent. */
  readonly code?: string | null;
  /** As it was sent, or was to be. */
  readonly letter?: Letter | null;
}

const noRecipient: MailEnd = { status: "CANCELLED", code: "NO_RECIPIENT" };

/**
 * Ends this run's mail, and tells the contact's shipment list in the same transaction.
 * @returns false when somebody was erased meanwhile, whom it is about or who may stand in its file: nothing of it may stay
 */
async function end(
  { clock, ports }: Services,
  db: Sql,
  mail: ClaimedMail,
  { status, code = null, letter }: MailEnd,
): Promise<boolean> {
  const isOurs = await endMail(db, mail, status, code);
  const mayStay = await mayMailStay(db, mail.id, { hasAttachment: letter?.attachment !== undefined });
  if (!isOurs || status === "QUEUED" || mail.shipmentId === null) return mayStay;
  const { shipmentId } = mail;
  const outcome = status === "SENT" ? "SENT" : "FAILED";
  const sent = status === "SENT" && letter ? { recipient: letter.to.address, subject: letter.subject } : {};
  await ports.history.updateShipmentStates(db, [{ shipmentId, outcome, at: clock.now(), ...sent }]);
  return mayStay;
}

type AsSystem = <Result>(work: (db: Sql) => Promise<Result>) => Promise<Result>;

function compose(asSystem: AsSystem, templates: readonly MailTemplate[], mail: ClaimedMail): Promise<Letter | null> {
  const template = templates.find(({ code }) => code === mail.template);
  // of a newer version: its workers will know it
  if (!template) throw new MailDelayed("TEMPLATE_UNKNOWN");
  return asSystem((db) => template.compose(db, mail));
}

function envelopeOf({ clock }: Services, institutionId: number, { id, messageKey }: ClaimedMail) {
  return { reference: referenceOf(institutionId, id), messageKey, date: clock.now() };
}

/** Of servers' and systems' errors, the code alone: their texts quote addresses. */
function codeOf(error: unknown): string {
  return reportOf(error).code ?? "MAIL_ERROR";
}
