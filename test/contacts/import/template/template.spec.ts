import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import { contactWith } from "../keyed/authorization-rows.js";
import { contactHaving, defineAll } from "../keyed/criterion-rows.js";
import { ImportDesk } from "../keyed/desk.js";
import { entriesOf, rowsOf, TemplateDesk } from "./templates.js";

describe("import templates (F81 to F85, 6.2)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const templates = new TemplateDesk(db, desk);
  let languages = 0;

  desk.openDuringTests();
  before(() => defineAll(db));

  /** Its own for each test: who speaks it is in the target. */
  const newLanguage = () =>
    `${String.fromCharCode(97 + Math.floor(languages / 26))}${String.fromCharCode(97 + (languages++ % 26))}`;

  it("hold everybody of a dynamic target, with an old and a blank new cell for each authorization (F84)", async () => {
    const language = newLanguage();
    const said = { INSTITUTION_EMAIL: "TRUE", SMS: "FALSE" } as const;
    const anna = await contactWith(db, said, { language, lastName: "Muster", firstName: "Anna", email: "a@b.ch" });
    const school = await db.insertContact({ language, structureName: "École; nord" });
    await db.insertContact({ language: "zz" });
    await db.insertContact({ language, validityEndDate: "2020-01-01" });

    const template = await templates.make({ targetId: await templates.target(language, { name: "Élèves & Co" }) });
    const zip = Buffer.from(await (await templates.download(template)).arrayBuffer());
    const entries = await entriesOf(zip);

    expect(template).to.deep.include({ status: "READY", type: "AUTHORIZATIONS", rowCount: 2, failure: null });
    expect(template.legalNotice.code).to.equal("DATA_EXPORT");
    expect(entries).to.have.length(1);
    expect(template.fileName)
      .to.match(/^authorizations_Eleves-Co_\d{12}\.csv$/)
      .and.to.equal(entries[0]!.name);
    expect(zip.length).to.equal(template.sizeBytes);
    expect(entries[0]!.bytes.toString()).to.equal(
      [
        "\ufeffcontactId;contactNumber;lastName;firstName;email" +
          ";[old]INSTITUTION_EMAIL;[new]INSTITUTION_EMAIL;[old]THIRD_PARTY_TRANSFER;[new]THIRD_PARTY_TRANSFER" +
          ";[old]PARTNER_COMMUNICATION;[new]PARTNER_COMMUNICATION;[old]EMAIL;[new]EMAIL;[old]SMS;[new]SMS" +
          ";[old]PHONE;[new]PHONE;[old]LETTER;[new]LETTER",
        `${anna.opaqueId};${anna.contactNumber};Muster;Anna;a@b.ch;TRUE;;Empty;;Empty;;Empty;;FALSE;;Empty;;Empty;`,
        `${school.opaqueId};${school.contactNumber};"École; nord";;;;;;;;;;;;;;;;`,
        "",
      ].join("\r\n"),
    );
  });

  it("hold the criteria in use that apply to somebody and that their reader sees, and no authorizations (F82)", async () => {
    const language = newLanguage();
    const held = { INTEREST: ["OPERA", "BALLET"], VIP: ["TRUE"], TASTE: "=1+1" };
    const anna = await contactHaving(db, held, { language });
    const bruno = await contactHaving(db, { AGEGRP: ["A18"], SECTOR: ["EDU"] }, { language });
    const targetId = await templates.target(language);
    const reader = { login: "clara", clearance: 1, organizations: ["OPERA"], locale: "fr" } as const;

    const csv = await templates.csv({ type: "CRITERIA", targetId }, reader);
    const [first, second] = rowsOf(csv);
    const cells = { "[new]AGEGRP": "", "[new]INTEREST": "", "[new]TASTE": "", "[new]VIP": "" };

    expect(Object.keys(first!).slice(5)).to.have.members([
      ...[
        "[old]AGEGRP",
        "[new]AGEGRP",
        "[old]INTEREST",
        "[new]INTEREST",
        "[old]TASTE",
        "[new]TASTE",
        "[old]VIP",
        "[new]VIP",
      ],
    ]);
    expect(first).to.include({
      ...cells,
      contactId: anna.opaqueId,
      "[old]INTEREST": "BALLET|OPERA",
      "[old]VIP": "TRUE",
    });
    expect(first).to.include({ "[old]TASTE": "'=1+1", "[old]AGEGRP": "Empty" });
    expect(second).to.include({ ...cells, contactId: bruno.opaqueId, "[old]INTEREST": "Empty", "[old]AGEGRP": "A18" });
  });

  it("leave both cells blank where a criterion does not apply", async () => {
    const language = newLanguage();
    await contactHaving(db, { SECTOR: ["EDU"] }, { language });
    await contactHaving(db, { SECTOR: ["EDU"] }, { language, structureName: "School" });

    const rows = rowsOf(await templates.csv({ type: "CRITERIA", targetId: await templates.target(language) }));

    expect(rows.map((row) => [row["[old]SECTOR"], row["[new]SECTOR"]])).to.deep.equal([
      ["", ""],
      ["EDU", ""],
    ]);
  });

  it("are a header only where the target has nobody (F81)", async () => {
    const csv = await templates.csv({ targetId: await templates.target(newLanguage()) });

    expect(rowsOf(csv)).to.deep.equal([]);
    expect(csv).to.match(/^\ufeffcontactId;.*\[new\]LETTER\r\n$/);
  });

  it("of contacts are a header that an import takes, and need no target (6.1)", async () => {
    const csv = await templates.csv({ type: "CONTACTS", locale: "en" });
    const blank = ",".repeat(csv.split(",").length - 1);
    const report = await desk.import(`${csv}template@example.org${blank}`, { type: "CONTACTS", mode: "CHECK" });

    expect(csv).to.match(/^\ufeffemail,title,lastName,.*,referenceCode,/);
    expect(csv).to.match(/,AGEGRP,.*,INSTITUTION_EMAIL,THIRD_PARTY_TRANSFER,.*,EMAIL,SMS,PHONE,LETTER\r\n$/);
    expect(csv).not.to.match(/GONE|THEIRS/);
    expect(report.counters).to.include({ wouldCreate: 1, errors: 0 });
  });

  it("have commas for readers of English, and what is asked for", async () => {
    const targetId = await templates.target(newLanguage());

    expect(await templates.csv({ targetId, locale: "en" })).to.match(/^\ufeffcontactId,/);
    expect(await templates.csv({ targetId, locale: "en", delimiter: "SEMICOLON" })).to.match(/^\ufeffcontactId;/);
  });

  for (const [what, wish, code] of [
    ["a static target (F81)", { kind: "STATIC" }, "TARGET_NOT_DYNAMIC"],
    ["a target of somebody who sees more", { clearance: 2 }, "TARGET_NOT_FOUND"],
  ] as const) {
    it(`refuse ${what}`, async () => {
      const targetId = await templates.target(newLanguage(), wish);

      const { userErrors, importTemplate, legalNotice } = await templates.ask(
        { targetId },
        { login: "free", clearance: 0 },
      );

      expect(importTemplate).to.equal(null);
      expect(userErrors.map((error) => [error.code, ...error.field])).to.deep.equal([[code, "targetId"]]);
      expect(legalNotice.code).to.equal("DATA_EXPORT");
    });
  }

  it("refuse what they cannot be made of", async () => {
    const targetId = await templates.target(newLanguage());
    const codes = async (wish: object) =>
      (await templates.ask(wish)).userErrors.map(({ code, field }) => [code, ...field].join(" "));

    expect(await codes({})).to.deep.equal(["TARGET_REQUIRED targetId"]);
    expect(await codes({ targetId: "VGFyZ2V0Ojk5OTk5" })).to.deep.equal(["TARGET_NOT_FOUND targetId"]);
    expect(await codes({ type: "CONTACTS", targetId })).to.deep.equal(["TARGET_NOT_EXPECTED targetId"]);
    expect(await codes({ targetId, notifyEmail: "nobody", locale: "de", organizationId: "MUSEUM" })).to.deep.equal([
      "UNKNOWN_ORGANIZATION organizationId",
      "INVALID_EMAIL notifyEmail",
      "UNKNOWN_LOCALE locale",
    ]);
  });

  it("are made once for a repeated key", async () => {
    const targetId = await templates.target(newLanguage());
    const wish = { targetId, idempotencyKey: "once" };

    const [first, second] = [await templates.ask(wish), await templates.ask(wish)];

    expect(first.importTemplate!.id).to.equal(second.importTemplate!.id);
  });

  it("stand in the access log before they can be fetched, with the number of contacts (F65)", async () => {
    const language = newLanguage();
    await db.insertContact({ language });
    const reader = { login: "logged", clearance: 2, locale: "fr" } as const;

    await templates.make({ targetId: await templates.target(language) }, reader);
    const { rows } = await db.owner.query(
      "SELECT access_kind, subject, contact_count, actor_kind FROM privacy.audit_access WHERE actor = 'logged'",
    );

    expect(rows).to.deep.equal([
      { access_kind: "EXPORT", subject: "ImportTemplate", contact_count: 1, actor_kind: "OPERATOR" },
    ]);
  });

  it("are found again as nodes and as pages, by who asked for them alone", async () => {
    const reader = { login: "dora", clearance: 2, locale: "fr" } as const;
    const targetId = await templates.target(newLanguage());
    const ids = [await templates.make({ targetId }, reader), await templates.make({ targetId }, reader)].map(
      ({ id }) => id,
    );
    const query = `query ($after: String, $id: ID!) { importTemplates(first: 1, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } }
      node(id: $id) { ... on ImportTemplate { status } } }`;

    const first = (await desk.ask(reader, query, { id: ids[0] })).data;
    const after = first.importTemplates.pageInfo.endCursor;
    const second = (await desk.ask(reader, query, { id: ids[0], after })).data;
    const another = await desk.ask({ login: "emil", clearance: 2 }, query, { id: ids[0] });

    expect([...first.importTemplates.nodes, ...second.importTemplates.nodes].map(({ id }) => id)).to.deep.equal(
      ids.toReversed(),
    );
    expect(first.node).to.deep.equal({ status: "READY" });
    expect(another.data).to.deep.include({
      node: null,
      importTemplates: { nodes: [], pageInfo: { endCursor: null, hasNextPage: false } },
    });
    expect((await desk.ask(reader, query, { id: ids[0], after: "x" })).errors[0].extensions.code).to.equal(
      "BAD_USER_INPUT",
    );
  });
});
