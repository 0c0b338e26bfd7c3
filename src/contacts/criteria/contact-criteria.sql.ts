import type { Sql } from "../../platform/database/sql.js";
import { type VisibleContactIds, visibleTo } from "../visibility.js";
import { type ValueRow, valueRow } from "./criterion.sql.js";

/** One value that a contact has. */
export interface HeldRow {
  contactId: string;
  criterionId: number;
  /** Internal code of a list's value; TRUE or FALSE; empty beside a text. */
  code: string;
  text: string | null;
  /** Of a list's value, what is defined of it. */
  value: ValueRow | null;
}

/**
 * What these contacts have, as far as they exist for the caller and the criteria's levels are within his clearance:
 * each contact's in the order of its values. One query for all.
 */
export async function selectContactCriteria(db: Sql, contactIds: readonly string[]): Promise<HeldRow[]> {
  const { rows } = await db.query<Omit<HeldRow, "value"> & ValueRow>(
    `/* selectContactCriteria */
     SELECT h.contact_id AS "contactId", h.value_code AS code, h.text_value AS text, ${valueRow("v")},
       h.criterion_id AS "criterionId"
     FROM contacts.contact_criterion h
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = h.contact_id AND ${visibleTo("c")}
     JOIN contacts.criterion d ON d.institution_id = $1 AND d.id = h.criterion_id
       AND d.level <= nullif(current_setting('app.clearance', true), '')::smallint
     LEFT JOIN contacts.criterion_value v
       ON v.institution_id = $1 AND v.criterion_id = h.criterion_id AND v.internal_code = h.value_code
     WHERE h.institution_id = $1 AND h.contact_id = ANY($2::bigint[])
     ORDER BY h.contact_id, h.criterion_id, v.position, h.value_code`,
    [db.institutionId, contactIds],
  );
  return rows.map(({ contactId, criterionId, code, text, ...value }) => ({
    ...{ contactId, criterionId, code, text },
    value: value.internalCode === null ? null : { ...value, criterionId },
  }));
}

/** What a contact shall have for one criterion: nothing at all clears. */
export interface CriterionChange {
  readonly contactId: string;
  readonly criterionId: number;
  /** Internal codes in any order; TRUE or FALSE; one empty code beside a text. */
  readonly codes: readonly string[];
  readonly text: string | null;
}

export interface ApplyOptions {
  /** The import that makes the changes. */
  readonly jobId?: string;
  /** The first values of contacts made just now: no change of theirs, so neither counted as version nor as activity. */
  readonly isCreation?: boolean;
}

/** The codes of a set, in order, each once: what is compared and audited. */
const ordered = (codes: string) =>
  `ARRAY(SELECT DISTINCT each.code COLLATE "C" FROM unnest(${codes}) AS each (code) ORDER BY 1)`;

/** Places of parameters. */
interface ApplyPlaces {
  readonly jobId: string;
  readonly isCreation: string;
}

