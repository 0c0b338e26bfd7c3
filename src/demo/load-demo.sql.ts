import type pg from "pg";
import type { Sql } from "../platform/database/sql.js";
import { enqueue, type QueueName } from "../platform/jobs/index.js";

/** True when there is an institution of this code. */
export async function hasInstitution(owner: pg.ClientBase, code: string): Promise<boolean> {
  const { rowCount } = await owner.query("/* hasInstitution */ SELECT FROM platform.institution i WHERE i.code = $1", [
    code,
  ]);
  return rowCount === 1;
}

/** Any number that nobody else locks by. */
const loadingLock = 7_411_200;

/** Makes parts that start at the same moment load one after another. Until the end of the transaction. */
export async function lockLoading(owner: pg.ClientBase): Promise<void> {
  await owner.query("/* lockLoading */ SELECT pg_advisory_xact_lock($1)", [loadingLock]);
}

/** The one question that is about all institutions at once; only their owner can ask it. */
const anyInstitution = "SELECT FROM platform.institution LIMIT 1";

/** True when there is no institution at all. */
export async function isEmpty(owner: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await owner.query(anyInstitution);
  return rowCount === 0;
}

/** A Swiss institution of this id. */
export async function insertInstitution(
  owner: pg.ClientBase,
  { id, code, name, timeZone }: { id: string; code: string; name: string; timeZone: string },
): Promise<void> {
  await owner.query(
    `/* insertInstitution */
     INSERT INTO platform.institution (id, code, name, time_zone, country) VALUES ($1, $2, $3, $4, 'CH')`,
    [id, code, name, timeZone],
  );
}

/** Rows of an institution that all have the same columns, in one statement. */
export async function insertRows(
  owner: pg.ClientBase,
  table: string,
  institutionId: string,
  rows: readonly object[],
): Promise<void> {
  const columns = Object.keys(rows[0]!).join(", ");
  await owner.query(
    `/* insertRows */
     INSERT INTO ${table} (institution_id, ${columns})
     SELECT $1, ${columns} FROM jsonb_populate_recordset(NULL::${table}, $2)`,
    [institutionId, JSON.stringify(rows)],
  );
}

/** Leaves it to the worker to work out everybody's indicators. */
export async function requestIndicators(owner: pg.ClientBase, institutionId: string, day: string): Promise<void> {
  const { rows } = await owner.query<{ id: string }>(
    `/* requestIndicators */
     INSERT INTO history.indicator_run (institution_id, reason, day, started_by) VALUES ($1, 'DAY', $2, 'system')
     RETURNING id`,
    [institutionId, day],
  );
  await leaveToWorker(owner, "history.indicators", institutionId, rows[0]!.id);
}

/** Leaves it to the worker to make a simulation of the batch for inactive contacts. @param run its row, of those columns that it sets */
export async function requestSimulation(owner: pg.ClientBase, institutionId: string, run: object): Promise<void> {
  const columns = Object.keys(run).join(", ");
  const { rows } = await owner.query<{ id: string }>(
    `/* requestSimulation */
     INSERT INTO privacy.anonymization_run (institution_id, ${columns})
     SELECT $1, ${columns} FROM jsonb_populate_record(NULL::privacy.anonymization_run, $2) RETURNING id`,
    [institutionId, JSON.stringify(run)],
  );
  await leaveToWorker(owner, "privacy.anonymization", institutionId, rows[0]!.id);
}

/** Enqueues a job, in the transaction of the owner. */
export async function leaveToWorker(
  owner: pg.ClientBase,
  queue: QueueName,
  institutionId: string,
  id: string,
): Promise<void> {
  const db: Sql = {
    institutionId: Number(institutionId),
    query: async (text, values) => {
      const { rows, rowCount } = await owner.query(text, values as unknown[]);
      return { rows, rowCount: rowCount ?? 0 };
    },
  };
  await enqueue(db, queue, { institutionId: db.institutionId, id });
}

/** What search knows of the institution's people. Their telephone numbers are international. */
export async function insertSearchKeys(owner: pg.ClientBase, institutionId: string): Promise<void> {
  await owner.query(
    `/* insertSearchKeys */
     WITH keyed AS (
       UPDATE contacts.contact c SET phone_key = reverse(regexp_replace(phone, '[^0-9]', '', 'g')),
         mobile_key = reverse(regexp_replace(mobile, '[^0-9]', '', 'g'))
       WHERE c.institution_id = $1
       RETURNING c.id, c.first_name, c.last_name, c.structure_name)
     INSERT INTO contacts.contact_word (institution_id, contact_id, word)
     SELECT $1, id, word FROM keyed
     CROSS JOIN LATERAL contacts.name_words(first_name, last_name, structure_name) AS word`,
    [institutionId],
  );
}
