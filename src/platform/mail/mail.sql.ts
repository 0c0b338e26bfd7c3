import type { Sql } from "../database/sql.js";
import type { Locale } from "../i18n/locale.js";
import type { MailStatus, MailWish } from "./mail.js";

/** Adds a mail to those that are to be sent. Returns its id. */
export async function insertMail(db: Sql, wish: MailWish): Promise<string> {
  const { template, contactId, locale, shipmentId, subjectId, carriesContacts = false } = wish;
  const { rows } = await db.query<{ id: string }>(
    `/* insertMail */
     INSERT INTO platform.mail (institution_id, template, contact_id, locale, shipment_id, subject_id, carries_contacts)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [db.institutionId, template, contactId, locale, shipmentId, subjectId, carriesContacts],
  );
  return rows[0]!.id;
}

/** A mail that this run, and no other, may send. */
export interface ClaimedMail {
  id: string;
  /** May be one that only a newer version knows. */
  template: string;
  contactId: string | null;
  locale: Locale;
  subjectId: string | null;
  messageKey: string;
  shipmentId: string | null;
  /** This one counts. */
  attempts: number;
}

/** Takes a queued mail for a while, and counts the attempt. Null when it is done, gone, or another run has it. */
export async function claimMail(db: Sql, id: string): Promise<ClaimedMail | null> {
  const { rows } = await db.query<ClaimedMail>(
    `/* claimMail */
     UPDATE platform.mail SET attempts = attempts + 1, leased_until = platform.now() + interval '5 minutes'
     WHERE institution_id = $1 AND id = $2 AND mail_status = 'QUEUED'
       AND (leased_until IS NULL OR leased_until <= platform.now())
     RETURNING id, template, contact_id AS "contactId", locale, message_key AS "messageKey", attempts,
       shipment_id AS "shipmentId", subject_id AS "subjectId"`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** True when the mail still waits: another run has it, or had it when it died. */
export async function isMailQueued(db: Sql, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* isMailQueued */ SELECT FROM platform.mail WHERE institution_id = $1 AND id = $2 AND mail_status = 'QUEUED'`,
    [db.institutionId, id],
  );
  return rowCount > 0;
}

/**
 * False when nothing may be kept of the mail: it went with its contact, or carries a file in which somebody may stand who
 * was erased since.
 */
export async function mayMailStay(
  db: Sql,
  id: string,
  { hasAttachment }: { readonly hasAttachment: boolean },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* mayMailStay */
     SELECT FROM platform.mail WHERE institution_id = $1 AND id = $2 AND (carries_contacts OR NOT $3::boolean)`,
    [db.institutionId, id, hasAttachment],
  );
  return rowCount > 0;
}

/** Ends a claimed mail, or gives it back to be tried again (QUEUED). False when it is another run's by now. */
export async function endMail(
  db: Sql,
  { id, attempts }: ClaimedMail,
  status: MailStatus,
  failureCode: string | null,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* endMail */
     UPDATE platform.mail SET mail_status = $4, failure_code = $5, leased_until = NULL,
       ended_at = CASE WHEN $4 = 'QUEUED' THEN NULL ELSE platform.now() END
     WHERE institution_id = $1 AND id = $2 AND attempts = $3 AND mail_status = 'QUEUED'`,
    [db.institutionId, id, attempts, status, failureCode],
  );
  return rowCount > 0;
}
