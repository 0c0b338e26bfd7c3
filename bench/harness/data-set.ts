import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { migrations } from "../../migrations/index.js";
import { generateContacts } from "../../src/demo/index.js";
import { recomputeIndicators } from "../../src/history/indicators/index.js";
import { shippedRoles } from "../../src/platform/access/permissions.js";
import { systemClock } from "../../src/platform/clock.js";
import { type EmbeddedPostgres, startEmbedded } from "../../src/platform/database/embedded/index.js";
import { type DatabaseUrls, prepareEmbeddedRoles } from "../../src/platform/database/embedded-roles.js";
import { migrate } from "../../src/platform/database/migrate.js";
import { withConnection } from "../../src/platform/database/one-connection.js";
import { systemSession } from "../../src/platform/database/system-session.js";
import { inBulkTransaction } from "../../src/platform/database/transaction.js";
import type { Ground } from "./bench.js";

/** A database of the bench, with what is known of its data. */
export interface DataSet extends Pick<Ground, "superuserUrl" | "applicationUrl" | "institution" | "operator"> {
  /** Drops a copy and stops the server. The data set stays. */
  close(): Promise<void>;
}

const original = "contact_file";
const copy = "contact_file_copy";
const operator = "bench";
const institutionCode = "bench";
/** Of the institution, all of which the operator works for. */
export const organizations = ["OPERA", "MUSEUM"];
/** Contacts whose indicators are worked out in one transaction. */
const workedOut = 20_000;

/**
 * Starts the PostgreSQL of this folder, with a data set of so many contacts: the one of an earlier run when it was
 * finished, and by the same migrations and the same generator; else a new one.
 * @param isCopy whether to give a copy of it, which may be changed
 * @param tell gets a line about what takes long
 */
