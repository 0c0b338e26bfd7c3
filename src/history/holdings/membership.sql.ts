import type { Sql } from "../../platform/database/sql.js";
import { type ContactCount, type Listed, overlapsWindow, type PageRequest, type Scope } from "../history.sql.js";
import { countsOf, type ListSource, pagesOf } from "../list.sql.js";
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

/** Those of the owner that are valid on a day of the window. */
const memberships: ListSource = {
  ...{ table: "history.membership", alias: "m", columns, joins: productOf, sortedBy: ["m.valid_from", "date"] },
  belongs: `m.institution_id = $1 AND m.contact_id = owner.id AND ${overlapsWindow("m.valid_from", "m.valid_to")}`,
};

/**
 * A page of the memberships of each of these contacts that are valid in the window, the one that began last first.
 * Invisible and anonymized contacts have none.
 */
export async function selectMembershipPages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<(MembershipRow & Listed)[]> {
  const { text, values } = pagesOf(db, memberships, contactIds, request);
  const { rows } = await db.query<MembershipRow & Listed>(`/* selectMembershipPages */ ${text}`, values);
  return rows;
}

/** How many memberships of each of these contacts are valid in the window. Contacts without any are left out. */
export async function countMemberships(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { text, values } = countsOf(db, memberships, contactIds, scope);
  const { rows } = await db.query<ContactCount>(`/* countMemberships */ ${text}`, values);
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
