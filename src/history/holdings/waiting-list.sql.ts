import type { Sql } from "../../platform/database/sql.js";
import {
  type ContactCount,
  chosen,
  instant,
  type Listed,
  listedContacts,
  ownersOf,
  type PageRequest,
  pageParameters,
  type Scope,
  windowParameters,
  withinWindow,
} from "../history.sql.js";
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

const requestedInWindow = `w.institution_id = $1 AND w.contact_id = owner.id AND ${withinWindow("w.requested_at")}`;

/** A page of what each of these contacts waits for, the newest first. Invisible and anonymized contacts wait for nothing. */
export async function selectWaitingListPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<(WaitingListRow & Listed)[]> {
  const { conditions, values } = chosen(pageParameters(db, contactIds, request, "infinity"), request.choices);
  const { rows } = await db.query<WaitingListRow & Listed>(
    `/* selectWaitingListPages */
     SELECT v.id AS "contactId", ${columns}
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT w.* FROM ${ownersOf(request)}
       JOIN history.waiting_list_entry w ON ${requestedInWindow}${conditions}
       WHERE (w.requested_at, w.id) < ($6::timestamptz, $7::bigint)
       ORDER BY w.requested_at DESC, w.id DESC LIMIT $8) w
     ${productOf}
     WHERE ${listedContacts}
     ORDER BY v.id, w.requested_at DESC, w.id DESC`,
    values,
  );
  return rows;
}

/** How many entries each of these contacts has in the window. Contacts without any are left out. */
export async function countWaitingList(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { conditions, values } = chosen(windowParameters(db, contactIds, scope), scope.choices);
  const { rows } = await db.query<ContactCount>(
    `/* countWaitingList */
     SELECT v.id AS "contactId", count(*)::int AS count
     FROM contacts.visible_contact v CROSS JOIN LATERAL ${ownersOf(scope)}
     JOIN history.waiting_list_entry w ON ${requestedInWindow}${conditions}
     WHERE ${listedContacts} GROUP BY v.id`,
    values,
  );
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
