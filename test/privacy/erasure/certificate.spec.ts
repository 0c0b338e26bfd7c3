import { createHash } from "node:crypto";
import { expect } from "chai";
import { erasureProof, nightlyErasureProof } from "../../../src/privacy/erasure/index.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { Lives } from "../lives.js";
import { Batch } from "../runs/batch.js";
import { ProductGraph } from "./product-graph.js";

const certificate = `id state rule erasedBy anonymized deleted createdAt closedAt provedAt isIntact
  erased { subgraph table rows kinds } pass { tables files unreadFiles bytes durationMs findings isCut } run { id mode }
  findings(first: 10) { nodes { kind store table column rowKey contact { id } } }`;

describe("the certificate of an erasure (design 6)", () => {
  const db = useDatabase();
  let graph: ProductGraph;
  let house: TestInstitution;

  beforeEach(async () => {
    graph = new ProductGraph(db);
    house = await db.institution();
  });

  const as = (wish: object = {}) => ({ institution: house, login: "dpo", ...wish });
  const newContact = (wish: object = {}) =>
    db.insertContact({ institution: house, firstName: "Anabel", lastName: "Ruiz", email: "ana@example.org", ...wish });

  const anonymize = ({ opaqueId }: TestContact, shown = `certificate { ${certificate} }`) =>
    graph.change("privacy", "anonymizeContact", { contactId: opaqueId }, as(), shown);

  const prove = () => nightlyErasureProof(graph.services).run(new AbortController().signal);

  const read = async (id: string, wish: object = {}) =>
    (
      await graph.query(
        "privacy",
        `query ($id: ID!) { erasureCertificate(id: $id) { ${certificate} } }`,
        { id },
        as(wish),
      )
    ).erasureCertificate;

  async function note(contact: TestContact, text: string): Promise<string> {
    const { rows } = await db.owner.query(
      "INSERT INTO contacts.note (institution_id, contact_id, text, created_by) VALUES ($1, $2, $3, 'desk') RETURNING id",
      [house.id, contact.id, text],
    );
    return rows[0].id;
  }

  /** Of a contact whose address stands in somebody else's note. */
  async function complete(): Promise<{ id: string; contact: TestContact; noteId: string }> {
    const [contact, other] = [await newContact(), await newContact({ email: "other@example.org", lastName: "Muster" })];
    const noteId = await note(other, "shares a car with ana@example.org");
    const { id } = (await anonymize(contact)).certificate;
    await prove();
    return { id, contact, noteId };
  }

  it("says who erased what where under which rule, and is pending until the database has been searched", async () => {
    const contact = await newContact();

    const { certificate: before } = await anonymize(contact);
    await prove();
    const after = await read(before.id);

    expect(before).to.deep.include({
      ...{ state: "PENDING", rule: "MANUAL", erasedBy: "dpo", anonymized: 1, deleted: 0, run: null },
      ...{ pass: null, provedAt: null, isIntact: null },
    });
    const table = before.erased.find((each: { table: string }) => each.table === "contacts.contact");
    expect(table).to.deep.include({ subgraph: "contacts", rows: 1 });
    expect(table.kinds).to.include.members(["IDENTITY", "REACH", "TEXT"]).and.not.include("LINK");
    expect(after).to.deep.include({ state: "COMPLETE", isIntact: true, erased: before.erased });
    expect(after.pass).to.include({ findings: 0, unreadFiles: 0, isCut: false });
    expect(after.pass.tables).to.be.above(50);
    expect(after.pass.bytes).to.be.above(1_000);
    expect(after.findings.nodes).to.deep.equal([]);
  });

  it("shows where something was found, and never what", async () => {
    const { id, contact, noteId } = await complete();

    const { findings, pass } = await read(id);

    expect(pass.findings).to.equal(1);
    expect(findings.nodes).to.deep.equal([
      {
        ...{ kind: "EMAIL", store: "TABLE", table: "contacts.note", column: "text", rowKey: noteId },
        contact: { id: contact.opaqueId },
      },
    ]);
    const [kept] = (await db.owner.query("SELECT * FROM privacy.erasure_finding WHERE institution_id = $1", [house.id]))
      .rows;
    expect(JSON.stringify(kept)).not.to.match(/ana|ruiz/i);
  });

  it("names no row by a text that is the person's", async () => {
    const contact = await newContact({ firstName: "Anabel", lastName: "Ruizdelcampo" });
    await anonymize(contact, "result");
    // as if a word of his reference had been forgotten
    await db.owner.query(
      `INSERT INTO contacts.contact_word (institution_id, contact_id, word) VALUES ($1, $2, 'ana@example.org')`,
      [house.id, contact.id],
    );

    await prove();

    const { rows } = await db.owner.query(
      "SELECT place, row_key AS key FROM privacy.erasure_finding WHERE institution_id = $1",
      [house.id],
    );
    expect(rows).to.deep.equal([{ place: "contacts.contact_word.word", key: contact.id }]);
  });

  it("is not there for who is not cleared for everybody", async () => {
    const { id } = await complete();

    const list = `{ erasureCertificates(first: 5) { nodes { id } } }`;
    expect((await graph.query("privacy", list, {}, as())).erasureCertificates.nodes).to.deep.equal([{ id }]);
    const refused = await read(id, { clearance: 1 }).catch((error: { actual?: unknown }) => error.actual);
    expect(refused).to.deep.equal(["This needs the permission privacy:simulate."]);
    expect(await graph.query("privacy", list), "elsewhere").to.deep.equal({ erasureCertificates: { nodes: [] } });
  });

  const exported = (id: string, shown = "document { json sha256 seal } legalNotice { code }") =>
    graph.try("privacy", "exportErasureCertificate", { certificateId: id }, as(), shown);

  it("is taken out as the same JSON each time, with its hash, and that stands in the access log", async () => {
    const { id, contact } = await complete();

    const first = await exported(id);
    const again = await exported(id);

    const { json, sha256, seal } = first.document;
    expect(again).to.deep.equal(first);
    expect(first.legalNotice.code).to.equal("DATA_EXPORT");
    expect(sha256).to.equal(createHash("sha256").update(json).digest("hex"));
    expect(seal).to.match(/^[0-9a-f]{64}$/);
    expect(JSON.parse(json)).to.deep.include({ id, rule: "MANUAL", erasedBy: "dpo", anonymized: 1 });
    expect(JSON.parse(json).findings).to.have.length(1);
    expect(JSON.parse(json).findings[0].contact).to.equal(contact.opaqueId);
    const { rows } = await db.owner.query(
      "SELECT actor, subject, contact_count FROM privacy.audit_access WHERE institution_id = $1 AND access_kind = 'EXPORT'",
      [house.id],
    );
    const entry = { actor: "dpo", subject: "ErasureCertificate", contact_count: 1 };
    expect(rows).to.deep.equal([entry, entry]);
  });

  it("is not taken out before it is complete", async () => {
    const { certificate: pending } = await anonymize(await newContact());

    const refused = await exported(pending.id);
    const unknown = await exported("nothing");

    expect(refused.userErrors).to.deep.equal([{ code: "ERASURE_CERTIFICATE_PENDING", field: ["certificateId"] }]);
    expect(unknown.userErrors).to.deep.equal([{ code: "ERASURE_CERTIFICATE_NOT_FOUND", field: ["certificateId"] }]);
  });

  for (const [what, sql] of Object.entries({
    "what was erased": `UPDATE privacy.erasure_certificate SET erased = '{"contacts.contact": 2}' WHERE institution_id = $1`,
    "who erased": "UPDATE privacy.erasure_certificate SET actor = 'somebody' WHERE institution_id = $1",
    "a finding that is taken away": "DELETE FROM privacy.erasure_finding WHERE institution_id = $1",
    "the seal": "UPDATE privacy.erasure_certificate SET seal = sha256('x') WHERE institution_id = $1",
  }))
    it(`shows that somebody changed ${what}`, async () => {
      const { id } = await complete();
      await db.owner.query(sql, [house.id]);

      expect((await read(id)).isIntact).to.equal(false);
    });

  it("is that of its run, and is proved also when the run was cancelled half way", async () => {
    const batch = await Batch.of(db, house);
    new Lives(db, house).at("2025-01-10");
    const contact = await newContact();
    await db.owner.query("UPDATE contacts.contact SET created_at = '2010-01-01' WHERE institution_id = $1", [house.id]);
    const { planHash } = await batch.simulate();
    const { anonymizationRun } = await batch.call("runAnonymization", { planHash: planHash! });
    const { id } = anonymizationRun!;
    const step = new AbortController();
    // dies behind the step that erased
    const dying = setInterval(async () => {
      const { rows } = await db.owner.query("SELECT FROM contacts.contact WHERE id = $1", [contact.id]);
      if (rows.length === 0) step.abort(new Error("killed"));
    }, 1);
    await batch.work(id, step.signal).catch((error: Error) => expect(error.message).to.equal("killed"));
    clearInterval(dying);
    await batch.call("cancelAnonymizationRun", { id });

    await erasureProof(graph.services).run({ institutionId: house.id, id: "1" }, new AbortController().signal);

    const { anonymizationRun: found } = await graph.query(
      "privacy",
      `query ($id: ID!) { anonymizationRun(id: $id) { certificate { ${certificate} } } }`,
      { id },
      as(),
    );
    expect(found.certificate).to.deep.include({
      ...{ state: "COMPLETE", rule: "INACTIVITY:36", anonymized: 0, deleted: 1, run: { id, mode: "RUN" } },
      isIntact: true,
    });
  });
});
