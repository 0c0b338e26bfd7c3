import { Readable } from "node:stream";
import { expect } from "chai";
import { importTask } from "../../../src/contacts/index.js";
import { useDatabase } from "../../support/database.js";
import { deliver, ingest, named, ticketing } from "../../support/ingest.js";
import type { TestContact } from "../../support/rows.js";
import { fillFile } from "./full-file.js";
import { dump } from "./markers.js";
import { ProductGraph } from "./product-graph.js";

describe("what was erased", () => {
  const db = useDatabase();
  let graph: ProductGraph;

  before(async () => {
    graph = new ProductGraph(db);
    await db.owner.query(
      `INSERT INTO privacy.operator (institution_id, login, operator_kind, clearance, roles)
       VALUES ($1, 'importer', 'OPERATOR', 2, '{CRM_MANAGER}')`,
      [db.home.id],
    );
  });

  const anonymize = ({ opaqueId }: Pick<TestContact, "opaqueId">, wish: object = {}) =>
    graph.change("privacy", "anonymizeContact", { contactId: opaqueId, ...wish });

  it("is not filled again by a later version of the same records, while their facts and amounts are (4.5)", async () => {
    const file = await fillFile(db, graph);
    const { rows: stored } = await db.owner.query("SELECT id FROM history.sales_order WHERE order_number = $1", [
      file.orderNumber,
    ]);
    await anonymize(file);
    const contact = { contactId: file.opaqueId };
    const text = file.markers.text("delivered again");
    const base = { organization: "OPERA", version: 2 };
    const [product, key] = [file.orderNumber, file.orderNumber];
    const beneficiary = { firstName: text, lastName: text, countryCode: "ES" };
    const answers = [{ questionCode: "TEXT", questionType: "TEXT", value: text }];
    const ticket = { ticketNumber: 1, price: "25.00", culturalContact: contact, beneficiary, answers };
    const order = {
      ...{ ...base, orderNumber: key, operationKind: "SALE", orderedAt: "2024-03-01T12:00:00Z", currency: "CHF" },
      ...{ total: "45.00", purchaser: contact, remark: text, ipAddress: "203.0.113.77" },
      lines: [{ lineNumber: 1, product, quantity: 1, amount: "45.00", tickets: [ticket] }],
    };
    const shipment = {
      ...{ ...base, externalId: key, contact, kind: "INVOICE", channel: "EMAIL", createdAt: "2024-03-01T12:00:00Z" },
      sentAt: "2024-03-01T12:00:00Z",
      ...{ subject: text, recipient: `${text}@canary.example`, state: "DELIVERED" },
    };
    await ingest(db, [{ order }, { shipment }]);
    const advantage = { ...base, externalId: key, contact, code: text, name: text };
    const { userErrors } = await deliver(await ticketing(db), [{ advantage }]);

    const kept = [...(await dump(db))].flatMap(([table, rows]) =>
      file.markers.foundIn(rows).map((place) => [table, place]),
    );
    expect(kept).to.deep.equal([]);
    expect(userErrors.map(({ code }) => code)).to.deep.equal(["RECORD_ERASED"]);
    const { rows } = await db.owner.query("SELECT total FROM history.sales_order WHERE id = $1", [stored[0].id]);
    expect(rows[0].total).to.equal("45.00");
  });

  it("leaves an order of a removed prospect without its texts and holders when it comes again for somebody else", async () => {
    const [prospect, other] = [await db.insertContact(), await db.insertContact()];
    const base = {
      organization: "OPERA",
      orderNumber: "GONE-1",
      operationKind: "OPTION",
      currency: "CHF",
      total: "0.00",
    };
    const option = { ...base, orderedAt: "2026-03-01T12:00:00Z", state: "EXPIRED" };
    await ingest(db, [{ order: { ...option, version: 1, purchaser: named(prospect), remark: "for Ana" } }]);
    await anonymize(prospect, { deleteIfProspect: true });

    await ingest(db, [{ order: { ...option, version: 2, purchaser: named(other), remark: "for Ana" } }]);

    const { rows } = await db.owner.query(
      "SELECT purchaser_id AS purchaser, remark, cleaned FROM history.sales_order WHERE order_number = 'GONE-1'",
    );
    expect(rows).to.deep.equal([{ purchaser: other.id, remark: null, cleaned: true }]);
  });

  it("does not come back with a file that was written before, and does when created by hand", async () => {
    const contact = await db.insertContact({ email: "Ana@Example.org", referenceCode: "R-17" });
    await anonymize(contact);
    const person = { type: "INDIVIDUAL", lastName: "Ruiz", email: "ana@example.org" };

    expect(
      await importRows("ana@example.org;Ruiz;", "else@example.org;Ruiz;R-17", "new@example.org;Ruiz;R-18"),
    ).to.deep.equal(["ERROR CONTACT_ERASED", "ERROR CONTACT_ERASED", "CREATED"]);
    await graph.change("contacts", "createContact", person);
    expect(await importRows("ana@example.org;Ruiz;")).to.deep.equal(["SKIPPED SKIPPED_EXISTS"]);
  });

  it("is not found in the plan of a file that was only checked", async () => {
    const { id, opaqueId } = await db.insertContact({ email: "planned@example.org", lastName: "Former" });
    await runImport("CHECK", "UPDATE", ["planned@example.org;Marker;"]);
    const { rows: plan } = await db.owner.query("SELECT fields FROM contacts.import_row WHERE contact_id = $1", [id]);
    expect(JSON.stringify(plan)).to.contain("Marker");

    await graph.change("privacy", "anonymizeContact", { contactId: opaqueId });

    const { rows } = await db.owner.query(
      "SELECT FROM contacts.import_row WHERE contact_id = $1 OR fields::text LIKE '%Marker%'",
      [id],
    );
    expect(rows).to.deep.equal([]);
  });

  async function importRows(...rows: string[]): Promise<string[]> {
    const id = await runImport("UPDATE", "SKIP", rows);
    const { rows: outcomes } = await db.owner.query(
      `SELECT outcome || coalesce(' ' || (problems -> 0 ->> 'code'), '') AS outcome FROM contacts.import_row
       WHERE job_id = $1 ORDER BY line`,
      [id],
    );
    return outcomes.map(({ outcome }) => outcome);
  }

  /** Has the worker's part done of an import. @returns the job */
  async function runImport(mode: string, onMatch: string, rows: readonly string[]): Promise<string> {
    const file = ["email;lastName;referenceCode", ...rows].join("\r\n");
    const stored = await graph.services.files.put(db.home.id, Readable.from([file]), {
      maxBytes: 10_000,
    });
    const { rows: job } = await db.owner.query(
      `INSERT INTO contacts.import_job (institution_id, import_type, mode, on_match, status, file_id, clearance, started_by,
         started_by_kind, claims)
       VALUES ($1, 'CONTACTS', $4, $5, 'QUEUED', $2, 2, 'importer', 'OPERATOR', $3) RETURNING id`,
      [db.home.id, stored.id, claims(db.home.code), mode, onMatch],
    );
    const payload = { institutionId: db.home.id, id: job[0].id };
    await importTask(graph.services).run(payload, new AbortController().signal);
    return job[0].id;
  }
});

function claims(institution: string): string {
  const all = {
    organizations: [],
    roles: [],
    permissions: ["import:run", "contact:read", "contact:write"],
    clearance: 2,
  };
  return JSON.stringify({ subject: "importer", kind: "OPERATOR", institution, ...all });
}
