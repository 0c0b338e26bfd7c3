import type pg from "pg";

/** Runs `work` in one transaction of the role that owns the tables, and so passes by their policies. */
export async function inOwnerTransaction<Result>(owner: pg.ClientBase, work: () => Promise<Result>): Promise<Result> {
  await owner.query("/* inOwnerTransaction */ BEGIN");
  try {
    const result = await work();
    await owner.query("/* commitOwnerTransaction */ COMMIT");
    return result;
  } catch (error) {
    await owner.query("/* undoOwnerTransaction */ ROLLBACK");
    throw error;
  }
}

/** Takes `size` ids of a sequence at once, so that rows can name each other before they are there. Returns the first. */
export async function reserveIds(owner: pg.ClientBase, sequence: string, size: number): Promise<string> {
  const { rows } = await owner.query<{ first: string }>(
    "/* reserveIds */ SELECT setval($1, nextval($1) + $2 - 1) - $2 + 1 AS first",
    [sequence, size],
  );
  return rows[0]!.first;
}

/** Goes on behind ids that were chosen. */
export async function advanceSequence(owner: pg.ClientBase, sequence: string, last: number): Promise<void> {
  await owner.query("/* advanceSequence */ SELECT setval($1, $2)", [sequence, last]);
}

/** More memory and less waiting, for this transaction. */
export async function prepareBulkLoad(owner: pg.ClientBase): Promise<void> {
  await owner.query(
    `/* prepareBulkLoad */
     SELECT set_config('maintenance_work_mem', '256MB', true), set_config('work_mem', '64MB', true),
       set_config('synchronous_commit', 'off', true)`,
  );
}

/** For the planner, and so that no autovacuum comes in between later. Outside a transaction. */
export async function vacuumTables(owner: pg.ClientBase, tables: readonly string[]): Promise<void> {
  await owner.query(`/* vacuumTables */ VACUUM (ANALYZE) ${tables.join(", ")}`);
}
