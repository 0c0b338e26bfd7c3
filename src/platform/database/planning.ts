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

/**
 * Runs statements that join a chunk's temporary table, which has no index, with as much of another one: whatever the
 * statistics say, neither is read once for each row of the other.
 */
export async function plannedAsSets<Result>(db: Sql, work: () => Promise<Result>): Promise<Result> {
  return planned(db, "force_generic_plan", () => withSetting(db, "enable_nestloop", "off", work));
}

async function planned<Result>(db: Sql, mode: string, work: () => Promise<Result>): Promise<Result> {
  return withSetting(db, "plan_cache_mode", mode, work);
}

async function withSetting<Result>(db: Sql, name: string, value: string, work: () => Promise<Result>): Promise<Result> {
  const set = `/* withSetting */ SELECT current_setting($1) AS was, set_config($1, $2, true)`;
  const { rows } = await db.query<{ was: string }>(set, [name, value]);
  const result = await work();
  await db.query(set, [name, rows[0]!.was]);
  return result;
}
