import type { TokenClaims } from "../../platform/access/caller.js";
import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { ItemOutcome } from "./item.sql.js";
import type { RunMode } from "./run.sql.js";

export interface RunWish {
  readonly organization: string | null;
  readonly inactivityMonths: number;
  readonly customerInactivityMonths: number | null;
  readonly prospectInactivityMonths: number | null;
  /** YYYY-MM-DD; null: the institution's today. */
  readonly asOf: string | null;
  readonly clearance: Clearance;
  readonly claims: TokenClaims;
  readonly requestId: string;
  /** Of the notice on exports that the caller was shown; none is where a schedule begins. */
  readonly noticeVersion?: number;
  /** Database id of the schedule that it is due to. */
  readonly scheduleId?: string;
  /** Whether a RUN of its plan follows by itself. */
  readonly isCarriedOut?: boolean;
}

/** Makes a simulation. Months are calendar months, cut off at the end of shorter ones (domain 4.2). */
export async function insertSimulation(db: Sql, wish: RunWish): Promise<string> {
  const { organization, asOf, clearance, claims, requestId } = wish;
  const cutoff = (months: string) => `(d.day - make_interval(months => ${months}))::date`;
  const { rows } = await db.query<{ id: string }>(
    `/* insertSimulation */
     INSERT INTO privacy.anonymization_run (institution_id, mode, organization, inactivity_months,
       customer_inactivity_months, prospect_inactivity_months, day, is_as_of, cutoff, customer_cutoff, prospect_cutoff,
       clearance, started_by, started_by_kind, claims, request_id, schedule_id, is_carried_out, notice_version)
     SELECT $1, 'SIMULATION', $2, $3, $4, $5, d.day, $6::date IS NOT NULL, ${cutoff("$3::int")},
       ${cutoff("coalesce($4::int, $3::int)")}, ${cutoff("coalesce($5::int, $3::int)")}, $7, $8, $9, $10, $11, $12, $13, $14
     FROM (SELECT coalesce($6::date, platform.today()) AS day) d
     RETURNING id`,
    [
      ...[db.institutionId, organization, wish.inactivityMonths, wish.customerInactivityMonths],
      ...[wish.prospectInactivityMonths, asOf, clearance, claims.subject, claims.kind, claims, requestId],
      ...[wish.scheduleId, wish.isCarriedOut ?? false, wish.noticeVersion],
    ],
  );
  return rows[0]!.id;
}

export interface RunRow {
  readonly id: string;
  readonly mode: RunMode;
  readonly status: string;
  readonly failureCode: string | null;
  readonly organization: string | null;
  readonly inactivityMonths: number;
  readonly customerInactivityMonths: number | null;
  readonly prospectInactivityMonths: number | null;
  readonly day: string;
  readonly cutoffDate: string;
  readonly planHash: string | null;
  readonly planId: string | null;
  readonly startedBy: string;
  readonly total: number | null;
  readonly processed: number;
  readonly keptActive: number;
  readonly excludedHold: number;
  readonly excludedDebtor: number;
  readonly excludedCreditor: number;
  readonly anonymize: number;
  readonly delete: number;
  readonly changedSincePlan: number;
  readonly tickets: number;
  readonly orders: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly itemsDeletedAt: Date | null;
  /** Of a simulation: a RUN of it follows by itself. */
  readonly isCarriedOut: boolean;
}

const columns = `id, mode, status, failure_code AS "failureCode", organization, inactivity_months AS "inactivityMonths",
  customer_inactivity_months AS "customerInactivityMonths", prospect_inactivity_months AS "prospectInactivityMonths",
  day, cutoff AS "cutoffDate", plan_hash AS "planHash", plan_id AS "planId", started_by AS "startedBy", total, processed,
  kept_active AS "keptActive", excluded_hold AS "excludedHold", excluded_debtor AS "excludedDebtor",
  excluded_creditor AS "excludedCreditor", anonymized AS anonymize, deleted AS delete, changed AS "changedSincePlan",
  tickets, orders, created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt",
  items_deleted_at AS "itemsDeletedAt", is_carried_out AS "isCarriedOut"`;

/** Any order; those that do not exist for the clearance are left out. */
export async function selectAnonymizationRuns(
  db: Sql,
  clearance: Clearance,
  ids: readonly string[],
): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>(
    `/* selectAnonymizationRuns */
     SELECT ${columns} FROM privacy.anonymization_run
     WHERE institution_id = $1 AND clearance <= $2 AND id = ANY($3::bigint[])`,
    [db.institutionId, clearance, ids],
  );
  return rows;
}

