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
 * `is_unshared` whether a partner knows him and no more, `conflicts` what must not be overwritten, `makes_structure` whether a structure is to be made, `outcome` the verdict.
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
       contact_id bigint, contact_state int, structure_id bigint, is_new boolean NOT NULL DEFAULT false,
       is_unshared boolean NOT NULL DEFAULT false, makes_structure boolean NOT NULL DEFAULT false, has_changes boolean NOT NULL DEFAULT false, outcome text) ON COMMIT DELETE ROWS`,
  );
  // whatever the planner thinks of the tables of contacts, no chunk is read once for each of them
  await db.query(`/* indexStage */ CREATE INDEX IF NOT EXISTS import_stage_contact ON import_stage (contact_id)`);
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

/** A problem of its column, as SQL. */
export const found = (code: string, column: ImportColumn): string =>
  `'${JSON.stringify([{ code, column } satisfies RowProblem])}'::jsonb`;

/**
 * The first row of an address wins, even if it failed; also when it stood in an earlier chunk. Not with EXISTS, of which
 * the planner makes a table of all rows before.
 */
export async function refuseRepeatedRows(db: Sql, { jobId }: ContactRules): Promise<void> {
  await db.query(
    `/* refuseRepeatedRows */
     UPDATE import_stage s SET problems = s.problems || ${found("DUPLICATE_ROW", "email")}
     FROM (SELECT line, row_number() OVER (PARTITION BY key_digest ORDER BY line) AS place
           FROM import_stage WHERE key_digest IS NOT NULL) ranked
     WHERE ranked.line = s.line AND (ranked.place > 1 OR (
       SELECT true FROM contacts.import_row r
       WHERE r.institution_id = $1 AND r.job_id + 0 = $2 AND r.key_digest = s.key_digest LIMIT 1) IS TRUE)`,
    [db.institutionId, jobId],
  );
}

/** The country of a new address; the parameter is the institution's. */
export const newCountry = (parameter: string) =>
  `coalesce(nullif(s.country, ''), CASE WHEN s.has_address THEN ${parameter} END)`;

/** A column after the update: NULL in the stage keeps, an empty text clears. */
export function updated(target: string, column: string): string {
  const cast = column === "birth_date" ? "::date" : "";
  return `CASE WHEN s.${column} IS NULL THEN ${target}.${column} ELSE nullif(s.${column}, '')${cast} END`;
}

const contactColumns = Object.values(stagedColumns);

/** Whom a row of `s` has found, and his main address, both looked up for each row: planners would rather read everybody. */
export const foundContact = `CROSS JOIN LATERAL (
       SELECT c.id, ${contactColumns.map((column) => `c.${column}`).join(", ")} FROM contacts.contact c
       WHERE c.institution_id = $1 AND c.id = s.contact_id AND ${visibleTo("c")} OFFSET 0) c
     LEFT JOIN LATERAL (
       SELECT a.contact_id, ${addressColumns.map((column) => `a.${column}`).join(", ")} FROM contacts.contact_address a
       WHERE a.institution_id = $1 AND a.contact_id = c.id AND a.kind = 'MAIN' OFFSET 0) a ON true`;

/**
 * What a contact has in all that files can change, in short: a plan is about one who has it. Of two states, one in four
 * thousand million has the same number.
 */
const stateOf = `hashtext(ROW(${[...contactColumns.map((column) => `c.${column}`), ...addressColumns.map((column) => `a.${column}`)].join(", ")})::text)`;

/** The state of who was found, and whether an update would change anything; the address of a row with a structure is the structure's. */
export async function compareMatches(db: Sql): Promise<void> {
  await db.query(
    `/* compareMatches */
     UPDATE import_stage t SET has_changes = compared.has_changes, contact_state = compared.state
     FROM (
     SELECT s.ctid AS place, ${stateOf} AS state, (${contactColumns.map((column) => `c.${column}`).join(", ")})
         IS DISTINCT FROM (${contactColumns.map((column) => updated("c", column)).join(", ")})
       OR (s.structure_name IS NULL AND CASE WHEN a.contact_id IS NULL THEN s.has_address
         ELSE (${addressColumns.map((column) => `a.${column}`).join(", ")})
           IS DISTINCT FROM (${addressColumns.map((column) => updated("a", column)).join(", ")}) END) AS has_changes
     FROM import_stage s
     ${foundContact}
     WHERE s.problems = '[]') compared
     WHERE t.ctid = compared.place`,
    [db.institutionId],
  );
}

/** The verdict on each row: an error beats a conflict. From here on a row without a problem is as good as written. */
export async function judgeRows(db: Sql, { onMatch }: ContactRules): Promise<void> {
  await db.query(
    `/* judgeRows */
     UPDATE import_stage SET
       problems = CASE WHEN problems = '[]' AND contact_id IS NOT NULL AND ($1 = 'SKIP' OR is_unshared)
         THEN ${found("SKIPPED_EXISTS", "email")} ELSE problems END,
       contact_id = CASE WHEN problems = '[]' THEN contact_id END,
       outcome = CASE
         WHEN problems <> '[]' THEN 'ERROR'
         WHEN conflicts IS NOT NULL THEN 'CONFLICT'
         WHEN contact_id IS NULL THEN 'CREATE'
         WHEN $1 = 'SKIP' OR is_unshared THEN 'SKIPPED'
         WHEN has_changes OR criteria IS NOT NULL OR unverified IS NOT NULL THEN 'UPDATE' ELSE 'UNCHANGED' END`,
    [onMatch],
  );
}

/** Hands the verdicts to the engine, with the state of each contact who would be changed. */
export async function insertContactVerdicts(db: Sql): Promise<void> {
  await db.query(
    `/* insertContactVerdicts */
     INSERT INTO import_verdict (line, contact_id, contact_state, outcome, problems, key_digest, structure_digest,
       is_activity, ${changes.join(", ")})
     SELECT s.line, s.contact_id, CASE WHEN s.outcome = 'UPDATE' THEN s.contact_state END, s.outcome,
       nullif(s.problems || CASE WHEN s.outcome IN ('ERROR', 'CONFLICT') THEN coalesce(s.conflicts, '[]') ELSE '[]' END, '[]'),
       s.key_digest, s.structure_digest, s.outcome = 'UPDATE' AND s.is_activity,
       ${changes.map((column) => `CASE WHEN s.outcome IN ('CREATE', 'UPDATE') THEN s.${column} END`).join(", ")}
     FROM import_stage s`,
  );
}

/** Takes over what the engine made of the verdicts. */
export async function takeVerdicts(db: Sql): Promise<void> {
  await db.query(
    `/* takeVerdicts */
     UPDATE import_stage s SET outcome = v.outcome FROM import_verdict v WHERE v.line = s.line AND v.outcome <> s.outcome`,
  );
}
