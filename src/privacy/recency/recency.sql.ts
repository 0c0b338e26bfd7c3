import type { Sql } from "../../platform/database/sql.js";

/** Activities that came in by an import, or by taking one back: an institution may leave them out. */
const byImport = "('IMPORT', 'UNDO')";

/** Days on which something in a contact's own file counted, which other modules publish for each kind and source. */
const fileActivity = (schema: "contacts" | "marketing", among: string) => `
  SELECT f.contact_id, f.latest_day AS day, f.kind
  FROM ${schema}.visible_activity f
  JOIN privacy.effective_setting s ON s.institution_id = $1
  WHERE f.institution_id = $1 AND f.contact_id ${among}
    AND (s.import_renews_recency OR f.source NOT IN ${byImport})`;

/** Of a contact, whether the record decides, or what was done in his file. A record goes first on the same day. */
const isOfRecord = "(k.day IS NOT NULL AND (k.file_day IS NULL OR k.day >= k.file_day))";

/** What was found out of the contacts that are looked at, for the statements of this transaction. */
async function createFindings(db: Sql): Promise<void> {
  await db.query(
    `/* createFindings */
     CREATE TEMPORARY TABLE IF NOT EXISTS retention_found (
       contact_id bigint NOT NULL, contact_number text NOT NULL, is_blocked boolean NOT NULL, day date NOT NULL,
       kind text NOT NULL, organization text, record_id bigint, is_customer boolean NOT NULL, last_product_day date)
     ON COMMIT DELETE ROWS`,
  );
  await db.query("/* emptyFindings */ DELETE FROM retention_found");
}

/** Contacts by their ids: behind the one, up to the other. */
export interface ContactRange {
  readonly after: string;
  readonly last: string;
}

/**
 * Of these contacts, what retention asks about them: the activity that decides, which is the latest of A1 to A8 in all
 * organizations and whatever became of it, or the day of creation of who never did anything (domain 4.1); of two on one day
 * the one with the higher id. Contacts that retention is not about are left out. It stands in `retention_found` until the
 * transaction ends. Best for some hundred thousand, to be planned by values; the session sees everybody.
 * @param range where they are, if they are many of those in it: reading what is of all of them is faster than looking for each
 */
export async function findRecency(db: Sql, contactIds: readonly string[], range?: ContactRange): Promise<void> {
  await createFindings(db);
  const among = range ? "BETWEEN $3::bigint + 1 AND $4" : "= ANY($2::bigint[])";
  await db.query(
    `/* findRecency */
     WITH in_file AS (
       SELECT DISTINCT ON (a.contact_id) a.contact_id, a.day, a.kind
       FROM (${fileActivity("contacts", among)} UNION ALL ${fileActivity("marketing", among)}) a
       ORDER BY a.contact_id, a.day DESC, a.kind),
     -- put together by grouping: of tables without statistics, a join would work the histories out for each contact anew
     known AS (
       SELECT r.contact_id, r.contact_number, r.is_blocked, (r.created_at AT TIME ZONE i.time_zone)::date AS created_on,
         NULL::date AS day, NULL::text AS kind, NULL::text AS organization, NULL::bigint AS record_id,
         NULL::boolean AS is_customer, NULL::date AS last_product_day, NULL::date AS file_day, NULL::text AS file_kind
       FROM contacts.retainable_contact r
       JOIN platform.institution i ON i.id = $1
       WHERE r.institution_id = $1 AND r.contact_id = ANY($2::bigint[])
       UNION ALL
       SELECT e.contact_id, NULL, NULL, NULL, e.day, e.kind, e.organization, e.record_id, e.is_customer, e.last_product_day,
         NULL, NULL
       FROM history.visible_engagement e WHERE e.institution_id = $1 AND e.contact_id ${among}
       UNION ALL
       SELECT f.contact_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, f.day, f.kind FROM in_file f)
     INSERT INTO retention_found
     SELECT k.contact_id, k.contact_number, k.is_blocked,
       CASE WHEN ${isOfRecord} THEN k.day ELSE coalesce(k.file_day, k.created_on) END,
       CASE WHEN ${isOfRecord} THEN k.kind ELSE coalesce(k.file_kind, 'CREATION') END,
       CASE WHEN ${isOfRecord} THEN k.organization END, CASE WHEN ${isOfRecord} THEN k.record_id END,
       coalesce(k.is_customer, false), k.last_product_day
     FROM (
       SELECT contact_id, max(contact_number) AS contact_number, bool_or(is_blocked) AS is_blocked,
         max(created_on) AS created_on, max(day) AS day, max(kind) AS kind, max(organization) AS organization,
         max(record_id) AS record_id, bool_or(is_customer) AS is_customer, max(last_product_day) AS last_product_day,
         max(file_day) AS file_day, max(file_kind) AS file_kind
       FROM known GROUP BY contact_id) k
     WHERE k.contact_number IS NOT NULL`,
    [db.institutionId, contactIds, ...(range ? [range.after, range.last] : [])],
  );
  // what follows is planned for as many as there are
  await db.query("/* analyzeFindings */ ANALYZE retention_found");
}

