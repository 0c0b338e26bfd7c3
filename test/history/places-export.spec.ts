import { buffer } from "node:stream/consumers";
import { expect } from "chai";
import { findPlaceFile, selectPlaceFiles } from "../../src/history/places/index.js";
import { unzipped } from "../marketing/audience/unzipped.js";
import { ProductGraph } from "../privacy/erasure/product-graph.js";
import type { ContextWish } from "../support/database.js";
import { useDatabase } from "../support/database.js";
import type { TestInstitution } from "../support/rows.js";

const shown =
  "contactsByPlaceExport { id downloadUrl sizeBytes placeCount contactCount expiresAt } legalNotice { code version }";

describe("exportContactsByPlace (F65)", () => {
  const db = useDatabase();
  let graph: ProductGraph;
  let institution: TestInstitution;

  before(() => {
    graph = new ProductGraph(db);
  });
  beforeEach(async () => {
    institution = await db.institution();
  });

  async function living(town: string, count: number, level: 0 | 1 | 2 = 0): Promise<void> {
    for (let n = 0; n < count; n++) {
      const { id } = await db.insertContact({ institution, level });
      await db.owner.query(
        `INSERT INTO contacts.contact_address (institution_id, contact_id, kind, country, postcode, town)
         VALUES ($1, $2, 'MAIN', 'CH', '1000', $3)`,
        [institution.id, id, town],
      );
    }
  }
  const make = async (input: object = {}, wish: ContextWish = {}) =>
    graph.change("history", "exportContactsByPlace", input, { institution, ...wish }, shown);
  const csvOf = async ({ id }: { readonly id: string }, wish: ContextWish = {}) => {
    const found = await findPlaceFile(graph.caller({ institution, ...wish }), id);
    return found && unzipped(await buffer(await graph.services.files.open(found.fileId))).get("contacts-by-place.csv")!;
  };

  it("writes all places with their counts, where most come from first, and says what the file is worth protecting for", async () => {
    await living("Bex", 1);
    await living("Lausanne", 2);
    await db.insertContact({ institution });

    const { contactsByPlaceExport: made, legalNotice } = await make();

    expect(await csvOf(made)).to.equal(
      "\ufeffcountry,postcode,town,contactCount,anonymizedCount\r\nCH,1000,Lausanne,2,0\r\n,,,1,0\r\nCH,1000,Bex,1,0\r\n",
    );
    expect(made).to.include({ placeCount: 3, contactCount: 4 });
    expect(made.downloadUrl).to.include("/contacts-by-place/file?id=");
    expect(legalNotice).to.deep.equal({ code: "DATA_EXPORT", version: 1 });
  });

  it("refuses a period that ends before it begins as what is to be mended, and makes no file", async () => {
    const period = { from: "2026-02-01", to: "2026-01-31" };

    const refused = await graph.try("history", "exportContactsByPlace", { period }, { institution }, shown);

    expect(refused.userErrors).to.deep.equal([{ code: "PERIOD_REVERSED", field: ["period"] }]);
    expect(refused).to.include({ contactsByPlaceExport: null }).and.to.have.nested.property("legalNotice.version", 1);
  });

  it("makes what a spreadsheet would take for a formula harmless (6.2)", async () => {
    await living('=HYPERLINK("http://x")', 1);

    const { contactsByPlaceExport: made } = await make({}, { locale: "fr" });

    expect(await csvOf(made)).to.include(`CH;1000;"'=HYPERLINK(""http://x"")";1;0`);
  });

  it("counts nobody whom the caller does not see, and not by what is withheld from him (F05)", async () => {
    await living("Bex", 1);
    await living("Genève", 1, 2);
    const raisedLevels = new Map([["Contact.addresses", 1 as const]]);

    const { contactsByPlaceExport: made } = await make({}, { clearance: 0 });
    const wish = { institution, clearance: 0 as const, raisedLevels };
    const refused = await graph.try("history", "exportContactsByPlace", {}, wish, shown);

    expect(await csvOf(made, { clearance: 0 }))
      .to.include("Bex")
      .and.not.include("Genève");
    expect(refused.userErrors).to.deep.equal([{ code: "FIELD_NOT_AVAILABLE", field: [] }]);
    expect(refused.contactsByPlaceExport).to.equal(null);
  });

  it("covers a period as the report does", async () => {
    await living("Bex", 1);

    const { contactsByPlaceExport: made } = await make({ period: { from: "2025-01-01", to: "2025-12-31" } });

    expect(made).to.include({ placeCount: 0, contactCount: 0 });
  });

  it("stands in the access log with the notice that was shown, once for each key, and one file is kept", async () => {
    await living("Bex", 1);
    const [first, second] = [await make({ idempotencyKey: "k" }), await make({ idempotencyKey: "k" })];

    expect(second.contactsByPlaceExport).to.deep.equal(first.contactsByPlaceExport);
    const { rows } = await db.owner.query(
      `SELECT subject, contact_count AS count, notice_version AS notice FROM privacy.audit_access WHERE institution_id = $1`,
      [institution.id],
    );
    expect(rows).to.deep.equal([{ subject: "ContactsByPlace", count: 1, notice: 1 }]);
    expect(await csvOf(first.contactsByPlaceExport)).to.include("Bex");
  });

  it("opens for who asked alone, of no less clearance, for a day", async () => {
    await living("Bex", 1);
    const { contactsByPlaceExport: made } = await make({}, { clearance: 1 });
    const fileOf = async (wish: ContextWish) =>
      (await findPlaceFile(graph.caller({ institution, ...wish }), made.id)) === null ? "none" : "there";
    const states = [await fileOf({}), await fileOf({ clearance: 0 }), await fileOf({ login: "another" })];
    const found = (await findPlaceFile(graph.caller({ institution }), made.id))!;
    const kept = (await graph.caller({ institution }).transaction((sql) => selectPlaceFiles(sql, [found.fileId]))).size;

    db.clock.advance(25 * 3_600_000);

    expect(states).to.deep.equal(["there", "none", "none"]);
    expect(kept).to.equal(1);
    expect(await fileOf({})).to.equal("none");
    const after = await graph.caller({ institution }).transaction((sql) => selectPlaceFiles(sql, [found.fileId]));
    expect(after.size, "the sweep removes it").to.equal(0);
  });
});
