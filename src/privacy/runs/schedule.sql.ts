import type { TokenClaims } from "../../platform/access/caller.js";
import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { RunMode } from "./run.sql.js";

export interface ScheduleRow {
  readonly id: string;
  readonly cron: string;
  readonly mode: RunMode;
  readonly organization: string | null;
  readonly inactivityMonths: number;
  readonly customerInactivityMonths: number | null;
  readonly prospectInactivityMonths: number | null;
  readonly planHash: string | null;
  readonly owner: string;
  readonly createdAt: Date;
}

export interface NewSchedule extends Omit<ScheduleRow, "id" | "owner" | "createdAt"> {
  readonly clearance: Clearance;
  readonly claims: TokenClaims;
}

const columns = `id, cron, mode, organization, inactivity_months AS "inactivityMonths",
  customer_inactivity_months AS "customerInactivityMonths", prospect_inactivity_months AS "prospectInactivityMonths",
  plan_hash AS "planHash", owner, created_at AS "createdAt"`;

export async function insertSchedule(db: Sql, wish: NewSchedule): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertSchedule */
     INSERT INTO privacy.anonymization_schedule (institution_id, cron, mode, organization, inactivity_months,
       customer_inactivity_months, prospect_inactivity_months, plan_hash, clearance, owner, owner_kind, claims)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
    [
      ...[db.institutionId, wish.cron, wish.mode, wish.organization, wish.inactivityMonths],
      ...[wish.customerInactivityMonths, wish.prospectInactivityMonths, wish.planHash, wish.clearance],
      ...[wish.claims.subject, wish.claims.kind, wish.claims],
    ],
  );
  return rows[0]!.id;
}

/** All that exist for the clearance, the newest first. */
export async function selectSchedules(db: Sql, clearance: Clearance): Promise<ScheduleRow[]> {
  const { rows } = await db.query<ScheduleRow>(
    `/* selectSchedules */
     SELECT ${columns} FROM privacy.anonymization_schedule WHERE institution_id = $1 AND clearance <= $2 ORDER BY id DESC`,
    [db.institutionId, clearance],
  );
  return rows;
}

/** False when there is none, or none that exists for the clearance. Its runs stay. */
export async function deleteSchedule(db: Sql, clearance: Clearance, id: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* deleteSchedule */
     DELETE FROM privacy.anonymization_schedule WHERE institution_id = $1 AND clearance <= $2 AND id = $3`,
    [db.institutionId, clearance, id],
  );
  return rowCount === 1;
}

/** One schedule at a time is made in an institution, so that they can be counted. */
export async function lockSchedules(db: Sql): Promise<number> {
  await db.query(`/* lockSchedules */ SELECT pg_advisory_xact_lock(hashtextextended('anonymization', $1::bigint))`, [
    db.institutionId,
  ]);
  const { rows } = await db.query<{ count: number }>(
    `/* countSchedules */ SELECT count(*)::int AS count FROM privacy.anonymization_schedule WHERE institution_id = $1`,
    [db.institutionId],
  );
  return rows[0]!.count;
}

/**
 * The schedule that is due, and the caller in whose name it runs; null when it is gone, or what it began last has not
 * ended yet.
 */
export async function selectDueSchedule(
  db: Sql,
  id: string,
): Promise<(ScheduleRow & { clearance: Clearance; claims: TokenClaims }) | null> {
  const { rows } = await db.query<ScheduleRow & { clearance: Clearance; claims: TokenClaims }>(
    `/* selectDueSchedule */
     SELECT ${columns}, clearance, claims FROM privacy.anonymization_schedule s
     WHERE s.institution_id = $1 AND s.id = $2 AND NOT EXISTS (
       SELECT FROM privacy.anonymization_run r
       WHERE r.institution_id = $1 AND r.schedule_id = s.id AND r.status IN ('QUEUED', 'RUNNING'))
     FOR UPDATE`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** Makes the type of a batch known. A repeat changes nothing (F57). */
export async function insertBatchType(db: Sql, code: string): Promise<void> {
  await db.query(
    `/* insertBatchType */ INSERT INTO privacy.batch_type (institution_id, code) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [db.institutionId, code],
  );
}

export async function selectBatchTypes(db: Sql): Promise<{ code: string; createdAt: Date; createdBy: string }[]> {
  const { rows } = await db.query<{ code: string; createdAt: Date; createdBy: string }>(
    `/* selectBatchTypes */
     SELECT code, created_at AS "createdAt", created_by AS "createdBy" FROM privacy.batch_type
     WHERE institution_id = $1 ORDER BY code`,
    [db.institutionId],
  );
  return rows;
}