/** Keeps what {@link findRecency} has found in this transaction. */
export async function keepRecency(db: Sql): Promise<void> {
  await db.query(
    `/* keepRecency */
     INSERT INTO privacy.gdpr_recency (institution_id, contact_id, day, kind, organization, record_id)
     SELECT $1, contact_id, day, kind, organization, record_id FROM retention_found
     ON CONFLICT (institution_id, contact_id) DO UPDATE SET day = excluded.day, kind = excluded.kind,
       organization = excluded.organization, record_id = excluded.record_id, computed_at = excluded.computed_at`,
    [db.institutionId],
  );
}

/** Of the contacts that {@link findRecency} has found, those whose day is a cutoff or before; in ascending order. */
export async function selectInactive(db: Sql, cutoff: string): Promise<string[]> {
  const { rows } = await db.query<{ ids: string[] }>(
    `/* selectInactive */ SELECT ARRAY(SELECT contact_id FROM retention_found WHERE day <= $1 ORDER BY 1) AS ids`,
    [cutoff],
  );
  return rows[0]!.ids;
}

/** Works the recency of these contacts out and keeps it. They are locked, or {@link deleteRecencyOfGone} comes after. */
export async function computeRecency(db: Sql, contactIds: readonly string[]): Promise<void> {
  await findRecency(db, contactIds);
  await keepRecency(db);
}

/** Deletes what was kept of contacts while they were deleted themselves. The session sees everybody. */
export async function deleteRecencyOfGone(db: Sql): Promise<void> {
  await db.query(
    `/* deleteRecencyOfGone */
     DELETE FROM privacy.gdpr_recency g WHERE g.institution_id = $1
       AND NOT EXISTS (SELECT FROM contacts.visible_contact v WHERE v.institution_id = $1 AND v.id = g.contact_id)`,
    [db.institutionId],
  );
}

export interface RecencyRow {
  readonly contactId: string;
  /** YYYY-MM-DD, also in the future. */
  readonly day: string;
  readonly kind: string;
  /** Of an order, or an entry of a waiting list. */
  readonly organization: string | null;
  readonly recordId: string | null;
  readonly computedAt: Date;
}

/** What is kept of these contacts; nothing of those of whom nothing was worked out yet, the invisible and the anonymized. */
export async function selectRecency(db: Sql, contactIds: readonly string[]): Promise<RecencyRow[]> {
  const { rows } = await db.query<RecencyRow>(
    `/* selectRecency */
     SELECT r.contact_id AS "contactId", r.day, r.kind, r.organization, r.record_id AS "recordId",
       r.computed_at AS "computedAt"
     FROM privacy.gdpr_recency r
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = r.contact_id AND v.anonymized_at IS NULL
     WHERE r.institution_id = $1 AND r.contact_id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}
