import type pg from "pg";
import type { TestDatabase } from "./database.js";

/** The most rows that one step of a plan has handled, those that it has left out with it. */
export function mostRows(plan: string): number {
  let most = 0;
  let loops = 1;
  for (const line of plan.split("\n")) {
    const step = /actual rows=([\d.]+) loops=(\d+)/.exec(line);
    if (step) loops = Number(step[2]);
    const rows = step?.[1] ?? /Rows Removed by [\w ]+: (\d+)/.exec(line)?.[1];
    if (rows) most = Math.max(most, Number(rows) * loops);
  }
  return most;
}

/** Has PostgreSQL tell how it did each statement, on connections that are made from now on. */
export async function explainStatements(db: TestDatabase): Promise<void> {
  const settings = ["log_min_duration = 0", "log_analyze = on", "log_timing = off", "log_level = notice"];
  const all = ["session_preload_libraries = auto_explain", ...settings.map((setting) => `auto_explain.${setting}`)];
  for (const setting of all) await db.superuser(`ALTER DATABASE ${db.name} SET ${setting}`);
}

/** Keeps the plans that connections of these pools are told. */
export function keepPlans(plans: string[], ...pools: pg.Pool[]): void {
  for (const pool of pools)
    pool.on("connect", (client) => client.on("notice", ({ message = "" }) => plans.push(message)));
}
