import { buffer } from "node:stream/consumers";
import yauzl from "yauzl";
import { encodeId } from "../../../../src/platform/graphql/opaque-id.js";
import type { TestDatabase } from "../../../support/database.js";
import { eventually } from "../../../support/eventually.js";
import type { ImportDesk, Importing } from "../keyed/desk.js";

export interface Template {
  id: string;
  type: string;
  status: string;
  downloadUrl: string | null;
  fileName: string | null;
  sizeBytes: number | null;
  expiresAt: string | null;
  rowCount: number | null;
  legalNotice: { code: string };
  failure: { code: string; message: string } | null;
}

export interface TemplateAnswer {
  importTemplate: Template | null;
  legalNotice: { code: string; version: number };
  userErrors: { code: string; field: string[]; message: string }[];
}

export interface TemplateWish {
  readonly type?: "CONTACTS" | "CRITERIA" | "AUTHORIZATIONS";
  readonly targetId?: string | null;
  readonly organizationId?: string;
  readonly notifyEmail?: string;
  readonly delimiter?: "SEMICOLON" | "COMMA";
  readonly locale?: string;
  readonly idempotencyKey?: string;
}

const shown = `id type status downloadUrl fileName sizeBytes expiresAt rowCount legalNotice { code } failure { code message }`;
const generate = `mutation ($input: GenerateImportTemplateInput!) { generateImportTemplate(input: $input) {
  importTemplate { ${shown} } legalNotice { code version } userErrors { code field message } } }`;
const follow = `query ($id: ID!) { importTemplate(id: $id) { ${shown} } }`;

const bruno: Importing = { login: "bruno", clearance: 2, organizations: ["OPERA"], locale: "fr" };

/** Asks for templates, as a client does. */
export class TemplateDesk {
  constructor(
    private readonly db: TestDatabase,
    readonly desk: ImportDesk,
  ) {}

  async ask(wish: TemplateWish, as: Importing = bruno): Promise<TemplateAnswer> {
    const { data, errors } = await this.desk.ask(as, generate, { input: { type: "AUTHORIZATIONS", ...wish } });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.generateImportTemplate;
  }

  async look(id: string, as: Importing = bruno): Promise<Template | null> {
    const { data, errors } = await this.desk.ask(as, follow, { id });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.importTemplate;
  }

  /** A template that has been made, or has failed. */
  async make(wish: TemplateWish, as: Importing = bruno): Promise<Template> {
    const { importTemplate, userErrors } = await this.ask(wish, as);
    if (!importTemplate) throw new Error(JSON.stringify(userErrors));
    const hasEnded = (template: Template | null) => ["READY", "FAILED"].includes(template!.status);
    return (await eventually(() => this.look(importTemplate.id, as), hasEnded))!;
  }

  download({ downloadUrl }: Template, as: Importing = bruno, init: RequestInit = {}): Promise<Response> {
    return this.desk.fetch(as, downloadUrl!, init);
  }

  /** The CSV of a template, as it lies in the zip. */
  async csv(wish: TemplateWish, as: Importing = bruno): Promise<string> {
    const template = await this.make(wish, as);
    if (template.status !== "READY") throw new Error(JSON.stringify(template.failure));
    const [file] = await entriesOf(Buffer.from(await (await this.download(template, as)).arrayBuffer()));
    return file!.bytes.toString();
  }

  /** A target of the file's own institution; a dynamic one of everybody with this language. */
  async target(
    language: string,
    wish: { kind?: "STATIC"; name?: string; sharedWith?: string; clearance?: 0 | 1 | 2 } = {},
  ) {
    const { kind = "DYNAMIC", name = "Everybody", sharedWith, clearance = 0 } = wish;
    const filter = { condition: { field: "contact.language", operator: "IS_ANY_OF", values: [language] } };
    const { rows } = await this.db.owner.query(
      `INSERT INTO marketing.target (institution_id, name, target_kind, filter, clearance, owner, owner_kind, owner_claims)
       VALUES ($1, $2, $3, $4, $5, 'somebody', 'OPERATOR', '{}') RETURNING id`,
      [this.db.home.id, name, kind, filter, clearance],
    );
    if (sharedWith !== undefined)
      await this.db.owner.query("INSERT INTO marketing.target_share VALUES ($1, $2, $3)", [
        this.db.home.id,
        rows[0].id,
        sharedWith,
      ]);
    return encodeId("Target", rows[0].id);
  }
}

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** All that is in a zip. */
export async function entriesOf(zip: Buffer): Promise<ZipEntry[]> {
  const file = await yauzl.fromBufferPromise(zip);
  const entries: ZipEntry[] = [];
  for await (const entry of file.eachEntry()) {
    const stream = await file.openReadStreamPromise(entry);
    entries.push({ name: entry.fileName, bytes: await buffer(stream) });
  }
  return entries;
}

/** Rows of a CSV without quotes, as objects by column. */
export function rowsOf(csv: string, delimiter = ";"): Record<string, string>[] {
  const [header, ...lines] = csv
    .replace(/^\ufeff/, "")
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(delimiter));
  return lines.map((cells) => Object.fromEntries(header!.map((name, index) => [name, cells[index]!])));
}
