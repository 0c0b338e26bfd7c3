import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import type { Caller, CallerKind } from "../../src/platform/access/caller.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import type { FieldCatalogue, RaisedLevels } from "../../src/platform/access/fields.js";
import type { Permission } from "../../src/platform/access/permissions.js";
import type { Clock } from "../../src/platform/clock.js";
import { OperationContext, type Services } from "../../src/platform/context.js";
import { withConnection, withUser } from "../../src/platform/database/one-connection.js";
import { createPools, type PoolOptions, type Pools } from "../../src/platform/database/pools.js";
import type { ChangeSource } from "../../src/platform/database/sql.js";
import { DirectoryFileStore } from "../../src/platform/files/index.js";
import type { Locale } from "../../src/platform/i18n/locale.js";
import { folderTransport } from "../../src/platform/mail/index.js";
import type { Ports } from "../../src/platform/ports.js";
import { TestClock } from "./clock.js";
import { testKeys, testLinks } from "./keys.js";
import {
  type ContactWish,
  type InstitutionWish,
  insertContact,
  insertInstitution,
  type TestContact,
  type TestInstitution,
} from "./rows.js";
import { testServer } from "./server.js";

export interface ContextWish {
  /** The file's own institution when left out. */
  readonly institution?: TestInstitution;
  readonly kind?: CallerKind;
  readonly login?: string;
  /** 0 FREE (as when left out), 1 RESTRICTED, 2 CONFIDENTIAL. */
  readonly clearance?: Clearance;
  readonly locale?: Locale;
  readonly ownContactId?: string;
  readonly communityIds?: readonly string[];
  readonly organizations?: readonly string[];
  readonly raisedLevels?: RaisedLevels;
  readonly source?: ChangeSource;
  readonly services?: Services;
}

interface OpenDatabase {
  readonly name: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly owner: pg.Pool;
  readonly filesFolder: string;
  readonly institution: TestInstitution;
}

/**
 * A migrated database of this file alone, made before its tests and dropped after them. Call it once, directly in
 * the outermost `describe`; its members are for hooks and tests.
 */
export function useDatabase(): TestDatabase {
  const database = new TestDatabase();
  before(() => database.open());
  after(() => database.close());
  return database;
}

export class TestDatabase {
  /** Of every context and row of this file, unless a test brings another. */
  readonly clock = new TestClock();
  #opened: OpenDatabase | undefined;
  #pools: Pools[] = [];
  #shared: Pools | undefined;

  /** Its role owns the tables, and so passes by the policies: for arranging rows and looking at them. */
  get owner(): pg.Pool {
    return this.#database.owner;
  }

  get ownerUrl(): string {
    return this.#database.ownerUrl;
  }

  /** Of the role that serves. */
  get appUrl(): string {
    return this.#database.appUrl;
  }

  /** Where its file store is. Gone after the run. */
  get filesFolder(): string {
    return this.#database.filesFolder;
  }

