import { Readable } from "node:stream";
import { pino } from "pino";
import { historyModule, ingestTask } from "../../../src/history/index.js";
import type { TokenClaims } from "../../../src/platform/access/caller.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import type { OperationContext, Services } from "../../../src/platform/context.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { type JobWorker, startWorker, type Task } from "../../../src/platform/jobs/index.js";
import { unlogged } from "../../support/access-log.js";
import { ask } from "../../support/ask.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { historySchema, type RecordWish, ticketing } from "../../support/ingest.js";

export interface Report {
  id: string;
  status: string;
  progress: number;
  counters: Record<string, number>;
  fileError: { code: string; message: string } | null;
  notTaken: {
    nodes: { line: number; kind: string | null; outcome: string; problems: { code: string; path: string[] }[] }[];
  };
}

const startMutation = `mutation ($input: StartIngestInput!) {
  startIngest(input: $input) { ingestJob { id status } userErrors { field code message } warnings { code } } }`;
const jobQuery = `query ($id: ID!, $outcome: IngestedOutcome) { ingestJob(id: $id) {
  id status progress fileError { code message } counters { processed created updated unchanged stale errors }
  notTaken(first: 100, outcome: $outcome) { nodes { line kind outcome problems { code path message } } } } }`;

/** Records as a file holds them, one in a line. */
export const jsonLines = (records: readonly unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join("");

/** Delivers files through the subgraph and a real worker, which both stand on one test database. */
export class Ingester {
  services!: Services;
  /** Rights of today, as privacy answers them. */
  today: { hasLeft?: boolean; clearance?: 0 | 1 | 2 } = {};
  /** How many records a report lists; left out: as in production. */
  mostListed: number | undefined;
  #worker: JobWorker | undefined;

  constructor(readonly db: TestDatabase) {}

  open(): void {
    const callerOf = (claims: TokenClaims) => this.#callerOf(claims);
    const privacy = { callerOf, ...unlogged, raisedLevels: async () => new Map() };
    this.services = this.db.services({ catalogue: historyModule.fields, ports: { privacy } });
  }

  task(): Task {
    return ingestTask(this.services, this.mostListed);
  }

  async startWorker(): Promise<void> {
    const log = pino({ level: "silent" });
    this.#worker = await startWorker({
      url: this.db.appUrl,
      tasks: [this.task()],
      log,
      pollMs: 500,
      superviseMs: 1_000,
    });
  }

  async stopWorker(): Promise<void> {
    await this.#worker?.stop();
    this.#worker = undefined;
  }

  caller(wish: ContextWish = {}): Promise<OperationContext> {
    return ticketing(this.db, { services: this.services, ...wish });
  }

  /** The payload of `startIngest`. */
  async start(content: string | Buffer | Readable, wish: ContextWish & { idempotencyKey?: string } = {}) {
    const { idempotencyKey, ...who } = wish;
    const stream = content instanceof Readable ? content : Readable.from([Buffer.from(content as string)]);
    const upload = { filename: "x.jsonl", mimetype: "text/plain", encoding: "7bit", createReadStream: () => stream };
    const input = { file: { promise: Promise.resolve(upload) }, ...(idempotencyKey && { idempotencyKey }) };
    return (await ask(await historySchema(), await this.caller(who), startMutation, { input })).startIngest;
  }

  async report(id: string, wish: ContextWish = {}, outcome: string | null = null): Promise<Report> {
    return (await ask(await historySchema(), await this.caller(wish), jobQuery, { id, outcome })).ingestJob as Report;
  }

  async ended(id: string, wish: ContextWish = {}, timeoutMs = 60_000): Promise<Report> {
    return eventually(
      () => this.report(id, wish),
      ({ status }) => !["QUEUED", "RUNNING"].includes(status),
      timeoutMs,
    );
  }

  /** Runs the job here and now, without a worker. */
  async run(id: string, institutionId: number, signal = new AbortController().signal): Promise<void> {
    await this.task().run({ institutionId, id: decodeId("IngestJob", id)! }, signal);
  }

  /** Delivers a file and says what became of it. */
  async deliver(content: string | Buffer | readonly RecordWish[], wish: ContextWish = {}): Promise<Report> {
    const file = typeof content === "string" || Buffer.isBuffer(content) ? content : jsonLines(content);
    const { ingestJob, userErrors } = await this.start(file, wish);
    if (!ingestJob) throw new Error(JSON.stringify(userErrors));
    await this.run(ingestJob.id, (wish.institution ?? this.db.home).id);
    return this.report(ingestJob.id, wish);
  }

  async #callerOf(claims: TokenClaims) {
    const { subject, kind, institution, organizations, permissions, clearance } = claims;
    const { rows } = await this.db.owner.query("SELECT id, time_zone FROM platform.institution WHERE code = $1", [
      institution,
    ]);
    if (this.today.hasLeft) return null;
    return {
      ...{ kind, login: subject, institution, institutionId: rows[0].id, timeZone: rows[0].time_zone, organizations },
      permissions: new Set(permissions as Permission[]),
      clearance: this.today.clearance ?? clearance,
      ownContactId: null,
    };
  }
}
