import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrations } from "../../migrations/index.js";
import { startEmbedded } from "../../src/platform/database/embedded/index.js";
import { prepareEmbeddedRoles } from "../../src/platform/database/embedded-roles.js";
import { migrate } from "../../src/platform/database/migrate.js";
import { withConnection } from "../../src/platform/database/one-connection.js";

const folderPrefix = "contact-file-graph-test-";
const template = "contact_file_template";

/** Roles that a test makes log in with their password, as on a server elsewhere. */
const hostAuthentication = `
local all postgres,contact_file_owner,contact_file_app trust
local all all scram-sha-256
`;

/** The PostgreSQL of this run of the tests. */
export interface TestServer {
  /** For files of the tests; removed after the run. */
  readonly folder: string;
  /** The superuser's URL of a database on it; of the maintenance database without a name. */
  superuserUrl(database?: string): string;
  /** A database of its own, migrated unless it shall be empty. Dropped by {@link dropDatabase}, or with the server. */
  createDatabase(options?: { isEmpty?: boolean }): Promise<string>;
  dropDatabase(name: string): Promise<void>;
}

let running: Promise<{ server: TestServer; stop(): Promise<void> }> | undefined;

/** Started by the first who asks, stopped after the last test. */
export async function testServer(): Promise<TestServer> {
  running ??= start();
  return (await running).server;
}

// this file is loaded while mocha collects the tests: the hook belongs to the whole run
after(async () => {
  const { stop } = (await running) ?? {};
  await stop?.();
});

async function start(): Promise<{ server: TestServer; stop(): Promise<void> }> {
  removeAbandonedFolders();
  const folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  // as root without user namespaces the server runs as another user, who must get through to its folder
  chmodSync(folder, 0o711);
  const hbaFile = join(folder, "hba.conf");
  writeFileSync(hbaFile, hostAuthentication);
  const postgres = await startEmbedded({
    dataDir: join(folder, "data"),
    database: template,
    // these data may be lost
    settings: {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      max_connections: "100",
      hba_file: hbaFile,
    },
  });
  const { ownerUrl, applicationRole } = await prepareEmbeddedRoles(postgres.url);
  await migrate({ ownerUrl, migrations, applicationRole });
  return {
    server: serverAt(postgres, folder),
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function serverAt(postgres: { url: string }, folder: string): TestServer {
  const superuserUrl = (database = "postgres") => postgres.url.replace(/[^/]*$/, database);
  let count = 0;
  return {
    folder,
    superuserUrl,
    async createDatabase({ isEmpty = false } = {}) {
      const name = `spec_${++count}`;
      await withConnection(superuserUrl(), (superuser) =>
        superuser.query(
          `CREATE DATABASE ${name} OWNER contact_file_owner TEMPLATE ${isEmpty ? "template0" : template} STRATEGY file_copy`,
        ),
      );
      return name;
    },
    async dropDatabase(name) {
      await withConnection(superuserUrl(), (superuser) =>
        superuser.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
    },
  };
}

/** Of runs that were killed; their servers went with them. */
function removeAbandonedFolders(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const pid = Number(name.slice(folderPrefix.length).split("-")[0]);
    if (!isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
