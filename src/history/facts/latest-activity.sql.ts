import { plannedByValues } from "../../platform/database/planning.js";
import type { Sql } from "../../platform/database/sql.js";

/** What kept a contact active last, and on which day. */
export interface LatestActivity {
  readonly contactId: string;
  /** YYYY-MM-DD, also in the future: the last day of a product's validity, or of an order or a request. */
  readonly day: string;
  readonly kind: "OPTION_ACQUIRED" | "OPTION_CONFIRMED" | "RESERVATION" | "SALE" | "WAITING_LIST";
  readonly organization: string;
  /** Database id of the order, or of the entry of the waiting list. */
  readonly recordId: string;
}

/** From here on the way to the rows is another one than for a page. */
const many = 1_000;

/**
 * The latest activity (A1 to A5 of domain 4.1) of each of these contacts, in all organizations, whatever became of it;
 * of two on one day the one with the higher id. Contacts without any, and invisible ones, are left out. One statement
 * for any number of contacts, best some ten thousand at a time, in a transaction; duties ask with full clearance.
 */
export async function selectLatestActivity(db: Sql, contactIds: readonly string[]): Promise<LatestActivity[]> {
  return contactIds.length < many
    ? selectLatest(db, contactIds)
    : plannedByValues(db, () => selectLatest(db, contactIds));
}

async function selectLatest(db: Sql, contactIds: readonly string[]): Promise<LatestActivity[]> {
  const { rows } = await db.query<LatestActivity>(
    `/* selectLatest */
     SELECT DISTINCT ON (a.contact_id) a.contact_id AS "contactId", a.day, a.kind, a.organization,
       a.record_id AS "recordId"
     FROM history.visible_activity a
     WHERE a.institution_id = $1 AND a.contact_id = ANY($2::bigint[])
     ORDER BY a.contact_id, a.day DESC, a.record_id DESC, a.kind`,
    [db.institutionId, contactIds],
  );
  return rows;
}
