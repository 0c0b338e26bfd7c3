import { buffer } from "node:stream/consumers";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { subjectExportTask } from "../../../src/privacy/index.js";
import { unzipped } from "../../marketing/audience/unzipped.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import { ProductGraph } from "../erasure/product-graph.js";

export interface SubjectExportAnswer {
  readonly id: string;
  readonly contact: { readonly id: string };
  readonly locale: string;
  readonly status: string;
  readonly downloadUrl: string | null;
  readonly sizeBytes: number | null;
  readonly expiresAt: Date | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** What the JSON of an export says. */
export interface SubjectData {
  readonly institution: string;
  readonly locale: string;
  readonly data: Readonly<Record<string, { readonly title: string; readonly rows: Record<string, unknown>[] }>>;
}

const shown = "id contact { id } locale status downloadUrl sizeBytes expiresAt failure { code message }";
const officer = { login: "dpo", clearance: 2 } as const;

/** Exports of what is held of contacts, as a data protection officer has them, with the worker's part run here. */
export class SubjectDesk {
  readonly graph: ProductGraph;

  constructor(readonly db: TestDatabase) {
    this.graph = new ProductGraph(db);
  }

  static async of(db: TestDatabase): Promise<SubjectDesk> {
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, clearance, roles, organizations)
       VALUES ($1, 'dpo', 'OPERATOR', 2, '{DATA_PROTECTION_OFFICER}', '{OPERA}') ON CONFLICT DO NOTHING`,
      [db.home.id],
    );
    return new SubjectDesk(db);
  }

  /** The payload of `exportSubject`. */
  async ask(input: object, wish: ContextWish = {}) {
    const caller = { ...officer, ...wish };
    const payload = `subjectExport { ${shown} } legalNotice { code version }`;
    return this.graph.try("privacy", "exportSubject", input, caller, payload);
  }

  /** Asks, and does the worker's part. */
  async make(input: object, wish: ContextWish = {}): Promise<SubjectExportAnswer> {
    const { subjectExport, userErrors } = await this.ask(input, wish);
    if (!subjectExport) throw new Error(JSON.stringify(userErrors));
    await this.work(subjectExport.id);
    return (await this.look(subjectExport.id, wish))!;
  }

  work(id: string, signal = new AbortController().signal, services = this.graph.services): Promise<void> {
    const payload = { institutionId: this.db.home.id, id: decodeId("SubjectExport", id)! };
    return subjectExportTask(services).run(payload, signal);
  }

  async look(id: string, wish: ContextWish = {}): Promise<SubjectExportAnswer | null> {
    const document = `query ($id: ID!) { subjectExport(id: $id) { ${shown} } }`;
    return (await this.graph.query("privacy", document, { id }, { ...officer, ...wish })).subjectExport;
  }

  /** The two files of an export, as they lie in the store. */
  async files({ id }: { readonly id: string }): Promise<{ json: string; html: string; data: SubjectData }> {
    const { rows } = await this.db.owner.query("SELECT file_id FROM privacy.subject_export WHERE id = $1", [
      decodeId("SubjectExport", id),
    ]);
    const zip = await buffer(await this.graph.services.files.open(rows[0].file_id));
    const files = unzipped(zip);
    const json = files.get("subject-export.json")!;
    return { json, html: files.get("subject-export.html")!, data: JSON.parse(json) as SubjectData };
  }
}
