import type { Sql } from "./sql.js";

/**
 * Runs statements whose values decide their plan, such as lists of ten thousand contacts or none: in a transaction
 * PostgreSQL would soon keep one plan for all, made for few.
 */
export async function plannedByValues<Result>(db: Sql, work: () => Promise<Result>): Promise<Result> {
  const set = `/* plannedByValues */ SELECT current_setting('plan_cache_mode') AS was, set_config('plan_cache_mode', $1, true)`;
  const { rows } = await db.query<{ was: string }>(set, ["force_custom_plan"]);
  const result = await work();
  await db.query(set, [rows[0]!.was]);
  return result;
}

/**
 * Runs statements that look rows of a temporary table up by keys. Without statistics of it the planner would rather read a
 * whole table than look up thousands of its rows; but tables grow, and chunks do not.
 */
export async function plannedByKeys<Result>(db: Sql, work: () => Promise<Result>): Promise<Result> {
  const set = `/* plannedByKeys */ SELECT set_config('enable_hashjoin', $1, true), set_config('enable_mergejoin', $1, true)`;
  await db.query(set, ["off"]);
  const result = await work();
  await db.query(set, ["on"]);
  return result;
}
