import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { phoneKey } from "../../search/phone-key.js";
import { visibleTo } from "../../visibility.js";
import type { ImportRules, RowProblem } from "../import-strategy.js";
import { addressColumns, type ImportColumn } from "./contact-header.js";
import type { ContactRowInput } from "./contact-row.js";

/** What a chunk of contacts is decided by. */
export interface ContactRules extends ImportRules {
  /** Of this job alone: digests of two jobs tell nothing about each other. */
  readonly key: Buffer;
  /** Defaults of the institution. */
  readonly country: string;
  readonly language: string;
  /** Codes of authorizations, in the order of their bits. */
  readonly authorizations: readonly string[];
}

/** Staged cell to column of the contact. The e-mail address is the key: it is written to new contacts only. */
export const stagedColumns = {
  title: "title",
  firstName: "first_name",
  lastName: "last_name",
  phone: "phone",
  mobile: "mobile",
  birthDate: "birth_date",
  language: "language",
  referenceCode: "reference_code",
} as const;

const cells = ["email", ...Object.values(stagedColumns), "structure_name", ...addressColumns];
const phoneKeys = ["phone_key", "mobile_key"];
const fields = [
  "email",
  ...Object.keys(stagedColumns),
  "structureName",
  ...addressColumns,
] as (keyof ContactRowInput["values"])[];

/** What rows say of authorizations, as bits. */
const masks = ["agreed", "refused", "cleared"] as const;
/** What would change, as verdicts have it. */
const changes = ["was_agreed", "was_refused", "is_agreed", "is_refused", "unverified", "criteria", "fields"];

/**
 * The rows of one chunk, for one transaction. In a cell, NULL keeps what is there and an empty text clears it. The
 * rest is decided step by step: `contact_id` is whom the row is about, `has_changes` whether his fields would change,
 * `conflicts` what must not be overwritten, `makes_structure` whether a structure is to be made, `outcome` the verdict.
 */
export async function createStage(db: BulkSql): Promise<void> {
  await db.query(
    `/* createStage */
     CREATE TEMPORARY TABLE IF NOT EXISTS import_stage (
       line int NOT NULL, kind text NOT NULL, problems jsonb NOT NULL,
       ${[...cells, ...phoneKeys].map((cell) => `${cell} text`).join(", ")},
       ${masks.map((mask) => `${mask} smallint NOT NULL`).join(", ")},
       was_agreed smallint, was_refused smallint, is_agreed smallint, is_refused smallint, unverified smallint,
       criteria jsonb, fields jsonb, conflicts jsonb, is_activity boolean NOT NULL DEFAULT false,
       email_key text, key_digest bytea, structure_digest bytea, has_address boolean,
       contact_id bigint, structure_id bigint, is_new boolean NOT NULL DEFAULT false,
       makes_structure boolean NOT NULL DEFAULT false, has_changes boolean NOT NULL DEFAULT false, outcome text) ON COMMIT DELETE ROWS`,
  );
}

/** Brings the rows in, with the keys that they are compared by. */
export async function fillStage(
  db: BulkSql,
  rows: readonly ContactRowInput[],
  rules: Pick<ContactRules, "key" | "country">,
): Promise<void> {
  const { key, country } = rules;
  await db.copyIn(
    `import_stage (line, kind, problems, ${[...cells, ...phoneKeys, ...masks].join(", ")})`,
    stagedRows(rows, country),
  );
  await db.query(
    `/* fillStage */
     UPDATE import_stage SET email_key = lower(btrim(email)),
       key_digest = substr(sha256($1::bytea || convert_to(lower(btrim(email)), 'UTF8')), 1, 16),
       has_address = coalesce(${addressColumns.map((column) => `nullif(${column}, '')`).join(", ")}) IS NOT NULL`,
    [key],
  );
  await db.query(`/* analyzeStage */ ANALYZE import_stage`);
}

function* stagedRows(rows: readonly ContactRowInput[], country: string): Generator<(string | number | null)[]> {
  for (const { line, kind, problems, values, masks: said } of rows) {
    // an address that is none is no key
    const isKeyed = !problems.some(({ column }) => column === "email");
    const staged = fields.map((field) => (field === "email" && !isKeyed ? null : values[field]));
    const keys = [values.phone, values.mobile].map((number) => number && (phoneKey(number, country) ?? ""));
    yield [line, kind, JSON.stringify(problems), ...staged, ...keys, ...masks.map((mask) => said[mask])];
  }
}

const found = (code: string, column: ImportColumn) =>
  `'${JSON.stringify([{ code, column } satisfies RowProblem])}'::jsonb`;

