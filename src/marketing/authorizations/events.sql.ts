import type { ChangeSource, Sql } from "../../platform/database/sql.js";
import type { Locale } from "../../platform/i18n/locale.js";
import type { AuthorizationCode, StoredAuthorization } from "./authorization.js";

/** An entry of the ledger, with the wording that was shown. */
export interface EventRow {
  id: string;
  contactId: string;
  at: Date;
  code: AuthorizationCode;
  oldValue: StoredAuthorization;
  newValue: StoredAuthorization;
  actor: string;
  actorKind: string;
  source: ChangeSource;
  isAutomatic: boolean;
  isVerified: boolean;
  wordingLocale: Locale | null;
  wordingVersion: number | null;
  wordingText: string | null;
  wordingPublishedAt: Date | null;
}

/** An entry that stands, with how confidential its contact is. */
export interface StandingRow extends EventRow {
  contactLevel: number;
}

const columns = `e.id, e.contact_id AS "contactId", e.at, e.code, e.old_value AS "oldValue", e.new_value AS "newValue",
  e.actor, e.actor_kind AS "actorKind", e.source, e.is_automatic AS "isAutomatic", e.is_verified AS "isVerified",
  e.wording_locale AS "wordingLocale", e.wording_version AS "wordingVersion", w.text AS "wordingText",
  w.published_at AS "wordingPublishedAt"`;

const eventsOfVisible = `marketing.authorization_event e
  LEFT JOIN marketing.authorization_wording w ON w.institution_id = $1 AND w.code = e.code
    AND w.locale = e.wording_locale AND w.version = e.wording_version
  WHERE e.institution_id = $1 AND e.contact_id = v.id`;

/**
 * The ledger of these contacts, the newest entries first, a page for each; nothing of unknown, invisible and anonymized
 * ones. In the order of the ids: they are given while the contact is locked, so they tell what came after what.
 * @param page `before` an entry's id; `limit` for each contact
 */
export async function selectEvents(
  db: Sql,
  contactIds: readonly string[],
  page: { readonly before: string | null; readonly limit: number },
): Promise<EventRow[]> {
  const { rows } = await db.query<EventRow>(
    `/* selectEvents */
     SELECT entry.*
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT ${columns} FROM ${eventsOfVisible} AND ($3::bigint IS NULL OR e.id < $3::bigint)
       ORDER BY e.id DESC LIMIT $4) entry
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.anonymized_at IS NULL
     ORDER BY v.id, entry.id DESC`,
    [db.institutionId, contactIds, page.before, page.limit],
  );
  return rows;
}

/**
 * The entry of each code that stood at the end of a day, or stands now: the ledger replayed. A code without an entry was
 * EMPTY. Nothing of unknown, invisible and anonymized contacts.
 * @param end day (YYYY-MM-DD) in a time zone; null for now
 */
export async function selectStanding(
  db: Sql,
  contactIds: readonly string[],
  end: { readonly day: string; readonly timeZone: string } | null,
): Promise<StandingRow[]> {
  const { rows } = await db.query<StandingRow>(
    `/* selectStanding */
     SELECT entry.*, v.confidentiality_level AS "contactLevel"
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT DISTINCT ON (e.code) ${columns} FROM ${eventsOfVisible}
         AND ($3::date IS NULL OR e.at < ($3::date + 1)::timestamp AT TIME ZONE $4)
       ORDER BY e.code, e.id DESC) entry
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.anonymized_at IS NULL`,
    [db.institutionId, contactIds, end?.day ?? null, end?.timeZone ?? "UTC"],
  );
  return rows;
}
