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
