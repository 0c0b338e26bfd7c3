import type { BulkSql } from "../../../platform/database/sql.js";
import type { StagedRows } from "./staged-rows.js";
import { namesOf, type StagedTable } from "./staged-table.js";

/**
 * Merges rows into a table: COPY into a temporary one, then one statement for the new rows and one for the others.
 * Rows that are there as they should be are not written.
 */
export async function mergeStaged(db: BulkSql, rows: StagedRows): Promise<void> {
  if (!rows.hasNew && !rows.hasOthers) return;
  await stage(db, rows);
  if (rows.hasNew) await insertStaged(db, rows.table);
  if (rows.hasOthers) await updateStaged(db, rows.table);
}

async function stage(db: BulkSql, { table, packed }: StagedRows): Promise<void> {
  const columns = Object.entries({ ...table.keys, ...table.columns }).map(([name, type]) => `${name} ${type}`);
  await db.query(
    `/* stage */ CREATE TEMPORARY TABLE IF NOT EXISTS ingest_${table.name}
       (is_new boolean NOT NULL, ${columns.join(", ")}) ON COMMIT DELETE ROWS`,
  );
  // the same transaction may have filled it before
  await db.query(`/* emptyStage */ TRUNCATE ingest_${table.name}`);
  await db.copyIn(`ingest_${table.name} (is_new, ${namesOf(table).join(", ")})`, packed);
}

async function insertStaged(db: BulkSql, table: StagedTable): Promise<void> {
  const names = namesOf(table).join(", ");
  await db.query(
    `/* insertStaged */ INSERT INTO history.${table.name} (institution_id, ${names})
     SELECT $1, ${names} FROM ingest_${table.name} WHERE is_new`,
    [db.institutionId],
  );
}

async function updateStaged(db: BulkSql, table: StagedTable): Promise<void> {
  const keys = Object.keys(table.keys);
  const columns = Object.keys(table.columns);
  await db.query(
    `/* updateStaged */ UPDATE history.${table.name} t SET ${columns.map((name) => `${name} = s.${name}`).join(", ")}
     FROM ingest_${table.name} s
     WHERE t.institution_id = $1 AND ${keys.map((name) => `t.${name} = s.${name}`).join(" AND ")} AND NOT s.is_new
       AND (${columns.map((name) => `t.${name}`).join(", ")}) IS DISTINCT FROM (${columns.map((name) => `s.${name}`).join(", ")})`,
    [db.institutionId],
  );
}
