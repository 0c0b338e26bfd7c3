import type pg from "pg";

interface Part {
  readonly remove: string;
  readonly make: string;
}

/**
 * Runs `load` while these tables have no foreign keys and no indexes but the unique ones, and makes them again
 * afterwards: checking a million rows at once takes seconds, one by one minutes. In the caller's transaction, so that
 * a failure leaves everything as it was.
 */
export async function withoutIndexes(owner: pg.ClientBase, tables: readonly string[], load: () => Promise<void>) {
  const foreignKeys = await partsOf(
    owner,
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS remove,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS make
     FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY($1::regclass[]) ORDER BY conname`,
    tables,
  );
  const indexes = await partsOf(
    owner,
    `SELECT format('DROP INDEX %s', indexrelid::regclass) AS remove, pg_get_indexdef(indexrelid) AS make
     FROM pg_index WHERE NOT indisunique AND indrelid = ANY($1::regclass[]) ORDER BY indexrelid`,
    tables,
  );
  for (const { remove } of [...foreignKeys, ...indexes]) await owner.query(remove);
  await load();
  for (const { make } of [...indexes, ...foreignKeys]) await owner.query(make);
}

async function partsOf(owner: pg.ClientBase, query: string, tables: readonly string[]): Promise<Part[]> {
  const { rows } = await owner.query<Part>(query, [tables]);
  return rows;
}
