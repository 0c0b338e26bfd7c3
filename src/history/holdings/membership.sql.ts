import type { Sql } from "../../platform/database/sql.js";
import {
  type ContactCount,
  chosen,
  type Listed,
  listedContacts,
  overlapsWindow,
  ownersOf,
  type PageRequest,
  pageParameters,
  type Scope,
  windowParameters,
} from "../history.sql.js";
import { type ProductRow, productJson } from "../product.sql.js";

export interface MembershipRow {
  readonly id: string;
  /** Who is the member. */
  readonly ownerId: string;
  readonly organization: string;
  /** Whoever reads it asks again whether the caller sees it. */
  readonly orderId: string | null;
  readonly validFromDate: string;
  readonly validToDate: string | null;
  readonly state: string;
  readonly product: ProductRow;
}

/** Of membership `m` by product `p`. */
const columns = `m.id, m.contact_id AS "ownerId", m.organization, m.order_id AS "orderId", m.valid_from AS "validFromDate",
  m.valid_to AS "validToDate", m.membership_state AS state, ${productJson("p")} AS product`;

const productOf = "JOIN history.product p ON p.institution_id = $1 AND p.id = m.product_id";

const validInWindow = `m.institution_id = $1 AND m.contact_id = owner.id
  AND ${overlapsWindow("m.valid_from", "m.valid_to")}`;

/**
 * A page of the memberships of each of these contacts that are valid in the window, the one that began last first.
 * Invisible and anonymized contacts have none.
 */
export async function selectMembershipPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<(MembershipRow & Listed)[]> {
  const { conditions, values } = chosen(pageParameters(db, contactIds, request, "infinity"), request.choices);
  const { rows } = await db.query<MembershipRow & Listed>(
    `/* selectMembershipPages */
     SELECT v.id AS "contactId", ${columns}
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT m.* FROM ${ownersOf(request)}
       JOIN history.membership m ON ${validInWindow}${conditions}
       WHERE (m.valid_from, m.id) < ($6::date, $7::bigint)
       ORDER BY m.valid_from DESC, m.id DESC LIMIT $8) m
     ${productOf}
     WHERE ${listedContacts}
     ORDER BY v.id, m.valid_from DESC, m.id DESC`,
    values,
  );
  return rows;
}

/** How many memberships of each of these contacts are valid in the window. Contacts without any are left out. */
export async function countMemberships(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { conditions, values } = chosen(windowParameters(db, contactIds, scope), scope.choices);
  const { rows } = await db.query<ContactCount>(
    `/* countMemberships */
     SELECT v.id AS "contactId", count(*)::int AS count
     FROM contacts.visible_contact v CROSS JOIN LATERAL ${ownersOf(scope)}
     JOIN history.membership m ON ${validInWindow}${conditions}
     WHERE ${listedContacts} GROUP BY v.id`,
    values,
  );
  return rows;
}

/** Memberships by id, any order; those of contacts who are invisible or anonymized are left out. */
export async function selectMemberships(db: Sql, ids: readonly string[]): Promise<MembershipRow[]> {
  const { rows } = await db.query<MembershipRow>(
    `/* selectMemberships */
     SELECT ${columns}
     FROM history.membership m ${productOf}
     JOIN contacts.visible_contact v
       ON v.institution_id = $1 AND v.id = m.contact_id AND v.anonymized_at IS NULL
     WHERE m.institution_id = $1 AND m.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}