/** The first row of an address wins, even if it failed; also when it stood in an earlier chunk. */
export async function refuseRepeatedRows(db: Sql, { jobId }: ContactRules): Promise<void> {
  await db.query(
    `/* refuseRepeatedRows */
     UPDATE import_stage s SET problems = s.problems || ${found("DUPLICATE_ROW", "email")}
     FROM (SELECT line, row_number() OVER (PARTITION BY key_digest ORDER BY line) AS place
           FROM import_stage WHERE key_digest IS NOT NULL) ranked
     WHERE ranked.line = s.line AND (ranked.place > 1 OR EXISTS (
       SELECT FROM contacts.import_row r
       WHERE r.institution_id = $1 AND r.found_by = $2 AND r.key_digest = s.key_digest))`,
    [db.institutionId, jobId],
  );
}

const matches = `c.institution_id = $1 AND c.email_key = s.email_key AND c.contact_type = 'INDIVIDUAL'
  AND c.anonymized_at IS NULL AND (c.validity_end_date IS NULL OR c.validity_end_date >= platform.today())
  AND ${visibleTo("c")}`;

/** Locks the contacts that the rows are about, so that they are still the same when they are written. */
export async function lockMatches(db: Sql): Promise<void> {
  await db.query(
    `/* lockMatches */
     SELECT c.id FROM contacts.contact c
     WHERE c.institution_id = $1 AND c.id IN (SELECT c.id FROM import_stage s JOIN contacts.contact c ON ${matches})
     ORDER BY c.id FOR UPDATE`,
    [db.institutionId],
  );
}

/** Finds the valid, visible, living individual of each address; several of them are a problem. */
export async function matchContacts(db: Sql): Promise<void> {
  await db.query(
    `/* matchContacts */
     UPDATE import_stage s
     SET contact_id = CASE WHEN found.count = 1 THEN found.id END,
       problems = CASE WHEN found.count = 1 THEN s.problems ELSE s.problems || ${found("AMBIGUOUS_EMAIL", "email")} END
     FROM (SELECT s.line, count(*) AS count, min(c.id) AS id
           FROM import_stage s JOIN contacts.contact c ON ${matches} GROUP BY s.line) found
     WHERE found.line = s.line`,
    [db.institutionId],
  );
}

/** Rows that would make a person anew who was erased; one who is there again is another matter. */
export async function refuseErased(db: Sql, lines: readonly number[]): Promise<void> {
  if (lines.length === 0) return;
  await db.query(
    `/* refuseErased */
     UPDATE import_stage SET problems = problems || ${found("CONTACT_ERASED", "email")}
     WHERE line = ANY($1::int[]) AND kind <> 'STRUCTURE' AND contact_id IS NULL`,
    [lines],
  );
}

const normalized = (alias: string, column: string) => `platform.normalize(coalesce(${alias}.${column}, ''))`;

/** The country of a new address; the parameter is the institution's. */
export const newCountry = (parameter: string) =>
  `coalesce(nullif(s.country, ''), CASE WHEN s.has_address THEN ${parameter} END)`;

const lines = addressColumns.filter((column) => column !== "country");
const sameAddress = [
  `coalesce(a.country, '') = coalesce(${newCountry("$2")}, '')`,
  ...lines.map((column) => `${normalized("a", column)} = ${normalized("s", column)}`),
].join(" AND ");
const structureName = `contacts.plain_words(coalesce(s.structure_name, ''))`;
const structureKey = [
  structureName,
  ...lines.map((column) => normalized("s", column)),
  `coalesce(${newCountry("$2")}, '')`,
].join(", ");

/**
 * Decides about structures, by name and address, among those that the caller sees. For a new contact one is made; one
 * that exists, or that an earlier row makes, is a problem. A contact that was found has to be its relay already: as a
 * relay, his own history would become the structure's (domain 3.1, F08).
 */
export async function matchStructures(db: Sql, { jobId, key, country, onMatch }: ContactRules): Promise<void> {
  await db.query(
    `/* matchStructures */
     WITH known AS (
       SELECT s.line, count(link.id) > 0 AS is_relay
       FROM import_stage s
       JOIN contacts.contact c ON c.institution_id = $1 AND c.search_name = ${structureName}
         AND c.contact_type = 'STRUCTURE' AND c.anonymized_at IS NULL AND ${visibleTo("c")}
       LEFT JOIN contacts.contact_address a ON a.institution_id = $1 AND a.contact_id = c.id AND a.kind = 'MAIN'
       LEFT JOIN contacts.contact_connection link ON link.institution_id = $1 AND link.from_contact_id = s.contact_id
         AND link.connection_type = 'RELAY_OF' AND link.to_contact_id = c.id
       WHERE s.structure_name IS NOT NULL AND ${sameAddress}
       GROUP BY s.line),
     keyed AS (
       SELECT s.line, s.contact_id, known.line IS NOT NULL AS is_known, coalesce(known.is_relay, false) AS is_relay,
         substr(sha256($3::bytea || convert_to(concat_ws(chr(31), ${structureKey}), 'UTF8')), 1, 16) AS digest
       FROM import_stage s LEFT JOIN known ON known.line = s.line
       WHERE s.problems = '[]' AND s.structure_name IS NOT NULL AND (s.contact_id IS NULL OR $5 = 'UPDATE')),
     judged AS (
       SELECT line, contact_id, is_relay, digest,
         is_known OR row_number() OVER (PARTITION BY digest, contact_id IS NULL ORDER BY line) > 1 OR EXISTS (
           SELECT FROM contacts.import_row r
           WHERE r.institution_id = $1 AND r.found_by = $4 AND r.structure_digest = digest) AS is_taken
       FROM keyed)
     UPDATE import_stage s
     SET makes_structure = judged.contact_id IS NULL AND NOT judged.is_taken,
       structure_digest = CASE WHEN judged.contact_id IS NULL AND NOT judged.is_taken THEN judged.digest END,
       problems = CASE
         WHEN judged.contact_id IS NULL AND judged.is_taken THEN ${found("DUPLICATE_STRUCTURE", "structureName")}
         WHEN judged.contact_id IS NOT NULL AND NOT judged.is_relay THEN ${found("CONTACT_NOT_RELAY", "structureName")}
         ELSE s.problems END
     FROM judged WHERE judged.line = s.line`,
    [db.institutionId, country, key, jobId, onMatch],
  );
}

