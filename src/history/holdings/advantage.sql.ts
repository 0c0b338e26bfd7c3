import type { Sql } from "../../platform/database/sql.js";
import { type ContactCount, type Listed, overlapsWindow, type PageRequest, type Scope } from "../history.sql.js";
import { countsOf, type ListSource, pagesOf } from "../list.sql.js";

export interface AdvantageRow {
  readonly id: string;
  /** Who has it. */
  readonly ownerId: string;
  readonly organization: string;
  readonly code: string;
  readonly name: string;
  readonly validFromDate: string | null;
  readonly validToDate: string | null;
  readonly state: string;
}

const columns = `a.id, a.contact_id AS "ownerId", a.organization, a.code, a.name, a.valid_from AS "validFromDate",
  a.valid_to AS "validToDate", a.advantage_state AS state`;

/** Stands for the beginning of an advantage that has none when sorting. */
export const unbegun = "0001-01-01";

/** Those of the owner that are valid on a day of the window. */
const advantages: ListSource = {
  ...{ table: "history.advantage", alias: "a", columns },
  sortedBy: [`coalesce(a.valid_from, '${unbegun}')`, "date"],
  belongs: `a.institution_id = $1 AND a.contact_id = owner.id AND ${overlapsWindow("a.valid_from", "a.valid_to")}`,
};

/**
 * A page of the advantages of each of these contacts that are valid in the window, the one that began last first.
 * Invisible and anonymized contacts have none.
 */
export async function selectAdvantagePages(
  db: Sql,
  contactIds: readonly string[],
  request: PageRequest,
): Promise<(AdvantageRow & Listed)[]> {
  const { text, values } = pagesOf(db, advantages, contactIds, request);
  const { rows } = await db.query<AdvantageRow & Listed>(`/* selectAdvantagePages */ ${text}`, values);
  return rows;
}

/** How many advantages of each of these contacts are valid in the window. Contacts without any are left out. */
export async function countAdvantages(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]> {
  const { text, values } = countsOf(db, advantages, contactIds, scope);
  const { rows } = await db.query<ContactCount>(`/* countAdvantages */ ${text}`, values);
  return rows;
}

/** Advantages by id, any order; those of contacts who are invisible or anonymized are left out. */
export async function selectAdvantages(db: Sql, ids: readonly string[]): Promise<AdvantageRow[]> {
  const { rows } = await db.query<AdvantageRow>(
    `/* selectAdvantages */
     SELECT ${columns}
     FROM history.advantage a
     JOIN contacts.visible_contact v
       ON v.institution_id = $1 AND v.id = a.contact_id AND v.anonymized_at IS NULL
     WHERE a.institution_id = $1 AND a.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}
