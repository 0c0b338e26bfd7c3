import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { ContactType } from "../../contact.enums.js";
import { visibleTo } from "../../visibility.js";

/** Who a row of a template is about: database id, number, type, name of the person or structure, first name, e-mail. */
export type PersonCells = [
  id: string,
  contactNumber: string,
  type: ContactType,
  name: string | null,
  firstName: string | null,
  email: string | null,
];

export type AuthorizationCells = [...PersonCells, agreed: number | null, refused: number | null];

/** Of criteria, a value for each id: codes in their order, or the text. */
export type CriterionCells = [...PersonCells, criterionIds: number[] | null, values: string[] | null];

const person = `c.id, c.contact_number, c.contact_type, coalesce(c.last_name, c.structure_name), c.first_name, c.email`;
const taken = `target_taken t JOIN contacts.contact c ON c.institution_id = $1 AND c.id = t.contact_id AND ${visibleTo("c")}`;

/** Which types the contacts of `target_taken` are of. */
export async function selectTakenTypes(db: Sql): Promise<ReadonlySet<ContactType>> {
  const { rows } = await db.query<{ type: ContactType }>(
    `/* selectTakenTypes */
     SELECT wanted.type FROM unnest($2::text[]) wanted (type)
     WHERE EXISTS (SELECT FROM ${taken} WHERE c.contact_type = wanted.type)`,
    [db.institutionId, Object.values(ContactType)],
  );
  return new Set(rows.map(({ type }) => type));
}

/** The contacts of `target_taken` with what they authorize, as bits, in the order of their ids. */
export function readAuthorizations(db: BulkSql): AsyncIterable<AuthorizationCells[]> {
  return db.stream<AuthorizationCells>(
    `/* readAuthorizations */
     SELECT ${person}, a.agreed, a.refused FROM ${taken}
     LEFT JOIN marketing.visible_authorization a ON a.institution_id = $1 AND a.contact_id = c.id
     ORDER BY c.id`,
    [db.institutionId],
  );
}

/** The same with what they have for these criteria. */
export function readCriteria(db: BulkSql, criterionIds: readonly number[]): AsyncIterable<CriterionCells[]> {
  return db.stream<CriterionCells>(
    `/* readCriteria */
     SELECT ${person}, k.ids, k.said FROM ${taken}
     CROSS JOIN LATERAL (
       SELECT array_agg(k.criterion_id ORDER BY k.criterion_id, k.value_code) AS ids,
         array_agg(coalesce(k.text_value, k.value_code) ORDER BY k.criterion_id, k.value_code) AS said
       FROM contacts.contact_criterion k
       WHERE k.institution_id = $1 AND k.contact_id = c.id AND k.criterion_id = ANY($2::int[])) k
     ORDER BY c.id`,
    [db.institutionId, criterionIds],
  );
}