/** A column after the update: NULL in the stage keeps, an empty text clears. */
export function updated(target: string, column: string): string {
  const cast = column === "birth_date" ? "::date" : "";
  return `CASE WHEN s.${column} IS NULL THEN ${target}.${column} ELSE nullif(s.${column}, '')${cast} END`;
}

const contactColumns = Object.values(stagedColumns);

/** Whether an update would change anything; the address of a row with a structure is the structure's. */
export async function compareMatches(db: Sql): Promise<void> {
  await db.query(
    `/* compareMatches */
     UPDATE import_stage s
     SET has_changes = (${contactColumns.map((column) => `c.${column}`).join(", ")})
         IS DISTINCT FROM (${contactColumns.map((column) => updated("c", column)).join(", ")})
       OR (s.structure_name IS NULL AND CASE WHEN a.contact_id IS NULL THEN s.has_address
         ELSE (${addressColumns.map((column) => `a.${column}`).join(", ")})
           IS DISTINCT FROM (${addressColumns.map((column) => updated("a", column)).join(", ")}) END)
     FROM contacts.contact c
     LEFT JOIN contacts.contact_address a ON a.institution_id = $1 AND a.contact_id = c.id AND a.kind = 'MAIN'
     WHERE c.institution_id = $1 AND c.id = s.contact_id AND s.problems = '[]' AND ${visibleTo("c")}`,
    [db.institutionId],
  );
}

/** The verdict on each row: an error beats a conflict. From here on a row without a problem is as good as written. */
export async function judgeRows(db: Sql, { onMatch }: ContactRules): Promise<void> {
  await db.query(
    `/* judgeRows */
     UPDATE import_stage SET
       problems = CASE WHEN problems = '[]' AND contact_id IS NOT NULL AND $1 = 'SKIP'
         THEN ${found("SKIPPED_EXISTS", "email")} ELSE problems END,
       contact_id = CASE WHEN problems = '[]' THEN contact_id END,
       outcome = CASE
         WHEN problems <> '[]' THEN 'ERROR'
         WHEN conflicts IS NOT NULL THEN 'CONFLICT'
         WHEN contact_id IS NULL THEN 'CREATE'
         WHEN $1 = 'SKIP' THEN 'SKIPPED'
         WHEN has_changes OR criteria IS NOT NULL OR unverified IS NOT NULL THEN 'UPDATE' ELSE 'UNCHANGED' END`,
    [onMatch],
  );
}

/** Hands the verdicts to the engine. A version is that of a contact who would be changed: a plan is about that one. */
export async function insertContactVerdicts(db: Sql): Promise<void> {
  await db.query(
    `/* insertContactVerdicts */
     INSERT INTO import_verdict (line, contact_id, contact_version, outcome, problems, key_digest, structure_digest,
       is_activity, ${changes.join(", ")})
     SELECT s.line, s.contact_id, CASE WHEN s.outcome = 'UPDATE' THEN c.version END, s.outcome,
       nullif(s.problems || CASE WHEN s.outcome IN ('ERROR', 'CONFLICT') THEN coalesce(s.conflicts, '[]') ELSE '[]' END, '[]'),
       s.key_digest, s.structure_digest, s.outcome = 'UPDATE' AND s.is_activity,
       ${changes.map((column) => `CASE WHEN s.outcome IN ('CREATE', 'UPDATE') THEN s.${column} END`).join(", ")}
     FROM import_stage s
     LEFT JOIN contacts.contact c ON c.institution_id = $1 AND c.id = s.contact_id AND ${visibleTo("c")}`,
    [db.institutionId],
  );
}

/** Takes over what the engine made of the verdicts. */
export async function takeVerdicts(db: Sql): Promise<void> {
  await db.query(
    `/* takeVerdicts */
     UPDATE import_stage s SET outcome = v.outcome FROM import_verdict v WHERE v.line = s.line AND v.outcome <> s.outcome`,
  );
}
