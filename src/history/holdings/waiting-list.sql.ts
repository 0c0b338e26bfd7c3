import type { Sql } from "../../platform/database/sql.js";
import { type ContactCount, instant, type Listed, type PageRequest, type Scope, withinWindow } from "../history.sql.js";
import { countsOf, type ListSource, pagesOf } from "../list.sql.js";
import { type ProductRow, productJson } from "../product.sql.js";

export interface WaitingListRow {
  readonly id: string;
  /** Who waits. */
  readonly ownerId: string;
  readonly organization: string;
  readonly quantity: number;
  /** RFC 3339 with microseconds. */
  readonly requestedAt: string;
  readonly state: string;
  readonly product: ProductRow;
}

/** Of entry `w` for product `p`. */
const columns = `w.id, w.contact_id AS "ownerId", w.organization, w.quantity, ${instant("w.requested_at")} AS "requestedAt",
  w.entry_state AS state, ${productJson("p")} AS product`;

const productOf = "JOIN history.product p ON p.institution_id = $1 AND p.id = w.product_id";

/** What was requested for the owner. */
const waitingList: ListSource = {
  ...{ table: "history.waiting_list_entry", alias: "w", columns, joins: productOf },
  sortedBy: ["w.requested_at", "timestamptz"],
  belongs: `w.institution_id = $1 AND w.contact_id = owner.id AND ${withinWindow("w.requested_at")}`,
};

/** A page of what each of these contacts waits for, the newest first. Invisible and anonymized contacts wait for nothing. */
export async function selectWaitingListPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<(WaitingListRow & Listed)[]> {
  const { text, values } = pagesOf(db, waitingList, contactIds, request);
  const { rows } = await db.query<WaitingListRow & Listed>(`/* selectWaitingListPages */ ${text}`, values);
  return rows;
}

/** How many entries each of these contacts has in the window. Contacts without any are left out. */
export async function countWaitingList(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { text, values } = countsOf(db, waitingList, contactIds, scope);
  const { rows } = await db.query<ContactCount>(`/* countWaitingList */ ${text}`, values);
  return rows;
}

/** Entries by id, any order; those of contacts who are invisible or anonymized are left out. */
export async function selectWaitingListEntries(db: Sql, ids: readonly string[]): Promise<WaitingListRow[]> {
  const { rows } = await db.query<WaitingListRow>(
    `/* selectWaitingListEntries */
     SELECT ${columns}
     FROM history.waiting_list_entry w ${productOf}
     JOIN contacts.visible_contact v
       ON v.institution_id = $1 AND v.id = w.contact_id AND v.anonymized_at IS NULL
     WHERE w.institution_id = $1 AND w.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}