/** The one statement that gives contacts values. @param wanted SQL of what they shall have: contact_id, criterion_id, codes, text */
function applyStatement(wanted: string, { jobId, isCreation }: ApplyPlaces): string {
  return `WITH wanted AS (${wanted}),
     changed AS (
       SELECT w.*, d.code AS criterion, coalesce(held.codes, '{}') AS old_codes, held.text AS old_text
       FROM wanted w
       JOIN contacts.criterion d ON d.institution_id = $1 AND d.id = w.criterion_id
       LEFT JOIN LATERAL (
         SELECT array_agg(h.value_code ORDER BY h.value_code) AS codes, max(h.text_value) AS text
         FROM contacts.contact_criterion h
         WHERE h.institution_id = $1 AND h.contact_id = w.contact_id AND h.criterion_id = w.criterion_id) held ON true
       WHERE coalesce(held.codes, '{}') <> w.codes OR held.text IS DISTINCT FROM w.text),
     contact AS (SELECT DISTINCT contact_id AS id FROM changed),
     removed AS (
       DELETE FROM contacts.contact_criterion h USING changed
       WHERE h.institution_id = $1 AND h.contact_id = changed.contact_id AND h.criterion_id = changed.criterion_id
         AND h.value_code <> ALL (changed.codes)),
     added AS (
       INSERT INTO contacts.contact_criterion (institution_id, contact_id, criterion_id, value_code, text_value)
       SELECT $1, contact_id, criterion_id, each.code, changed.text
       FROM changed CROSS JOIN LATERAL unnest(codes) AS each (code)
       WHERE each.code <> ALL (old_codes) OR changed.text IS NOT NULL
       ORDER BY contact_id, criterion_id
       ON CONFLICT (institution_id, contact_id, criterion_id, value_code) DO UPDATE SET text_value = excluded.text_value),
     audited AS (
       INSERT INTO contacts.audit_contact (institution_id, contact_id, job_id, entity, field, old_value, new_value)
       SELECT $1, contact_id, ${jobId}, 'Criterion', criterion, coalesce(old_text, nullif(array_to_string(old_codes, '|'), '')),
         coalesce(changed.text, nullif(array_to_string(codes, '|'), ''))
       FROM changed ORDER BY contact_id, criterion),
     active AS (
       INSERT INTO contacts.activity (institution_id, contact_id, kind)
       SELECT $1, id, 'CRITERION' FROM contact WHERE NOT ${isCreation}::boolean ORDER BY id
       ON CONFLICT DO NOTHING),
     counted AS (
       UPDATE contacts.contact c SET version = c.version + 1, updated_at = platform.now()
       WHERE c.institution_id = $1 AND c.id = ANY (ARRAY(SELECT id FROM contact)) AND NOT ${isCreation}::boolean)`;
}

/**
 * Gives contacts their values, each its own, in one statement with audit, version and activity (A7, one for a contact).
 * What a contact has already is left alone: no audit, no version, no activity (F69). Judges nothing: that was done
 * before, while the contacts were locked.
 * @param visible whom to change; changes of others are left out
 * @param changes at most one for each contact and criterion
 * @returns what was really changed
 */
export async function applyCriteria(
  db: Sql,
  visible: VisibleContactIds,
  changes: readonly CriterionChange[],
  { jobId, isCreation = false }: ApplyOptions = {},
): Promise<{ contactId: string; criterionId: number }[]> {
  const wanted = `SELECT w."contactId" AS contact_id, w."criterionId" AS criterion_id, ${ordered("w.codes")} AS codes, w.text
    FROM jsonb_to_recordset($3::jsonb) AS w ("contactId" bigint, "criterionId" int, codes text[], text text)
    JOIN unnest($2::bigint[]) AS visible (id) ON visible.id = w."contactId"`;
  const { rows } = await db.query<{ contactId: string; criterionId: number }>(
    `/* applyCriteria */ ${applyStatement(wanted, { jobId: "$4", isCreation: "$5" })}
     SELECT contact_id AS "contactId", criterion_id AS "criterionId" FROM changed ORDER BY contact_id, criterion_id`,
    [db.institutionId, visible, JSON.stringify(changes), jobId ?? null, isCreation],
  );
  return rows;
}

/**
 * The same for what stands in the temporary table `criterion_wish` (contact_id, criterion_id, codes in order, text,
 * is_new), of contacts that the transaction has locked and seen to exist for its caller, or of those that it has made.
 */
export async function applyCriterionWish(
  db: Sql,
  { jobId, isCreation = false }: ApplyOptions & { readonly jobId: string },
): Promise<void> {
  const wanted = "SELECT contact_id, criterion_id, codes, text FROM criterion_wish WHERE is_new = $3";
  await db.query(
    `/* applyCriterionWish */ ${applyStatement(wanted, { jobId: "$2::bigint", isCreation: "$3" })}
     SELECT count(*) FROM changed`,
    [db.institutionId, jobId, isCreation],
  );
}

/** The condition that a contact has one of the codes of a criterion; `$1` is the institution. */
export function hasCriterion(contactId: string, criterionId: string, codes: string): string {
  return `EXISTS (SELECT FROM contacts.contact_criterion h
    WHERE h.institution_id = $1 AND h.contact_id = ${contactId} AND h.criterion_id = ${criterionId}
      AND h.value_code = ANY (${codes}))`;
}
