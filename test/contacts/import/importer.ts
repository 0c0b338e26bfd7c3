import { Readable } from "node:stream";
import type { GraphQLSchema } from "graphql";
import { pino } from "pino";
import { contactsModule, importTask } from "../../../src/contacts/index.js";
import type { TokenClaims } from "../../../src/platform/access/caller.js";
import { type Clearance, lowerClearance } from "../../../src/platform/access/clearance.js";
import type { RaisedLevels } from "../../../src/platform/access/fields.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import type { OperationContext, Services } from "../../../src/platform/context.js";
import { type JobWorker, startWorker, type Task } from "../../../src/platform/jobs/index.js";
import { unlogged } from "../../support/access-log.js";
import { ask } from "../../support/ask.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { marketingPort } from "../../support/marketing.js";

/** One row of a report, in short. */
export interface ReportedRow {
  line: number;
  outcome: string;
  problems: { column: string | null; code: string; message: string }[];
  contact: { id: string; displayName: string | null } | null;
}

export interface Report {
  id: string;
  status: string;
  progress: number;
  counters: Record<string, number>;
  fileError: { code: string; message: string } | null;
  rows: ReportedRow[];
}

export interface ImportWish {
  type?: "CONTACTS" | "CRITERIA" | "AUTHORIZATIONS";
  mode?: "CHECK" | "UPDATE";
  onMatch?: "SKIP" | "UPDATE";
  idempotencyKey?: string;
  context?: OperationContext;
}

const startMutation = `mutation ($input: StartImportInput!) {
  startImport(input: $input) { importJob { id status } userErrors { field code message } warnings { code } } }`;
const jobQuery = `query ($id: ID!, $after: String) { importJob(id: $id) {
  id status progress fileError { code message }
  counters { total processed created updated wouldCreate wouldUpdate unchanged skipped errors }
  rows(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { line outcome problems { column code message } contact { id displayName } } } } }`;

/** Imports through the subgraph and a real worker, which both stand on one test database. */
export class Importer {
  services!: Services;
  schema!: GraphQLSchema;
  /** What marketing was told of. */
  readonly copied: string[][] = [];
  /** Rights of today, as privacy answers them; a run takes the lower of these and those at its start. */
  today: { clearance: Clearance; hasLeft?: boolean; raised?: RaisedLevels } = { clearance: 2 };
  #worker: JobWorker | undefined;

  constructor(readonly db: TestDatabase) {}

  async open(): Promise<void> {
    this.schema = (await contactsModule.buildSubgraph()).schema;
    this.services = this.db.services({
      catalogue: contactsModule.fields,
      ports: {
        marketing: {
          ...marketingPort,
          copyContacts: (sql, ids) => {
            this.copied.push([...ids]);
            return marketingPort.copyContacts(sql, ids);
          },
        },
        privacy: {
          callerOf: async (claims) => (this.today.hasLeft ? null : this.#callerOf(claims)),
          ...unlogged,
          raisedLevels: async () => this.today.raised ?? new Map(),
        },
      },
    });
  }

  /** A worker from the first test of the file to the last. */
  runDuringTests(): void {
    before(async () => {
      await this.open();
      await this.startWorker();
    });
    after(() => this.stopWorker());
  }

  /** A caller of an institution that has no contacts yet. */
  async inNewInstitution(...wishes: (Permission | ContextWish)[]) {
    const institution = await this.db.institution({ country: "CH", locale: "fr" });
    return { institution, context: this.operator({ institution }, ...wishes) };
  }

  async filesOlderThan(instant: Date): Promise<string[]> {
    const ids: string[] = [];
    for await (const id of this.services.files.olderThan(instant)) ids.push(id);
    return ids;
  }

  task(): Task {
    return importTask(this.services);
  }

  async startWorker(): Promise<JobWorker> {
    const log = pino({ level: "silent" });
    const tasks = [this.task()];
    this.#worker = await startWorker({ url: this.db.appUrl, tasks, log, pollMs: 500, superviseMs: 1_000 });
    return this.#worker;
  }

  async stopWorker(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = undefined;
  }

  operator(...wishes: (Permission | ContextWish)[]): OperationContext {
    return this.db.contextWith("import:run", "contact:read", { services: this.services }, ...wishes);
  }

  /** The payload of `startImport`. */
  async start(content: string | Buffer | Readable, wish: ImportWish = {}) {
    const { context = this.operator(), ...given } = wish;
    const stream = content instanceof Readable ? content : Readable.from([Buffer.from(content as string)]);
    const upload = { filename: "x.csv", mimetype: "text/csv", encoding: "7bit", createReadStream: () => stream };
    const input = { type: "CONTACTS", mode: "UPDATE", ...given, file: { promise: Promise.resolve(upload) } };
    return (await ask(this.schema, context, startMutation, { input })).startImport;
  }

  /** What the import has come to; null when it does not exist for the caller. */
  async report(id: string, context = this.operator()): Promise<Report | null> {
    const { importJob } = await ask(this.schema, context, jobQuery, { id });
    return importJob && { ...importJob, rows: importJob.rows.nodes };
  }

  /** The report of an import when it has ended. */
  async ended(id: string, context = this.operator(), timeoutMs?: number): Promise<Report> {
    const hasEnded = (report: Report | null) => !["QUEUED", "RUNNING"].includes(report!.status);
    // a context keeps what it has loaded: each look is an operation of its own
    const look = () => this.report(id, this.#again(context));
    return (await eventually(look, hasEnded, timeoutMs))!;
  }

  /** Imports and waits for the end. */
  async import(content: string | Buffer, wish: ImportWish = {}): Promise<Report> {
    const { importJob, userErrors } = await this.start(content, wish);
    if (!importJob) throw new Error(JSON.stringify(userErrors));
    return this.ended(importJob.id, wish.context ?? this.operator(), 60_000);
  }

  #again({ caller, locale }: OperationContext): OperationContext {
    const { kind, login, clearance, permissions } = caller;
    const institution = { id: caller.institutionId, code: caller.institution, timeZone: caller.timeZone };
    const wish = { services: this.services, kind, login, clearance, locale, institution };
    return this.db.contextWith(...(permissions as ReadonlySet<Permission>), wish);
  }

  async #callerOf(claims: TokenClaims) {
    const { rows } = await this.db.owner.query("SELECT id, time_zone FROM platform.institution WHERE code = $1", [
      claims.institution,
    ]);
    const { subject, kind, institution, organizations, permissions, clearance } = claims;
    return {
      ...{ kind, login: subject, institution, institutionId: rows[0].id, timeZone: rows[0].time_zone, organizations },
      permissions: new Set(permissions as Permission[]),
      clearance: lowerClearance(clearance, this.today.clearance),
      ownContactId: null,
    };
  }
}
