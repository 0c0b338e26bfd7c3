import type { Sql } from "./sql.js";

/**
 * Runs statements whose values decide their plan, such as lists of ten thousand contacts or none: in a transaction
 * PostgreSQL would soon keep one plan for all, made for few.
 */
export async function plannedByValues<Result>(db: Sql, work: () => Promise<Result>): Promise<Result> {
  return planned(db, "force_custom_plan", work);
}

/**
 * Runs statements that look rows up for those of a chunk's temporary table. They are planned for any institution: one that
 * the statistics do not know yet is planned for as an empty one by its id, and then read as a whole for each row.
 */
export async function plannedByKeys<Result>(db: Sql, work: () => Promise<Result>): Promise<Result> {
  return planned(db, "force_generic_plan", work);
}

async function planned<Result>(db: Sql, mode: string, work: () => Promise<Result>): Promise<Result> {
  const set = `/* planned */ SELECT current_setting('plan_cache_mode') AS was, set_config('plan_cache_mode', $1, true)`;
  const { rows } = await db.query<{ was: string }>(set, [mode]);
  const result = await work();
  await db.query(set, [rows[0]!.was]);
  return result;
}
