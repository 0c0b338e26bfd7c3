import type { Sql } from "./sql.js";

/**
 * Runs statements of a duty in a transaction of a caller who may see less: duties are complete, whoever asked for them
 * (design 3). What is written goes on naming the caller.
 */
export async function withFullClearance<Result>(db: Sql, work: () => Promise<Result>): Promise<Result> {
  const set = `/* withFullClearance */ SELECT current_setting('app.clearance') AS was, set_config('app.clearance', $1, true)`;
  const { rows } = await db.query<{ was: string }>(set, ["2"]);
  const result = await work();
  await db.query(set, [rows[0]!.was]);
  return result;
}
