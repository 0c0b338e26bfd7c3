import type { Sql } from "../../platform/database/sql.js";
import type { ImportRules, RowProblem } from "./import-strategy.js";

/** Columns of a verdict that say what would change; `import_row` keeps them under the same names. */
const changes = ["was_agreed", "was_refused", "is_agreed", "is_refused", "unverified", "criteria"] as const;
const kept = ["contact_id", "contact_state", "problems", ...changes];
const told = ["key_digest", "structure_digest", "fields"];

/** The temporary table of what was decided about the rows of one chunk. */
export const verdicts = "import_verdict";

/**
 * What was decided about the rows of one chunk, for one transaction: the one table between a type of import and the
 * engine. `fields` is what a check has to tell beside that, and no part of a plan. `outcome` is CREATE, UPDATE, UNCHANGED, SKIPPED, CONFLICT or ERROR, whatever the mode; `problems` is null when
 * there are none; a row that changes nothing has none of the columns of changes. `agreed`, `refused` and `cleared` are what
 * a row of authorizations says.
 */
export async function createVerdicts(db: Sql): Promise<void> {
  await db.query(
    `/* createVerdicts */
     CREATE TEMPORARY TABLE IF NOT EXISTS import_verdict (
       line int NOT NULL, contact_id bigint, contact_state int, outcome text NOT NULL, problems jsonb,
       key_digest bytea, structure_digest bytea, was_agreed smallint, was_refused smallint, is_agreed smallint,
       is_refused smallint, unverified smallint, criteria jsonb, fields jsonb, is_activity boolean NOT NULL DEFAULT false,
       agreed smallint, refused smallint, cleared smallint)
     ON COMMIT DELETE ROWS`,
  );
}

const planChanged = `'${JSON.stringify([{ code: "PLAN_CHANGED", column: null } satisfies RowProblem])}'::jsonb`;
const planned = `CASE p.outcome WHEN 'WOULD_CREATE' THEN 'CREATE' WHEN 'WOULD_UPDATE' THEN 'UPDATE' ELSE p.outcome END`;
const nothing = changes.map((column) => `${column} = NULL`).join(", ");

/**
 * Holds a chunk to the plan that was approved: a row that is decided otherwise by now is not written, and says so. One
 * that has become what was asked for is UNCHANGED; what the plan refused stays refused. Source: domain 6.7
 */
export async function holdToPlan(
  db: Sql,
  { planJobId }: ImportRules,
  lines: { readonly first: number; readonly last: number },
): Promise<void> {
  const same = kept
    .filter((column) => column !== "problems")
    .map((column) => `v.${column} IS NOT DISTINCT FROM p.${column}`);
  await db.query(
    `/* holdToPlan */
     UPDATE import_verdict v SET ${nothing}, is_activity = false, structure_digest = NULL,
       outcome = CASE WHEN ${planned} IN ('ERROR', 'CONFLICT') THEN p.outcome ELSE 'CONFLICT' END,
       problems = CASE WHEN ${planned} IN ('ERROR', 'CONFLICT') THEN p.problems ELSE ${planChanged} END
     FROM contacts.import_row p
     WHERE p.institution_id = $1 AND p.job_id = $2 AND p.line = v.line AND p.line BETWEEN $3 AND $4
       AND v.outcome <> 'UNCHANGED' AND NOT (v.outcome = ${planned} AND ${same.join(" AND ")})`,
    [db.institutionId, planJobId, lines.first, lines.last],
  );
}

/** Keeps what became of each row, and nothing of its cells. */
export async function insertImportRows(db: Sql, { jobId, mode }: ImportRules): Promise<void> {
  await db.query(
    `/* insertImportRows */
     INSERT INTO contacts.import_row (institution_id, job_id, line, outcome, ${[...kept, ...told].join(", ")})
     SELECT $1, $2, v.line,
       CASE v.outcome WHEN 'CREATE' THEN CASE $3 WHEN 'CHECK' THEN 'WOULD_CREATE' ELSE 'CREATED' END
         WHEN 'UPDATE' THEN CASE $3 WHEN 'CHECK' THEN 'WOULD_UPDATE' ELSE 'UPDATED' END ELSE v.outcome END,
       ${[...kept, ...told].map((column) => `v.${column}`).join(", ")}
     FROM import_verdict v`,
    [db.institutionId, jobId, mode],
  );
}

/** A chunk of a plan, by what each of its rows would do. Source: design 7 */
export async function insertPlanChunk(db: Sql, { jobId }: ImportRules, lastLine: number): Promise<void> {
  await db.query(
    `/* insertPlanChunk */
     INSERT INTO contacts.import_plan_chunk (institution_id, job_id, last_line, digest)
     SELECT $1, $2, $3, sha256(convert_to(string_agg(
       ROW(v.line, v.outcome, ${kept.map((column) => `v.${column}`).join(", ")})::text, E'\\n' ORDER BY v.line), 'UTF8'))
     FROM import_verdict v`,
    [db.institutionId, jobId, lastLine],
  );
}

export interface ChunkCounts {
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  conflicts: number;
  errors: number;
  /** Rows that count as activity of their contact. */
  activities: number;
}

export async function countOutcomes(db: Sql): Promise<ChunkCounts> {
  const count = (outcome: string) => `count(*) FILTER (WHERE outcome = '${outcome}')::int`;
  const { rows } = await db.query<ChunkCounts>(
    `/* countOutcomes */
     SELECT ${count("CREATE")} AS created, ${count("UPDATE")} AS updated, ${count("UNCHANGED")} AS unchanged,
       ${count("SKIPPED")} AS skipped, ${count("CONFLICT")} AS conflicts, ${count("ERROR")} AS errors,
       count(*) FILTER (WHERE is_activity)::int AS activities
     FROM import_verdict`,
  );
  return rows[0]!;
}
