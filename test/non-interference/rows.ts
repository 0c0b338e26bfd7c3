import type pg from "pg";

export type Row = Readonly<Record<string, unknown>>;

/** Rows by table, in an order in which foreign keys hold. */
export type Rows = readonly (readonly [table: string, rows: readonly Row[]])[];

/** Inserts rows with the ids that they name. Columns that no row names keep their defaults. */
export async function insertRows(owner: pg.Pool, institutionId: number, rows: Rows): Promise<void> {
  for (const [table, list] of rows) {
    if (list.length === 0) continue;
    const columns = [...new Set(list.flatMap((row) => Object.keys(row)))];
    // the columns of a table with defaults of its own: every row names all of them
    await owner.query(
      `INSERT INTO ${table} (institution_id, ${columns.join(", ")}) OVERRIDING SYSTEM VALUE
       SELECT $1, ${columns.join(", ")} FROM jsonb_populate_recordset(null::${table}, $2)`,
      [institutionId, JSON.stringify(list)],
    );
  }
}

/** From here on both databases give the same ids and numbers to what is made, however many rows each has. */
export async function alignSequences(owner: pg.Pool): Promise<void> {
  await setSequences(owner, new Map([...(await lastIds(owner)).keys()].map((name) => [name, 100_000])));
}

/** The last id that each sequence has given, by its name; 0 before the first. */
export async function lastIds(owner: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await owner.query<{ name: string; last: string | null }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value AS last FROM pg_sequences
     WHERE schemaname IN ('platform', 'contacts', 'marketing', 'history', 'privacy')`,
  );
  return new Map(rows.map(({ name, last }) => [name, Number(last)]));
}

export async function setSequences(owner: pg.Pool, lasts: ReadonlyMap<string, number>): Promise<void> {
  for (const [name, last] of lasts) await owner.query("SELECT setval($1, $2)", [name, last]);
}
