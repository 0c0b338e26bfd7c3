import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { ProductGraph } from "../erasure/product-graph.js";
import { SubjectDesk } from "../subject/subject-desk.js";

const shown = "legalNotice { code version en fr es }";
const texts = (word: string) => ({ en: `${word} in English`, fr: `${word} en français`, es: `${word} en español` });

describe("setLegalNotice (F16, F63, F65)", () => {
  const db = useDatabase();
  let graph: ProductGraph;

  before(() => {
    graph = new ProductGraph(db);
  });

  const set = (input: object, wish = {}) => graph.change("privacy", "setLegalNotice", input, wish, shown);
  const look = async (given: string, wish = {}) =>
    (await graph.query("contacts", `{ legalNotice(${given}) { code version text } }`, {}, wish)).legalNotice;

  it("puts a wording in force in three languages at once, and counts its version up from the shipped 1", async () => {
    const institution = await db.institution();
    const { legalNotice } = await set({ code: "FREE_TEXT_CONTENT", ...texts("Beware") }, { institution });

    expect(legalNotice).to.deep.equal({ code: "FREE_TEXT_CONTENT", version: 2, ...texts("Beware") });
    for (const [locale, text] of Object.entries(texts("Beware")))
      expect(await look(`code: "FREE_TEXT_CONTENT", locale: "${locale}"`, { institution })).to.deep.include({
        version: 2,
        text,
      });
    expect(await look('code: "FREE_TEXT_CONTENT"'), "another institution keeps its own").to.include({ version: 1 });
    expect(await look('code: "DATA_EXPORT"', { institution }), "another notice stays").to.include({ version: 1 });
  });

  it("keeps what was shown before, to be looked up by the version that acts recorded", async () => {
    const institution = await db.institution();
    const shipped = await look('code: "DATA_EXPORT"', { institution });
    await set({ code: "DATA_EXPORT", ...texts("First") }, { institution });
    await set({ code: "DATA_EXPORT", ...texts("Second") }, { institution });

    expect(await look('code: "DATA_EXPORT", version: 1', { institution })).to.deep.equal(shipped);
    expect(await look('code: "DATA_EXPORT", version: 2', { institution })).to.include({ text: "First in English" });
    expect(await look('code: "DATA_EXPORT"', { institution })).to.include({ version: 3, text: "Second in English" });
    expect(await look('code: "DATA_EXPORT", version: 4', { institution })).to.equal(null);
  });

  it("changes nothing when the texts are those in force, and is audited when they are not", async () => {
    const institution = await db.institution();
    const wording = { code: "ALIAS_CONSENT", ...texts("Ask") };
    await set(wording, { institution, login: "dpo" });
    const { legalNotice } = await set(wording, { institution });

    expect(legalNotice.version).to.equal(2);
    const { rows } = await db.owner.query(
      "SELECT actor, setting, old_value AS was, new_value AS is FROM privacy.audit_setting WHERE institution_id = $1",
      [institution.id],
    );
    expect(rows).to.deep.equal([{ actor: "dpo", setting: "legalNotice.ALIAS_CONSENT", was: "1", is: "2" }]);
    const { legalNotices } = await graph.query("privacy", "{ legalNotices { code version } }", {}, { institution });
    expect(legalNotices).to.have.length(5).and.to.deep.include({ code: "ALIAS_CONSENT", version: 2 });
  });

  it("refuses another code, and a text that is missing in a language", async () => {
    const codes = async (input: object) => (await graph.try("privacy", "setLegalNotice", input, {}, shown)).userErrors;

    expect(await codes({ code: "OTHER", ...texts("x") })).to.deep.equal([{ code: "UNKNOWN_CODE", field: ["code"] }]);
    expect(await codes({ code: "DATA_EXPORT", ...texts("x"), fr: " " })).to.deep.equal([
      { code: "FIELD_REQUIRED", field: ["fr"] },
    ]);
    expect(await codes({ code: "DATA_EXPORT", ...texts("x"), es: "y".repeat(4_001) })).to.deep.equal([
      { code: "VALUE_TOO_LONG", field: ["es"] },
    ]);
  });

  it("is what acts show and record from then on: free text, consent to an alias, exports (F14, F16, F65)", async () => {
    const desk = await SubjectDesk.of(db);
    for (const code of ["FREE_TEXT_CONTENT", "ALIAS_CONSENT", "DATA_EXPORT"]) await set({ code, ...texts(code) });
    const { id, opaqueId } = await db.insertContact();

    const note = await graph.change(
      "contacts",
      "addNote",
      { contactId: opaqueId, text: "hello" },
      {},
      "legalNotice { version text }",
    );
    const alias = { contactId: opaqueId, alias: "tok_1", buyerConsentConfirmed: true };
    await graph.change("contacts", "addPaymentAlias", alias);
    await desk.make({ contactId: opaqueId });

    expect(note.legalNotice).to.deep.equal({ version: 2, text: "FREE_TEXT_CONTENT in English" });
    const { rows } = await db.owner.query(
      `SELECT (SELECT consent_notice_version FROM contacts.payment_alias WHERE contact_id = $1) AS alias,
         (SELECT notice_version FROM privacy.subject_export WHERE contact_id = $1) AS export,
         (SELECT notice_version FROM privacy.audit_access WHERE contact_id = $1 AND access_kind = 'EXPORT') AS log`,
      [id],
    );
    expect(rows).to.deep.equal([{ alias: 2, export: 2, log: 2 }]);
    const [from, to] = [-1, 1].map((hours) => new Date(db.clock.now().getTime() + hours * 3_600_000).toISOString());
    const document = `{ accessLog(contactId: "${opaqueId}", from: "${from}", to: "${to}", first: 1) { nodes { noticeVersion } } }`;
    expect((await graph.query("privacy", document)).accessLog.nodes).to.deep.equal([{ noticeVersion: 2 }]);
  });
});