export async function openDataSet(
  folder: string,
  options: { readonly contacts: number; readonly isCopy: boolean; tell(line: string): void },
): Promise<DataSet> {
  const server = await startEmbedded({ dataDir: join(folder, "postgres"), settings: serverSettings() });
  try {
    const urlOf = (database: string) => server.url.replace(/[^/]*$/, database);
    await dropCopy(urlOf("postgres"));
    await ensure(urlOf, options);
    const database = options.isCopy ? copy : original;
    if (options.isCopy) await makeCopy(urlOf("postgres"));
    return { ...(await describe(urlOf(database))), close: () => close(server, urlOf("postgres")) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** What an administrator would set on a machine that serves nothing else. Durable, as in production. */
function serverSettings(): Record<string, string> {
  const memoryMb = totalmem() / 2 ** 20;
  return {
    shared_buffers: `${Math.floor(Math.min(memoryMb / 4, 4_096))}MB`,
    effective_cache_size: `${Math.floor(memoryMb / 2)}MB`,
    maintenance_work_mem: `${Math.floor(Math.min(memoryMb / 32, 512))}MB`,
    work_mem: "32MB",
    max_wal_size: "8GB",
    max_connections: "100",
  };
}

async function ensure(
  urlOf: (database: string) => string,
  { contacts, tell }: { readonly contacts: number; tell(line: string): void },
): Promise<void> {
  const mark = markOf(contacts);
  const maintenance = urlOf("postgres");
  if ((await readMark(maintenance)) === mark) return;
  const startedAt = performance.now();
  tell(`generating ${contacts.toLocaleString("en")} contacts, once`);
  await withConnection(maintenance, async (superuser) => {
    await superuser.query(`DROP DATABASE IF EXISTS ${original} WITH (FORCE)`);
    await superuser.query(`CREATE DATABASE ${original}`);
  });
  const urls = await prepareEmbeddedRoles(urlOf(original));
  await migrate({ ...urls, migrations });
  await fill(urls, contacts);
  await withConnection(urls.ownerUrl, (owner) => owner.query("VACUUM (ANALYZE) history.contact_indicator"));
  await withConnection(urlOf(original), (superuser) => superuser.query("CHECKPOINT"));
  // the last thing: a data set without this mark is half a one
  await withConnection(maintenance, (superuser) => superuser.query(`COMMENT ON DATABASE ${original} IS '${mark}'`));
  tell(`generated in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
}

/** Changes with everything that makes the data: migrations, generator, and this file. */
function markOf(contacts: number): string {
  const built = fileURLToPath(new URL("../../", import.meta.url));
  const hash = createHash("sha256");
  const made = [
    "migrations/**/*.js",
    "src/demo/{bulk-tables.sql,draws.sql,generate-contacts,generator*,names}.js",
    "bench/harness/data-set.js",
  ];
  for (const file of globSync(made, { cwd: built }).sort()) hash.update(readFileSync(join(built, file)));
  return `${contacts} contacts, ${hash.digest("hex")}`;
}

async function readMark(maintenanceUrl: string): Promise<string | null> {
  return withConnection(maintenanceUrl, async (superuser) => {
    const { rows } = await superuser.query<{ mark: string | null }>(
      "SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = $1",
      [original],
    );
    return rows[0]?.mark ?? null;
  });
}

/** One institution with its roles, an operator who has them all, and the contacts with their indicators. */
async function fill({ ownerUrl, applicationUrl }: DatabaseUrls, contacts: number): Promise<void> {
  const institutionId = await withConnection(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ id: number }>(
      "INSERT INTO platform.institution (code, name) VALUES ($1, 'Bench') RETURNING id",
      [institutionCode],
    );
    const { id } = rows[0]!;
    await owner.query("INSERT INTO platform.organization SELECT $1, code, initcap(code) FROM unnest($2::text[]) code", [
      ...[id, organizations],
    ]);
    for (const [role, permissions] of Object.entries(shippedRoles)) {
      await owner.query("INSERT INTO privacy.role VALUES ($1, $2, $3)", [id, role, permissions]);
    }
    await owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, clearance, roles, organizations)
       VALUES ($1, $2, 'OPERATOR', 2, $3, $4)`,
      [id, operator, Object.keys(shippedRoles), organizations],
    );
    await generateContacts(owner, { institutionId: id, contacts, seed: 1 });
    return id;
  });
  await workOutIndicators(applicationUrl, institutionId);
}

async function workOutIndicators(applicationUrl: string, institutionId: number): Promise<void> {
  const pool = new pg.Pool({ connectionString: applicationUrl, max: 1 });
  const session = systemSession({ clock: systemClock }, institutionId);
  const { rows } = await inBulkTransaction(pool, session, (db) =>
    db.query<{ id: string }>("SELECT id FROM contacts.contact WHERE institution_id = $1 ORDER BY id", [institutionId]),
  );
  const ids = rows.map(({ id }) => id);
  for (let start = 0; start < ids.length; start += workedOut)
    await inBulkTransaction(pool, session, (db) => recomputeIndicators(db, ids.slice(start, start + workedOut)));
  await pool.end();
}

async function makeCopy(maintenanceUrl: string): Promise<void> {
  await withConnection(maintenanceUrl, (superuser) =>
    superuser.query(`CREATE DATABASE ${copy} OWNER contact_file_owner TEMPLATE ${original} STRATEGY file_copy`),
  );
}

async function dropCopy(maintenanceUrl: string): Promise<void> {
  await withConnection(maintenanceUrl, (superuser) => superuser.query(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`));
}

async function describe(superuserUrl: string): Promise<Omit<DataSet, "close">> {
  const { applicationUrl } = await prepareEmbeddedRoles(superuserUrl);
  const pool = new pg.Pool({ connectionString: superuserUrl, max: 1 });
  const { rows } = await pool.query<{ id: number }>("SELECT id FROM platform.institution WHERE code = $1", [
    institutionCode,
  ]);
  await pool.end();
  return { superuserUrl, applicationUrl, institution: { id: rows[0]!.id, code: institutionCode }, operator };
}

async function close(server: EmbeddedPostgres, maintenanceUrl: string): Promise<void> {
  await dropCopy(maintenanceUrl);
  await server.stop();
}
