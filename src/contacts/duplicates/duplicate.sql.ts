import type { Sql } from "../../platform/database/sql.js";
import { visibleTo } from "../visibility.js";

/** Whom duplicates are looked for: a contact, or a draft of one. A part that is withheld from the caller is empty. */
export interface DuplicateSubject {
  /** The contact itself, which is no duplicate of its own. */
  readonly id: string | null;
  readonly type: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly structureName: string | null;
  readonly roles: readonly string[];
  /** Main address, as it is written. */
  readonly street1: string | null;
  readonly postcode: string | null;
  readonly country: string | null;
  readonly email: string | null;
  /** As `phoneKey` makes them. */
  readonly phoneKeys: readonly string[];
}

export type Comparison = "NAME_AND_ADDRESS" | "EMAIL" | "PHONE";

export interface DuplicateRow {
  id: string;
  reasons: Comparison[];
}

/** The contact with what it is compared by; null when it does not exist for the caller. */
export async function selectSubject(db: Sql, id: string): Promise<DuplicateSubject | null> {
  const { rows } = await db.query<DuplicateSubject>(
    `/* selectSubject */
     SELECT c.id, c.contact_type AS "type", c.first_name AS "firstName", c.last_name AS "lastName",
       c.structure_name AS "structureName", c.email, array_remove(ARRAY[c.phone_key, c.mobile_key], NULL) AS "phoneKeys",
       a.street1, a.postcode, a.country,
       ARRAY(SELECT r.role FROM contacts.contact_role r WHERE r.institution_id = $1 AND r.contact_id = c.id) AS roles
     FROM contacts.contact c
     LEFT JOIN contacts.contact_address a ON a.institution_id = $1 AND a.contact_id = c.id AND a.kind = 'MAIN'
     WHERE c.institution_id = $1 AND c.id = $2 AND c.anonymized_at IS NULL AND ${visibleTo("c")}`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

const text = (field: string) => `($2::jsonb ->> '${field}')`;
const list = (field: string) => `ARRAY(SELECT jsonb_array_elements_text($2::jsonb -> '${field}'))`;
const living = `c.institution_id = $1 AND c.anonymized_at IS NULL AND ${visibleTo("c")}`;

/** Source: domain 3.7. Identical role, sound of both names, 35 characters of the street, post code and country. */
const sameNameAndAddress = `
  SELECT c.id, 'NAME_AND_ADDRESS' AS reason FROM contacts.contact c
  JOIN contacts.contact_address a ON a.institution_id = $1 AND a.contact_id = c.id AND a.kind = 'MAIN'
  WHERE ${living} AND c.contact_type = ${text("type")}
    AND c.sound_key = contacts.sound_key(${text("firstName")}, ${text("lastName")}, ${text("structureName")})
    AND a.street_key = left(contacts.plain_words(${text("street1")}), 35)
    AND a.postcode_key = upper(replace(${text("postcode")}, ' ', ''))
    AND a.country = ${text("country")}
    AND CASE WHEN jsonb_array_length($2::jsonb -> 'roles') = 0 THEN NOT EXISTS (
        SELECT FROM contacts.contact_role r WHERE r.institution_id = $1 AND r.contact_id = c.id)
      ELSE EXISTS (SELECT FROM contacts.contact_role r
        WHERE r.institution_id = $1 AND r.contact_id = c.id AND r.role = ANY(${list("roles")})) END`;

const sameEmail = `
  SELECT c.id, 'EMAIL' AS reason FROM contacts.contact c
  WHERE ${living} AND c.email_key = lower(btrim(${text("email")}))`;

const samePhone = `
  SELECT c.id, 'PHONE' AS reason FROM contacts.contact c
  WHERE ${living} AND (c.phone_key = ANY(${list("phoneKeys")}) OR c.mobile_key = ANY(${list("phoneKeys")}))`;

const comparisons: Record<Comparison, string> = {
  NAME_AND_ADDRESS: sameNameAndAddress,
  EMAIL: sameEmail,
  PHONE: samePhone,
};

export interface DuplicatePage {
  /** How many reasons the last one had, and its id. Null for the first page. */
  readonly after: { readonly strength: number; readonly id: string } | null;
  readonly limit: number;
}

/** Those with more reasons first, then the older; of contacts that exist for the caller. */
export async function selectDuplicates(
  db: Sql,
  subject: DuplicateSubject,
  by: readonly Comparison[],
  { after, limit }: DuplicatePage,
): Promise<DuplicateRow[]> {
  if (by.length === 0) return [];
  const { rows } = await db.query<DuplicateRow>(
    `/* selectDuplicates */
     SELECT alike.id, array_agg(DISTINCT alike.reason) AS reasons
     FROM (${by.map((comparison) => comparisons[comparison]).join(" UNION ALL ")}) alike
     WHERE alike.id <> coalesce(${text("id")}::bigint, 0)
     GROUP BY alike.id
     HAVING (-count(DISTINCT alike.reason), alike.id) > ($3::int, $4::bigint)
     ORDER BY -count(DISTINCT alike.reason), alike.id LIMIT $5`,
    [db.institutionId, JSON.stringify(subject), -(after?.strength ?? 99), after?.id ?? "0", limit],
    "BY_VALUES",
  );
  return rows;
}
