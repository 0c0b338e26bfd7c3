import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Application, startApplication } from "../../../../src/application.js";
import { loadConfig } from "../../../../src/platform/config.js";
import { createLog } from "../../../../src/platform/log.js";
import type { TestDatabase } from "../../../support/database.js";
import { eventually } from "../../../support/eventually.js";

export interface DeskRow {
  line: number;
  outcome: string;
  problems: { column: string | null; code: string; message: string }[];
  contact: { id: string } | null;
}

export interface DeskReport {
  id: string;
  status: string;
  planHash: string | null;
  recencies: number;
  warnings: { code: string; message: string }[];
  counters: Record<string, number>;
  fileError: { code: string; message: string } | null;
  rows: DeskRow[];
}

export interface DeskWish {
  readonly type?: "CONTACTS" | "CRITERIA" | "AUTHORIZATIONS";
  readonly mode?: "CHECK" | "UPDATE";
  readonly onMatch?: "SKIP" | "UPDATE";
  readonly approvedPlanHash?: string | null;
  readonly organizationId?: string;
  readonly notifyEmail?: string;
  readonly as?: Importing;
}

/** Somebody who imports. */
export interface Importing {
  readonly login: string;
  readonly kind?: "OPERATOR" | "PARTNER";
  readonly clearance?: 0 | 1 | 2;
  readonly organizations?: readonly string[];
  readonly locale?: "en" | "fr" | "es";
}

interface Started {
  readonly importJob: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
}

const start = `mutation ($input: StartImportInput!) {
  startImport(input: $input) { importJob { id } userErrors { code field message } } }`;
const follow = `query ($id: ID!, $after: String) { importJob(id: $id) {
  id status planHash recencies warnings { code message } fileError { code message }
  counters { total processed created updated wouldCreate wouldUpdate unchanged skipped conflicts errors }
  rows(first: 100, after: $after) { nodes { line outcome problems { column code message } contact { id } } } } }`;

const anna: Importing = { login: "anna", clearance: 2, organizations: ["OPERA"] };

/** Uploads over HTTP, as a browser does, to the whole product with its worker, on one test database. */
export class ImportDesk {
  #application!: Application;
  /** Where mails land. */
  mailFolder!: string;

  constructor(readonly db: TestDatabase) {}

  /**
   * From the first test of the file to the last.
   * @param further settings
   */
  openDuringTests(further: () => Record<string, string> = () => ({})): void {
    let dataDir: string;
    before(async () => {
      dataDir = await mkdtemp(join(tmpdir(), "desk-"));
      this.mailFolder = join(dataDir, "mail");
      const base = { DATABASE_URL: this.db.appUrl, DATA_DIR: dataDir, PORT: "0", DATABASE_CONNECTIONS: "10" };
      const config = loadConfig({ ...base, ...further() });
      this.#application = await startApplication(config, { clock: this.db.clock, log: createLog("silent") });
    });
    after(async () => {
      await this.#application?.stop();
      await rm(dataDir, { recursive: true });
    });
  }

  /** The payload of `startImport`. */
  async start(content: string | Buffer, { as = anna, ...wish }: DeskWish = {}): Promise<Started> {
    const input = { type: "AUTHORIZATIONS", mode: "UPDATE", ...wish, file: null };
    const form = new FormData();
    form.set("operations", JSON.stringify({ query: start, variables: { input } }));
    form.set("map", JSON.stringify({ 0: ["variables.input.file"] }));
    form.set("0", new Blob([new Uint8Array(Buffer.from(content as string))], { type: "text/csv" }), "x.csv");
    const { data, errors } = await this.#send(as, { body: form });
    if (!data?.startImport) throw new Error(JSON.stringify(errors));
    return data.startImport as Started;
  }

  async report(id: string, as: Importing = anna): Promise<DeskReport | null> {
    const { data, errors } = await this.ask(as, follow, { id });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.importJob && { ...data.importJob, rows: data.importJob.rows.nodes };
  }

  /** Imports and waits for the end. */
  async import(content: string | Buffer, wish: DeskWish = {}): Promise<DeskReport> {
    const { importJob, userErrors } = await this.start(content, wish);
    if (!importJob) throw new Error(JSON.stringify(userErrors));
    const hasEnded = (report: DeskReport | null) => !["QUEUED", "RUNNING"].includes(report!.status);
    return (await eventually(() => this.report(importJob.id, wish.as), hasEnded))!;
  }

  async ask(as: Importing, query: string, variables: object = {}) {
    return this.#send(as, {
      body: JSON.stringify({ query, variables }),
      headers: { "content-type": "application/json" },
    });
  }

  /** Fetches from the address that the world knows this product by, with a token. */
  async fetch(as: Importing, address: string, init: RequestInit = {}): Promise<Response> {
    const { pathname, search } = new URL(address);
    const headers = { authorization: `Bearer ${await this.token(as)}`, ...init.headers };
    return fetch(new URL(pathname + search, this.#application.url!), { ...init, headers });
  }

  get application(): Application {
    return this.#application;
  }

  // biome-ignore lint/suspicious/noExplicitAny: an answer, as the test asked for it
  async #send(as: Importing, { body, headers }: Pick<RequestInit, "body" | "headers">): Promise<any> {
    const authorization = `Bearer ${await this.token(as)}`;
    const all = { authorization, "x-graphql-csrf": "1", "accept-language": as.locale ?? "en", ...headers };
    const response = await fetch(this.#application.url!, { method: "POST", body: body ?? null, headers: all });
    return response.json();
  }

  readonly #known = new Set<string>();

  async token({ login, kind = "OPERATOR", clearance = 0, organizations = [] }: Importing): Promise<string> {
    const roles = kind === "PARTNER" ? ["PARTNER"] : ["ADMINISTRATOR"];
    if (!this.#known.has(login)) {
      this.#known.add(login);
      await this.db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance, organizations)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [this.db.home.id, login, kind, roles, clearance, organizations],
      );
    }
    const institution = this.db.home.code;
    return this.#application.demoIssuer!.sign({
      ...{ subject: login, kind, institution, roles, clearance },
      organizations: [...organizations],
    });
  }
}
