import type pg from "pg";

/** How many jobs there are by state, of all queues and institutions. States of which there is none are left out. */
export async function jobCounts(pool: pg.Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ state: string; count: number }>(
    `/* jobCounts */ SELECT state::text AS state, count(*)::int AS count FROM pgboss.job GROUP BY state`,
  );
  return new Map(rows.map(({ state, count }) => [state, count]));
}
