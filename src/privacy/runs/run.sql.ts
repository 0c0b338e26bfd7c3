import type { TokenClaims } from "../../platform/access/caller.js";
import type { Sql } from "../../platform/database/sql.js";

/** Statements of the worker, which runs with full clearance: bookkeeping is complete (design 3). */

export type RunMode = "SIMULATION" | "RUN";
export type RunPhase = "CONTACTS" | "TICKETS" | "ORDERS";

export interface ClaimedRun {
  readonly id: string;
  readonly mode: RunMode;
  readonly planId: string | null;
  readonly planHash: string | null;
  readonly isCarriedOut: boolean;
  readonly inactivityMonths: number;
  readonly customerInactivityMonths: number | null;
  readonly prospectInactivityMonths: number | null;
  /** YYYY-MM-DD, as all days. */
  readonly day: string;
  readonly cutoff: string;
  readonly customerCutoff: string;
  readonly prospectCutoff: string;
  readonly claims: TokenClaims;
  readonly requestId: string;
  readonly noticeVersion: number | null;
  readonly fence: number;
  readonly vainRuns: number;
}

/** Takes the run, and it from every earlier process; null when it has ended. */
export async function claimAnonymizationRun(db: Sql, id: string): Promise<ClaimedRun | null> {
  const { rows } = await db.query<ClaimedRun>(
    `/* claimAnonymizationRun */
     UPDATE privacy.anonymization_run SET status = 'RUNNING', fence = fence + 1, vain_runs = vain_runs + 1,
       started_at = coalesce(started_at, platform.now())
     WHERE institution_id = $1 AND id = $2 AND status IN ('QUEUED', 'RUNNING')
     RETURNING id, mode, plan_id AS "planId", plan_hash AS "planHash", is_carried_out AS "isCarriedOut",
       inactivity_months AS "inactivityMonths", customer_inactivity_months AS "customerInactivityMonths",
       prospect_inactivity_months AS "prospectInactivityMonths", day, cutoff, customer_cutoff AS "customerCutoff",
       prospect_cutoff AS "prospectCutoff", claims, request_id AS "requestId", notice_version AS "noticeVersion", fence,
       vain_runs AS "vainRuns"`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** Where a run stands. */
export interface RunPlace {
  readonly phase: RunPhase;
  readonly cursor: string;
  readonly chunk: number;
  readonly total: number | null;
}

const placeOf = `SELECT phase, cursor_id AS cursor, chunk, total FROM privacy.anonymization_run
  WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`;

/** The place of the run, which nobody else moves while it is ours; null when it was taken away or cancelled. */
export async function selectRunPlace(
  db: Sql,
  { id, fence }: Pick<ClaimedRun, "id" | "fence">,
): Promise<RunPlace | null> {
  const { rows } = await db.query<RunPlace>(`/* selectRunPlace */ ${placeOf}`, [db.institutionId, id, fence]);
  return rows[0] ?? null;
}

/** The place of the run, which nobody else moves until the transaction ends; null when it was taken away or cancelled. */
export async function lockAnonymizationRun(
  db: Sql,
  { id, fence }: Pick<ClaimedRun, "id" | "fence">,
): Promise<RunPlace | null> {
  const text = `/* lockAnonymizationRun */ ${placeOf} FOR UPDATE`;
  const { rows } = await db.query<RunPlace>(text, [db.institutionId, id, fence]);
  return rows[0] ?? null;
}

/** Notes how much there is to do, when the work begins. */
export async function setRunTotal(db: Sql, id: string, total: number): Promise<void> {
  await db.query(
    `/* setRunTotal */ UPDATE privacy.anonymization_run SET total = $3 WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id, total],
  );
}

/** Columns of a run that count up, by what they count. */
const counters = {
  processed: "processed",
  KEPT_ACTIVE: "kept_active",
  EXCLUDED_HOLD: "excluded_hold",
  EXCLUDED_DEBTOR: "excluded_debtor",
  EXCLUDED_CREDITOR: "excluded_creditor",
  ANONYMIZE: "anonymized",
  DELETE: "deleted",
  changed: "changed",
  tickets: "tickets",
  orders: "orders",
} as const;

export type RunCounts = Partial<Record<keyof typeof counters, number>>;

const counterNames = Object.keys(counters) as (keyof typeof counters)[];

/** In the transaction that did the work: the place moves on, what was counted is added. */
export async function advanceAnonymizationRun(
  db: Sql,
  id: string,
  { cursor, phase, counts = {} }: { cursor: string; phase?: RunPhase; counts?: RunCounts },
): Promise<void> {
  const added = counterNames.map((name, index) => `${counters[name]} = ${counters[name]} + $${index + 5}`);
  await db.query(
    `/* advanceAnonymizationRun */
     UPDATE privacy.anonymization_run SET cursor_id = $3, phase = coalesce($4, phase), chunk = chunk + 1, vain_runs = 0,
       ${added.join(", ")}
     WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id, cursor, phase, ...counterNames.map((name) => counts[name] ?? 0)],
  );
}

/** Ends the run; false when it was taken away or cancelled. */
export async function endAnonymizationRun(
  db: Sql,
  { id, fence }: Pick<ClaimedRun, "id" | "fence">,
  {
    status,
    failureCode = null,
    planHash = null,
  }: { status: "DONE" | "FAILED"; failureCode?: string | null; planHash?: string | null },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* endAnonymizationRun */
     UPDATE privacy.anonymization_run SET status = $4, failure_code = $5, plan_hash = coalesce($6, plan_hash),
       finished_at = platform.now()
     WHERE institution_id = $1 AND id = $2 AND fence = $3 AND status = 'RUNNING'`,
    [db.institutionId, id, fence, status, failureCode, planHash],
  );
  return rowCount === 1;
}

/** The next contacts behind one, at most so many: the last of them, and how many. Null when there are none. */
export async function selectNextContacts(
  db: Sql,
  after: string,
  limit: number,
): Promise<{ last: string; count: number } | null> {
  const { rows } = await db.query<{ last: string; count: number }>(
    `/* selectNextContacts */
     SELECT max(id) AS last, count(*)::int AS count
     FROM (SELECT v.id FROM contacts.visible_contact v
       WHERE v.institution_id = $1 AND v.id > $2 ORDER BY v.id LIMIT $3) next
     HAVING count(*) > 0`,
    [db.institutionId, after, limit],
  );
  return rows[0] ?? null;
}

export async function countContacts(db: Sql): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `/* countContacts */ SELECT count(*)::int AS count FROM contacts.visible_contact WHERE institution_id = $1`,
    [db.institutionId],
  );
  return rows[0]!.count;
}

export async function insertLogEntry(db: Sql, runId: string, code: string, count: number | null = null): Promise<void> {
  await db.query(
    `/* insertLogEntry */
     INSERT INTO privacy.anonymization_run_log (institution_id, run_id, code, count) VALUES ($1, $2, $3, $4)`,
    [db.institutionId, runId, code, count],
  );
}

export interface Listed {
  readonly listed: number;
  readonly processed: number;
  readonly tickets: number;
  readonly orders: number;
}

/** How many contacts a run lists, and how much it has been through. */
export async function selectListed(db: Sql, id: string): Promise<Listed> {
  const { rows } = await db.query<Listed>(
    `/* selectListed */
     SELECT processed, tickets, orders, (SELECT count(*)::int FROM privacy.anonymization_run_item i
       WHERE i.institution_id = $1 AND i.run_id = r.id) AS listed
     FROM privacy.anonymization_run r WHERE r.institution_id = $1 AND r.id = $2`,
    [db.institutionId, id],
  );
  return rows[0]!;
}
