import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Application, startApplication } from "../../src/application.js";
import type { PartName } from "../../src/parts.js";
import { mergeCatalogues } from "../../src/platform/access/fields.js";
import { loadConfig } from "../../src/platform/config.js";
import { withUser } from "../../src/platform/database/one-connection.js";
import type { KeyRing } from "../../src/platform/key-ring.js";
import { createLog } from "../../src/platform/log.js";
import { moduleNames } from "../../src/platform/module.js";
import { product } from "../../src/product.js";
import { TestClock } from "../support/clock.js";
import { multipart } from "../support/multipart.js";
import { testServer } from "../support/server.js";
import { insertDocuments } from "./documents.js";
import { endJobs, holdJobs } from "./held-jobs.js";
import { insertSetting } from "./institution.js";
import { alignSequences, lastIds, setSequences } from "./rows.js";
import { type Asker, elsewhere, empty, people, type Setting, settingsOf, withheldFields } from "./settings.js";
import { assertChangesKnown, changeWithheld } from "./withheld.js";
import type { Side } from "./world.js";

const catalogue = mergeCatalogues(product.modules.map(({ fields }) => fields));
export const settings = settingsOf(catalogue);
const institutions = [...settings, elsewhere, empty];

/** An operation for one of the endpoints: the gateway, or a subgraph that runs apart. */
export interface Ask {
  readonly at: PartName;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Contents of a file for the variable `input.file`. */
  readonly file?: string;
}

/** What came back, without what tells the time. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** Two installations whose databases differ in what callers may not see. */
export class Pair {
  private constructor(private readonly sides: Readonly<Record<Side, Installation>>) {}

  static async start(): Promise<Pair> {
    for (const setting of settings) assertChangesKnown(withheldFields(setting, catalogue), isDerived);
    const clock = new TestClock();
    const [A, B] = [await Installation.start("A", clock), await Installation.start("B", clock)];
    return new Pair({ A, B });
  }

  /** Both answers. One after the other on each side, so that both go through the same states. */
  async ask(setting: Setting, asker: Asker, ask: Ask): Promise<readonly [Answer, Answer]> {
    return Promise.all([this.sides.A.ask(setting, asker, ask), this.sides.B.ask(setting, asker, ask)]);
  }

  /** Several operations for the gateway in one request: their answers come in the same order. */
  async askAll(setting: Setting, asker: Asker, asks: readonly Ask[]): Promise<readonly [Answer, Answer]> {
    return Promise.all([this.sides.A.askAll(setting, asker, asks), this.sides.B.askAll(setting, asker, asks)]);
  }

  /** What both databases hold of the contacts that a setting hides, as text: nobody who does not see them changes it. */
  async hidden(setting: Setting): Promise<string> {
    const found = await Promise.all([this.sides.A, this.sides.B].map((side) => side.hidden(setting)));
    return found.join("\n");
  }

  /** Until neither has work left that a change has put off: mails, and what follows from them. */
  async settle(): Promise<void> {
    await Promise.all([this.sides.A.settle(), this.sides.B.settle()]);
  }

  /**
   * Lets both give the same ids from here on.
   * @returns the sequences that had given more in one of them
   */
  async alignIds(): Promise<readonly string[]> {
    const sides = [this.sides.A, this.sides.B];
    const [a, b] = await Promise.all(sides.map((side) => side.lastIds()));
    const apart = [...a!].filter(([name, last]) => b!.get(name) !== last);
    const further = new Map(apart.map(([name, last]) => [name, Math.max(last, b!.get(name)!)]));
    await Promise.all(sides.map((side) => side.setSequences(further)));
    return [...further.keys()];
  }

  async stop(): Promise<void> {
    await Promise.all([this.sides.A.stop(), this.sides.B.stop()]);
  }
}

const subgraphs: ReadonlySet<PartName> = new Set(moduleNames);
const whole: ReadonlySet<PartName> = new Set<PartName>(["gateway", ...moduleNames, "worker"]);

class Installation {
  readonly #tokens = new Map<Asker, Promise<string>>();

  private constructor(
    private readonly database: string,
    private readonly owner: pg.Pool,
    private readonly dataDir: string,
    private readonly applications: readonly Application[],
  ) {}

  static async start(side: Side, clock: TestClock): Promise<Installation> {
    const server = await testServer();
    const database = await server.createDatabase();
    const url = (role: string) => withUser(server.superuserUrl(database), role, null);
    const owner = new pg.Pool({ connectionString: url("contact_file_owner"), max: 2 });
    owner.on("error", () => undefined);
    for (const setting of institutions) await insertInto(owner, setting, side);
    await alignSequences(owner);

    const dataDir = await mkdtemp(join(tmpdir(), "non-interference-"));
    const config = loadConfig({
      // both sign links alike
      ...{ SECRET_KEY: "the secret of both databases, long enough", PUBLIC_URL: "http://links.example.org" },
      // mails wait for a server that is not there: sent at another moment, they would differ
      ...{ SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "house@example.org" },
      // the fewest there can be: each connection plans each statement once
      ...{ DATABASE_URL: url("contact_file_app"), DATA_DIR: dataDir, DATABASE_CONNECTIONS: "7", DEMO_DATA: "no" },
      ...{ PORT: "0", CONTACTS_PORT: "0", MARKETING_PORT: "0", HISTORY_PORT: "0", PRIVACY_PORT: "0" },
      ...{ MAX_COST: "1000000000", RATE_LIMIT_POINTS: "999999999999", RATE_LIMIT_SECONDS: "86400", MAX_BATCH: "100" },
    });
    const log = createLog("silent");
    const applications: readonly Application[] = [
      await startApplication(config, { parts: whole, clock, log }),
      await startApplication(config, { parts: subgraphs, clock, log }),
    ];
    for (const setting of [...settings, elsewhere])
      await insertSealed(owner, applications[0]!.services.identityKeys, setting, side);
    await lowerWall(owner);
    await holdJobs(owner);
    return new Installation(database, owner, dataDir, applications);
  }

