import type pg from "pg";

/** Every institution, for duties that go round all of them. The table is open to the application's role. */
export async function selectInstitutionIds(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `/* selectInstitutionIds */ SELECT id FROM platform.institution ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}
