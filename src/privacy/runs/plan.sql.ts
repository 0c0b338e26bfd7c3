import type { TokenClaims } from "../../platform/access/caller.js";
import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { PlanTerms } from "./plan.js";

/** What a plan was made under; null when it is gone. */
export async function selectPlanTerms(db: Sql, id: string): Promise<PlanTerms | null> {
  const { rows } = await db.query<PlanTerms>(
    `/* selectPlanTerms */
     SELECT day, inactivity_months AS "inactivityMonths", customer_inactivity_months AS "customerInactivityMonths",
       prospect_inactivity_months AS "prospectInactivityMonths", cutoff, customer_cutoff AS "customerCutoff",
       prospect_cutoff AS "prospectCutoff"
     FROM privacy.anonymization_run WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** A plan that somebody names by its hash. */
export interface NamedPlan {
  readonly id: string;
  /** Whether its list is there, and at most so old that it may be carried out. */
  readonly isFresh: boolean;
  /** Whether it is of a day that has not come yet: for tests. */
  readonly isAhead: boolean;
  readonly inactivityMonths: number;
  readonly customerInactivityMonths: number | null;
  readonly prospectInactivityMonths: number | null;
}

/** The newest plan with this hash that exists for the clearance; null without one. @param since how old it may be */
export async function selectPlanByHash(
  db: Sql,
  clearance: Clearance,
  planHash: string,
  since: Date,
): Promise<NamedPlan | null> {
  const { rows } = await db.query<NamedPlan>(
    `/* selectPlanByHash */
     SELECT id, finished_at >= $4 AND items_deleted_at IS NULL AS "isFresh", day > platform.today() AS "isAhead",
       inactivity_months AS "inactivityMonths", customer_inactivity_months AS "customerInactivityMonths",
       prospect_inactivity_months AS "prospectInactivityMonths"
     FROM privacy.anonymization_run
     WHERE institution_id = $1 AND clearance <= $2 AND plan_hash = $3 AND mode = 'SIMULATION' AND status = 'DONE'
     ORDER BY id DESC LIMIT 1`,
    [db.institutionId, clearance, planHash, since],
  );
  return rows[0] ?? null;
}

export interface RunStarter {
  readonly clearance: Clearance;
  readonly claims: TokenClaims;
  readonly requestId: string;
}

/**
 * Makes a RUN of a plan, under the same periods and of today (or of the day that was asked for). Null while another one
 * has not ended: there is one at a time.
 */
export async function insertRunOfPlan(
  db: Sql,
  planId: string,
  { clearance, claims, requestId }: RunStarter,
): Promise<string | null> {
  const cutoff = (months: string) => `(d.day - make_interval(months => ${months}))::date`;
  const { rows } = await db.query<{ id: string }>(
    `/* insertRunOfPlan */
     INSERT INTO privacy.anonymization_run (institution_id, mode, organization, inactivity_months,
       customer_inactivity_months, prospect_inactivity_months, day, is_as_of, cutoff, customer_cutoff, prospect_cutoff,
       plan_id, plan_hash, schedule_id, clearance, started_by, started_by_kind, claims, request_id)
     SELECT $1, 'RUN', p.organization, p.inactivity_months, p.customer_inactivity_months, p.prospect_inactivity_months,
       d.day, p.is_as_of, ${cutoff("p.inactivity_months")},
       ${cutoff("coalesce(p.customer_inactivity_months, p.inactivity_months)")},
       ${cutoff("coalesce(p.prospect_inactivity_months, p.inactivity_months)")},
       p.id, p.plan_hash, p.schedule_id, $3, $4, $5, $6, $7
     FROM privacy.anonymization_run p
     CROSS JOIN LATERAL (SELECT CASE WHEN p.is_as_of THEN p.day ELSE platform.today() END AS day) d
     WHERE p.institution_id = $1 AND p.id = $2
     ON CONFLICT (institution_id) WHERE mode = 'RUN' AND status IN ('QUEUED', 'RUNNING') DO NOTHING
     RETURNING id`,
    [db.institutionId, planId, clearance, claims.subject, claims.kind, claims, requestId],
  );
  return rows[0]?.id ?? null;
}
