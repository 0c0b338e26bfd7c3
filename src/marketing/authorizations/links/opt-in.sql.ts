import type { VisibleContactIds } from "../../../contacts/index.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { Locale } from "../../../platform/i18n/locale.js";
import type { AuthorizationCode } from "../authorization.js";

/** What a contact is asked to confirm. */
export interface OptInRow {
  id: string;
  contactId: string;
  codes: AuthorizationCode[];
  /** Beside the codes; null where nothing was shown. */
  wordingVersions: (number | null)[];
  locale: Locale;
  /** Of the address that the mail goes to. */
  emailDigest: Buffer;
  expiresAt: Date;
  confirmedAt: Date | null;
}

const columns = `r.id, r.contact_id AS "contactId", r.codes, r.wording_versions AS "wordingVersions", r.locale,
  r.email_digest AS "emailDigest", r.expires_at AS "expiresAt", r.confirmed_at AS "confirmedAt"`;

/** The normal form of a contact's address, by which it is compared; null without one. */
export async function selectEmailKey(db: Sql, [id]: VisibleContactIds): Promise<string | null> {
  const { rows } = await db.query<{ key: string | null }>(
    `/* selectEmailKey */
     SELECT email_key AS key FROM contacts.visible_reach WHERE institution_id = $1 AND contact_id = $2 AND has_email`,
    [db.institutionId, id],
  );
  return rows[0]?.key ?? null;
}

/** How often the contact was asked since an instant. */
export async function countOptIns(db: Sql, [id]: VisibleContactIds, since: Date): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `/* countOptIns */
     SELECT count(*)::int AS count FROM marketing.opt_in_request r
     WHERE r.institution_id = $1 AND r.contact_id = $2 AND r.requested_at > $3`,
    [db.institutionId, id, since],
  );
  return rows[0]!.count;
}

/** Returns its id. */
export async function insertOptIn(
  db: Sql,
  [id]: VisibleContactIds,
  wish: Omit<OptInRow, "id" | "contactId" | "confirmedAt">,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertOptIn */
     INSERT INTO marketing.opt_in_request
       (institution_id, contact_id, codes, wording_versions, locale, email_digest, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [db.institutionId, id, wish.codes, wish.wordingVersions, wish.locale, wish.emailDigest, wish.expiresAt],
  );
  return rows[0]!.id;
}

/** A request with what decides whether it may still be confirmed. */
export interface OptInState extends OptInRow {
  email: string | null;
  emailKey: string | null;
  isAnonymized: boolean;
  isValid: boolean;
  institution: string;
}

/** Null when there is none, or its contact does not exist for whoever asks. */
export async function selectOptIn(db: Sql, id: string): Promise<OptInState | null> {
  const { rows } = await db.query<OptInState>(
    `/* selectOptIn */
     SELECT ${columns}, a.email, a.email_key AS "emailKey", v.anonymized_at IS NOT NULL AS "isAnonymized",
       v.validity_end_date IS NULL OR v.validity_end_date >= platform.today() AS "isValid", i.name AS institution
     FROM marketing.opt_in_request r
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = r.contact_id
     JOIN contacts.visible_reach a ON a.institution_id = $1 AND a.contact_id = r.contact_id
     JOIN platform.institution i ON i.id = $1
     WHERE r.institution_id = $1 AND r.id = $2`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** Marks the request as used. False when it was used already. */
export async function confirmOptIn(db: Sql, [contactId]: VisibleContactIds, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* confirmOptIn */
     UPDATE marketing.opt_in_request SET confirmed_at = platform.now()
     WHERE institution_id = $1 AND id = $2 AND contact_id = $3 AND confirmed_at IS NULL`,
    [db.institutionId, id, contactId],
  );
  return rowCount > 0;
}