/** The newest first. @param before the last one of the page before */
export async function selectRunPage(
  db: Sql,
  clearance: Clearance,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>(
    `/* selectRunPage */
     SELECT ${columns} FROM privacy.anonymization_run
     WHERE institution_id = $1 AND clearance <= $2 AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
    [db.institutionId, clearance, before, limit],
  );
  return rows;
}

/** Ends a run that has not ended. False when it had, or does not exist for the clearance. */
export async function cancelAnonymizationRunRow(db: Sql, clearance: Clearance, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* cancelAnonymizationRunRow */
     UPDATE privacy.anonymization_run SET status = 'CANCELLED', finished_at = platform.now()
     WHERE institution_id = $1 AND clearance <= $2 AND id = $3 AND status IN ('QUEUED', 'RUNNING')`,
    [db.institutionId, clearance, id],
  );
  return rowCount === 1;
}

export interface LogRow {
  readonly runId: string;
  readonly at: Date;
  readonly code: string;
  readonly count: number | null;
}

/** The last of what happened to these runs, at most so many of each, the first first. */
export async function selectLog(db: Sql, runIds: readonly string[], limit: number): Promise<LogRow[]> {
  const { rows } = await db.query<LogRow>(
    `/* selectLog */
     SELECT l."runId", l.at, l.code, l.count FROM (
       SELECT run_id AS "runId", at, code, count, id, row_number() OVER (PARTITION BY run_id ORDER BY id DESC) AS age
       FROM privacy.anonymization_run_log WHERE institution_id = $1 AND run_id = ANY($2::bigint[])) l
     WHERE l.age <= $3 ORDER BY l."runId", l.id`,
    [db.institutionId, runIds, limit],
  );
  return rows;
}

export interface ItemRow {
  readonly contactId: string;
  readonly contactNumber: string;
  /** Of the contact; null when he is gone. */
  readonly contactLevel: number | null;
  readonly chunk: number;
  readonly outcomes: ItemOutcome[];
  readonly planned: ItemOutcome[] | null;
  readonly day: string;
  readonly kind: string;
  readonly organization: string | null;
  readonly recordId: string | null;
  readonly computedAt: Date;
  readonly wasBlocked: boolean;
  readonly balances: { organization: string; currency: string; amount: string }[] | null;
  readonly lastTicketEndDate: string | null;
  readonly holdReason: string | null;
}

/** Items of a run that was found for the caller, by contact. */
export async function selectItems(
  db: Sql,
  runId: string,
  { outcome, after, limit }: { readonly outcome: ItemOutcome | null; readonly after: string; readonly limit: number },
): Promise<ItemRow[]> {
  const isPlanned = outcome !== null && outcome !== "KEPT_ACTIVE" ? "AND i.outcomes <> '{KEPT_ACTIVE}'" : "";
  const { rows } = await db.query<ItemRow>(
    `/* selectItems */
     SELECT i.contact_id AS "contactId", i.contact_number AS "contactNumber", v.confidentiality_level AS "contactLevel",
       i.chunk, i.outcomes, i.planned, i.recency_day AS day, i.recency_kind AS kind, i.organization,
       i.record_id AS "recordId", r.started_at AS "computedAt", i.was_blocked AS "wasBlocked", i.balances,
       i.last_ticket_end AS "lastTicketEndDate",
       CASE WHEN 'EXCLUDED_HOLD' = ANY(i.outcomes) THEN h.reason END AS "holdReason"
     FROM privacy.anonymization_run_item i
     JOIN privacy.anonymization_run r ON r.institution_id = $1 AND r.id = i.run_id
     LEFT JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = i.contact_id
     LEFT JOIN privacy.retention_hold h ON h.institution_id = $1 AND h.contact_id = v.id
     WHERE i.institution_id = $1 AND i.run_id = $2 AND i.contact_id > $3
       AND ($4::text IS NULL OR $4 = ANY(i.outcomes)) ${isPlanned}
     ORDER BY i.contact_id LIMIT $5`,
    [db.institutionId, runId, after, outcome, limit],
    "BY_VALUES",
  );
  return rows;
}

/** What the chunks of a run erased: rows by table, by chunk. */
export async function selectSteps(
  db: Sql,
  runId: string,
  chunks: readonly number[],
): Promise<{ chunk: number; steps: Record<string, number> }[]> {
  const { rows } = await db.query<{ chunk: number; steps: Record<string, number> }>(
    `/* selectSteps */
     SELECT chunk, steps FROM privacy.anonymization_run_chunk
     WHERE institution_id = $1 AND run_id = $2 AND chunk = ANY($3::int[]) AND steps IS NOT NULL`,
    [db.institutionId, runId, chunks],
  );
  return rows;
}