  /** Where its mails land. Gone after the run. */
  get mailFolder(): string {
    return join(this.#database.filesFolder, "mail");
  }

  get name(): string {
    return this.#database.name;
  }

  /** An institution that every test of the file may use. */
  get home(): TestInstitution {
    return this.#database.institution;
  }

  /** A reader of the file's own institution, cleared for FREE. */
  get context(): OperationContext {
    return this.contextWith("contact:read", "history:read", "audit:read");
  }

  /** A new institution with the roles that are shipped. */
  institution(wish?: InstitutionWish): Promise<TestInstitution> {
    return insertInstitution(this.owner, wish);
  }

  insertContact(wish: ContactWish = {}): Promise<TestContact> {
    return insertContact(this.owner, this.clock, (wish.institution ?? this.home).id, wish);
  }

  /** Runs one statement as the server's superuser. */
  async superuser(sql: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
    const url = (await testServer()).superuserUrl(this.name);
    return await withConnection(url, (client) => client.query(sql, [...values]));
  }

  /** Waits until the connection with this process id runs a statement, after those that only begin. */
  async untilActive(pid: number): Promise<void> {
    const isActive = "SELECT FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND query LIKE '%pg_sleep%'";
    while ((await this.superuser(isActive, [pid])).rowCount === 0);
  }

  /** What a process has, with real pools of the serving role. A port that is not handed in refuses. */
  services(wish: Partial<Omit<Services, "ports">> & { ports?: Partial<Ports> } = {}): Services {
    this.#shared ??= this.pools();
    return {
      pools: this.#shared,
      clock: this.clock as Clock,
      log: pino({ level: "silent" }),
      catalogue: {} as FieldCatalogue,
      files: new DirectoryFileStore(this.filesFolder),
      mail: folderTransport(this.mailFolder, { name: "", address: "house@example.org" }),
      secret: Buffer.alloc(32, 7),
      identityKeys: testKeys(),
      links: testLinks(),
      ...wish,
      ports: { ...refusingPorts, ...wish.ports },
    };
  }

  /** Further pools, closed with the file. */
  pools(wish: Partial<PoolOptions> = {}): Pools {
    const pools = createPools({
      url: this.appUrl,
      apiConnections: 4,
      bulkConnections: 2,
      waitMs: 5_000,
      statementTimeoutMs: 15_000,
      onError: () => undefined,
      ...wish,
    });
    this.#pools.push(pools);
    return pools;
  }

  /** An operation of a caller with these permissions, and "authenticated". An OPERATOR cleared for FREE, unless said. */
  contextWith(...wishes: (Permission | ContextWish)[]): OperationContext {
    const permissions = wishes.filter((wish) => typeof wish === "string");
    const wish = Object.assign({}, ...wishes.filter((each) => typeof each === "object")) as ContextWish;
    const services = wish.services ?? this.services();
    const operation = {
      caller: this.#caller(permissions, wish),
      raisedLevels: wish.raisedLevels ?? new Map(),
      locale: wish.locale ?? "en",
      requestId: "test-request",
    };
    return wish.source
      ? new OperationContext(services, operation, wish.source)
      : new OperationContext(services, operation);
  }

  #caller(permissions: readonly Permission[], wish: ContextWish): Caller {
    const institution = wish.institution ?? this.home;
    return {
      kind: wish.kind ?? "OPERATOR",
      login: wish.login ?? "test.operator",
      institutionId: institution.id,
      institution: institution.code,
      timeZone: institution.timeZone,
      organizations: wish.organizations ?? [],
      permissions: new Set<Permission>(["authenticated", ...permissions]),
      clearance: wish.clearance ?? 0,
      ownContactId: wish.ownContactId ?? null,
      communityIds: wish.communityIds ?? [],
    };
  }

  async open(): Promise<void> {
    const server = await testServer();
    const name = await server.createDatabase();
    const ownerUrl = withUser(server.superuserUrl(name), "contact_file_owner", null);
    const appUrl = withUser(server.superuserUrl(name), "contact_file_app", null);
    const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
    owner.on("error", () => undefined);
    this.#opened = {
      name,
      ownerUrl,
      appUrl,
      owner,
      filesFolder: join(server.folder, `files-${name}`),
      institution: await insertInstitution(owner),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pools) => pools.end()));
    if (!this.#opened) return;
    await this.#opened.owner.end();
    await (await testServer()).dropDatabase(this.#opened.name);
  }

  get #database(): OpenDatabase {
    if (!this.#opened) throw new Error("the database is there in hooks and tests only");
    return this.#opened;
  }
}

const refuse = (port: string) => async () => {
  throw new Error(`this test needs services({ ports: { ${port} } })`);
};

const refusingPorts: Ports = {
  marketing: {
    copyContacts: refuse("marketing"),
    authorizationCodes: [],
    applyAuthorizationWish: refuse("marketing"),
    findTarget: refuse("marketing"),
    takeTarget: refuse("marketing"),
    sharedContacts: refuse("marketing"),
  },
  history: {
    ...{ recordShipments: refuse("history"), updateShipmentStates: refuse("history") },
    ...{ countOldTickets: refuse("history"), cleanTickets: refuse("history"), cleanAddresses: refuse("history") },
  },
  privacy: {
    callerOf: refuse("privacy"),
    raisedLevels: refuse("privacy"),
    recordReads: refuse("privacy"),
    recordExport: refuse("privacy"),
    recordSettings: refuse("privacy"),
  },
  erasers: [],
};