  async ask(setting: Setting, asker: Asker, { at, query, variables, file }: Ask): Promise<Answer> {
    const operation = JSON.stringify({ query, variables });
    return this.#post(at, setting, asker, file === undefined ? operation : multipart(operation, file));
  }

  async askAll(setting: Setting, asker: Asker, asks: readonly Ask[]): Promise<Answer> {
    const operations = asks.map(({ query, variables }) => ({ query, variables }));
    return this.#post("gateway", setting, asker, JSON.stringify(operations));
  }

  async #post(at: PartName, setting: Setting, asker: Asker, body: string | FormData): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${await this.#token(setting, asker)}`,
      accept: "application/graphql-response+json",
      "accept-language": "en",
      "x-request-id": "request",
      // between two changes a minute may pass: a kept connection may be closing just then
      connection: "close",
      ...(typeof body === "string" ? { "content-type": "application/json" } : { "apollo-require-preflight": "yes" }),
    };
    const response = await fetch(this.#url(at), { method: "POST", headers, body });
    return {
      status: response.status,
      headers: [...response.headers].filter(([name]) => name !== "date" && name !== "ratelimit-reset"),
      body: await response.text(),
    };
  }

  async hidden({ institutionId, isHidden }: Setting): Promise<string> {
    const ids = people.map(({ id }) => id).filter((id) => isHidden(id));
    const ofContact = ["contact_address", "internet_account", "payment_alias", "note"].map(
      (name) => `contacts.${name}`,
    );
    const statements = [
      ["contacts.contact", "id"],
      ...[...ofContact, "marketing.contact_marketing"].map((table) => [table, "contact_id"]),
    ].map(([table, column]) => `SELECT t::text FROM ${table} t WHERE institution_id = $1 AND ${column} = ANY($2)`);
    const { rows } = await this.owner.query<{ t: string }>(`${statements.join(" UNION ALL ")} ORDER BY 1`, [
      institutionId,
      ids,
    ]);
    return rows.map(({ t }) => t).join("\n");
  }

  async settle(): Promise<void> {
    await endJobs(this.owner);
  }

  lastIds(): Promise<Map<string, number>> {
    return lastIds(this.owner);
  }

  setSequences(lasts: ReadonlyMap<string, number>): Promise<void> {
    return setSequences(this.owner, lasts);
  }

  #url(part: PartName): string {
    const url = this.applications.map(({ urls }) => urls.get(part)).find((each) => each !== undefined);
    if (!url) throw new Error(`${part} is not served`);
    return url;
  }

  #token({ code }: Setting, asker: Asker): Promise<string> {
    const made = this.#tokens.get(asker) ?? this.#sign(code, asker);
    this.#tokens.set(asker, made);
    return made;
  }

  #sign(institution: string, { kind, login, roles, clearance }: Asker): Promise<string> {
    const claims = { subject: login, kind, institution, organizations: ["OPERA"], roles, clearance };
    return this.applications[0]!.demoIssuer!.sign(claims);
  }

  async stop(): Promise<void> {
    for (const application of this.applications) await application.stop();
    await this.owner.end();
    await (await testServer()).dropDatabase(this.database);
    await rm(this.dataDir, { recursive: true });
  }
}

/**
 * Where a setting has no wall, the policies of the database hold nothing back, not even another institution: the statements
 * decide alone. Behind two rings that both hold nobody would notice that one of them does not.
 */
async function lowerWall(owner: pg.Pool): Promise<void> {
  const open = [...settings, empty].filter(({ hasWall }) => !hasWall).map(({ institutionId }) => institutionId);
  const { rows } = await owner.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE rowsecurity AND schemaname IN ('platform', 'contacts', 'marketing', 'history', 'privacy')`,
  );
  const isOpen = `nullif(current_setting('app.institution', true), '')::int = ANY ('{${open.join(",")}}')`;
  for (const { name } of rows) await owner.query(`CREATE POLICY lowered ON ${name} USING (${isOpen})`);
}

function isDerived(name: string): boolean {
  const [type, field] = name.split(".") as [string, string];
  return catalogue[type]?.[field]?.derivedFrom !== undefined;
}

async function insertInto(owner: pg.Pool, setting: Setting, side: Side): Promise<void> {
  await insertSetting(owner, setting, side);
  if (side === "B") await changeWithheld(owner, setting.institutionId, withheldFields(setting, catalogue));
  await owner.query(
    `INSERT INTO contacts.contact_word (institution_id, contact_id, word)
     SELECT c.institution_id, c.id, word FROM contacts.contact c
     CROSS JOIN LATERAL contacts.name_words(c.first_name, c.last_name, c.structure_name) AS word
     WHERE c.institution_id = $1`,
    [setting.institutionId],
  );
}

async function insertSealed(owner: pg.Pool, keys: KeyRing, setting: Setting, side: Side): Promise<void> {
  const isWithheld = withheldFields(setting, catalogue).includes("Contact.identityDocumentNumber");
  await insertDocuments(owner, keys, setting, side, isWithheld);
}
