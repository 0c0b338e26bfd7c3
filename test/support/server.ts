import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrations } from "../../migrations/index.js";
import { startEmbedded } from "../../src/platform/database/embedded/index.js";
import { prepareEmbeddedRoles } from "../../src/platform/database/embedded-roles.js";
import { migrate } from "../../src/platform/database/migrate.js";
import { withConnection } from "../../src/platform/database/one-connection.js";
import { folderPrefix, removeAbandonedFolders } from "./abandoned-folders.js";

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

/** A worker of a parallel run takes one file after another: its server serves all of them, and ends with the process. */
const isWorker = process.env.MOCHA_WORKER_ID !== undefined;

// this file is loaded while mocha collects the tests: the hook belongs to the whole run
if (!isWorker)
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
  const server = new EmbeddedTestServer(postgres.url, folder);
  return {
    server,
    stop: async () => {
      await server.settle();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

class EmbeddedTestServer implements TestServer {
  #count = 0;
  /** Copied while the tests of another file run. */
  #next: Promise<string>;

  constructor(
    private readonly url: string,
    readonly folder: string,
  ) {
    this.#next = this.#create(template);
  }

  superuserUrl(database = "postgres"): string {
    return this.url.replace(/[^/]*$/, database);
  }

  async createDatabase({ isEmpty = false } = {}): Promise<string> {
    if (isEmpty) return await this.#create("template0");
    const name = await this.#next;
    this.#next = this.#create(template);
    return name;
  }

  async dropDatabase(name: string): Promise<void> {
    await this.#run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }

  /** Until nothing more goes on here. */
  async settle(): Promise<void> {
    await this.#next;
  }

  async #create(from: string): Promise<string> {
    const name = `spec_${++this.#count}`;
    await this.#run(`CREATE DATABASE ${name} OWNER contact_file_owner TEMPLATE ${from} STRATEGY file_copy`);
    return name;
  }

  #run(sql: string): Promise<unknown> {
    return withConnection(this.superuserUrl(), (superuser) => superuser.query(sql));
  }
}
