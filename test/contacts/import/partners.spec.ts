import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import type { ContactWish, TestContact } from "../../support/rows.js";
import { authorizationsOf, contactWith, type Value } from "./keyed/authorization-rows.js";
import { contactHaving, criteriaOf, defineAll } from "./keyed/criterion-rows.js";
import { type DeskReport, type DeskWish, ImportDesk, type Importing } from "./keyed/desk.js";
import { TemplateDesk } from "./template/templates.js";
import { outcomesOf, UndoDesk } from "./undo/undoing.js";

describe("imports of a partner (design 3)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const templates = new TemplateDesk(db, desk);

  desk.openDuringTests();
  before(() => defineAll(db));

  const languages = ["aa", "ab", "ac", "ad", "ae", "af", "ag", "ah", "ai", "aj", "ak", "al", "am", "an"];
  let count = 0;
  /** A partner with whom everybody of a language of its own is shared. */
  async function newPartner(wish: { kind?: "STATIC"; clearance?: 2 } = {}) {
    const [language, login] = [languages[count]!, `partner-${++count}`];
    const as: Importing = { login, kind: "PARTNER", clearance: 0, organizations: ["OPERA"] };
    const targetId = await templates.target(language, { ...wish, sharedWith: login });
    const shared = (values: Record<string, Value> = {}, contact: ContactWish = {}) =>
      contactWith(db, values, { language, ...contact });
    return { as, language, targetId, shared };
  }
  const codesOf = ({ rows }: DeskReport) =>
    rows.map(({ outcome, problems }) =>
      [outcome, ...problems.map(({ column, code }) => `${column} ${code}`)].join(" "),
    );
  const sms = (contacts: TestContact[], as: Importing, wish: DeskWish = {}) =>
    desk.import(["contactId;[new]SMS", ...contacts.map(({ opaqueId }) => `${opaqueId};T`)].join("\n"), { ...wish, as });
  const contactsOf = async (email: string) =>
    (await db.owner.query("SELECT id, last_name FROM contacts.contact WHERE email = $1 ORDER BY id", [email])).rows;

  it("change whom a target has that is shared with him, and nobody else", async () => {
    const { as, shared } = await newPartner();
    const [inside, outside] = [await shared(), await contactWith(db, {})];

    const report = await sms([inside, outside], as);

    expect(codesOf(report)).to.deep.equal(["UPDATED", "ERROR contactId CONTACT_NOT_FOUND"]);
    expect(await authorizationsOf(db, inside)).to.deep.equal({ SMS: "TRUE" });
    expect(await authorizationsOf(db, outside)).to.deep.equal({});
  });

  it("say of others what they say of numbers and ids of nobody", async () => {
    const { as, shared } = await newPartner();
    const inside = await shared();
    const outside = [
      await contactWith(db, { SMS: "TRUE" }),
      await contactWith(db, { SMS: "FALSE" }),
      await contactWith(db, {}, { structureName: "École" }),
      await contactWith(db, {}, { validityEndDate: "2020-01-01" }),
      await contactWith(db, {}, { anonymizedAt: db.clock.now() }),
    ];
    const numberOf = async ({ id }: TestContact) =>
      (await db.owner.query("SELECT contact_number AS n FROM contacts.contact WHERE id = $1", [id])).rows[0]
        .n as string;
    const insideNumber = await numberOf(inside);
    const lines = async ({ opaqueId }: { opaqueId: string }, number: string) => [
      ...[
        `${opaqueId};;T`,
        `${opaqueId};;T`,
        `;${number};T`,
        `${opaqueId};${number};F`,
        `${opaqueId};${insideNumber};T`,
      ],
      `${inside.opaqueId};${number};T`,
    ];
    const told = async (contact: { opaqueId: string }, number: string) => {
      const file = ["contactId;contactNumber;[new]SMS", ...(await lines(contact, number))].join("\n");
      return codesOf(await desk.import(file, { as, mode: "CHECK" }));
    };

    const ofNobody = await told({ opaqueId: "Q29udGFjdDo5OTk5OTk5" }, "99999999");
    const ofOthers = [];
    for (const contact of outside) ofOthers.push(await told(contact, await numberOf(contact)));

    expect(ofNobody.slice(0, 5)).to.deep.equal([
      ...["ERROR contactId CONTACT_NOT_FOUND", "ERROR contactId CONTACT_NOT_FOUND"],
      ...["ERROR contactNumber CONTACT_NOT_FOUND", "ERROR contactId CONTACT_NOT_FOUND"],
      "ERROR contactId CONTACT_NOT_FOUND",
    ]);
    for (const other of ofOthers) expect(other).to.deep.equal(ofNobody);
  });

  it("have criteria that templates have for him, of whom they have", async () => {
    const { as, language } = await newPartner();
    const inside = await contactHaving(db, { INTEREST: ["OPERA"] }, { language });
    const outside = await contactHaving(db, { INTEREST: ["OPERA"] });
    const file = (code: string, value: string) =>
      [`contactId;[new]${code}`, ...[inside, outside].map(({ opaqueId }) => `${opaqueId};${value}`)].join("\n");

    const report = await desk.import(file("INTEREST", "BALLET"), { as, type: "CRITERIA" });
    const errors = [];
    for (const code of ["THEIRS", "GONE", "SECRET"])
      errors.push((await desk.import(file(code, "T"), { as, type: "CRITERIA" })).fileError?.code);

    expect(codesOf(report)).to.deep.equal(["UPDATED", "ERROR contactId CONTACT_NOT_FOUND"]);
    expect(await criteriaOf(db, outside)).to.deep.equal({ INTEREST: "OPERA" });
    expect(errors).to.deep.equal(["FIELD_NOT_AVAILABLE", "FIELD_NOT_AVAILABLE", "FIELD_NOT_AVAILABLE"]);
  });

  it("have those on a list that is shared with him", async () => {
    const { as, targetId } = await newPartner({ kind: "STATIC" });
    const inside = await contactWith(db, {});
    await db.owner.query("INSERT INTO marketing.target_member VALUES ($1, $2, $3)", [
      ...[db.home.id, Buffer.from(targetId, "base64url").toString().split(":")[1], inside.id],
    ]);

    expect(codesOf(await sms([inside, await contactWith(db, {})], as))).to.deep.equal([
      "UPDATED",
      "ERROR contactId CONTACT_NOT_FOUND",
    ]);
  });

  it("have nobody of a target of somebody who sees more, nor of one whose share has ended, nor of another partner's", async () => {
    const [above, ended, other] = [await newPartner({ clearance: 2 }), await newPartner(), await newPartner()];
    const contacts = [await above.shared(), await ended.shared(), await other.shared()];
    const check = await sms([contacts[1]!], ended.as, { mode: "CHECK" });
    await db.owner.query("DELETE FROM marketing.target_share WHERE login = $1", [ended.as.login]);

    const none = contacts.map(() => "ERROR contactId CONTACT_NOT_FOUND");
    expect(codesOf(check)).to.deep.equal(["WOULD_UPDATE"]);
    expect(codesOf(await sms(contacts, above.as))).to.deep.equal(none);
    expect(codesOf(await sms(contacts, ended.as))).to.deep.equal(none);
    expect(codesOf(await sms([contacts[1]!], ended.as, { approvedPlanHash: check.planHash }))).to.deep.equal([
      "CONFLICT null PLAN_CHANGED",
    ]);
    expect(codesOf(await sms(contacts.slice(0, 2), other.as))).to.deep.equal(none.slice(0, 2));
  });

  it("are undone for those whom he still has", async () => {
    const undoing = new UndoDesk(db, desk);
    const [{ as, shared }, another] = [await newPartner(), await newPartner()];
    const [left, stayed] = [await shared(), await shared()];
    const { id } = await sms([left, stayed], as);
    await db.owner.query("UPDATE contacts.contact SET language = $2 WHERE id = $1", [left.id, another.language]);

    expect(outcomesOf(await undoing.undo(id, as))).to.deep.equal(["KEPT CONTACT_NOT_FOUND", "UNDONE"]);
    expect(await authorizationsOf(db, left)).to.deep.equal({ SMS: "TRUE" });
  });

  describe("of contacts", () => {
    const contacts = (rows: string[], as: Importing, wish: DeskWish = {}) =>
      desk.import(["email;lastName;SMS", ...rows].join("\n"), { type: "CONTACTS", onMatch: "UPDATE", ...wish, as });

    it("find by e-mail whom he has, and make anew whom he does not have", async () => {
      const { as, shared } = await newPartner();
      const inside = await shared({}, { email: "inside@p.ch", lastName: "Alt" });
      const outside = await contactWith(db, { SMS: "FALSE" }, { email: "outside@p.ch", lastName: "Alt" });

      const report = await contacts(["inside@p.ch;Neu;T", "outside@p.ch;Neu;T"], as);

      expect(codesOf(report)).to.deep.equal(["UPDATED", "CREATED"]);
      expect(await authorizationsOf(db, inside)).to.deep.equal({ SMS: "TRUE" });
      expect(await authorizationsOf(db, outside)).to.deep.equal({ SMS: "FALSE" });
      expect((await contactsOf("outside@p.ch")).map(({ last_name }) => last_name)).to.deep.equal(["Alt", "Neu"]);
    });

    it("tell as little of an address that strangers share, and of their structures", async () => {
      const { as, shared } = await newPartner();
      await shared({}, { email: "two@p.ch" });
      await contactWith(db, {}, { email: "two@p.ch" });
      await desk.import("email;structureName;town\nschool@p.ch;École du Lac;Nyon", { type: "CONTACTS" });

      const report = await contacts(["two@p.ch;Neu;"], as);
      const structure = await desk.import("email;structureName;town\nother@p.ch;École du Lac;Nyon", {
        type: "CONTACTS",
        as,
      });

      expect(codesOf(report)).to.deep.equal(["UPDATED"]);
      expect(codesOf(structure)).to.deep.equal(["CREATED"]);
    });

    it("know whom he has brought himself, and leave them as they are: a file makes nobody twice (6.7)", async () => {
      const { as } = await newPartner();
      await contacts(["brought@p.ch;Neu;T"], as);
      const [{ id }] = await contactsOf("brought@p.ch");
      await db.owner.query("UPDATE marketing.contact_marketing SET sms = false WHERE contact_id = $1", [id]);

      const again = [await contacts(["brought@p.ch;Neu;T"], as), await contacts(["brought@p.ch;Ganz;F"], as)];

      for (const report of again) expect(codesOf(report)).to.deep.equal(["SKIPPED email SKIPPED_EXISTS"]);
      expect((await contactsOf("brought@p.ch")).map(({ last_name }) => last_name)).to.deep.equal(["Neu"]);
    });

    it("know of a structure that he has brought", async () => {
      const { as } = await newPartner();
      const file = (email: string) => `email;structureName;town\n${email};Schule am See;Biel`;
      await desk.import(file("one@p.ch"), { type: "CONTACTS", as });

      expect(codesOf(await desk.import(file("two.structures@p.ch"), { type: "CONTACTS", as }))).to.deep.equal([
        "ERROR structureName DUPLICATE_STRUCTURE",
      ]);
    });
  });

  it("tell him what changes of criteria and authorizations, and of fields that they change, as long as he has the contact", async () => {
    const { as, shared } = await newPartner();
    await shared({ SMS: "TRUE" }, { email: "told@p.ch", lastName: "Alt" });
    const { id } = await desk.import("email;lastName;SMS\ntold@p.ch;Neu;F", {
      type: "CONTACTS",
      onMatch: "UPDATE",
      as,
    });
    const query = `query ($id: ID!) { importJob(id: $id) { rows(first: 9) { nodes {
      changes { column oldValue newValue redactions { field requiredPermission } } } } } }`;
    const changes = async () => (await desk.ask(as, query, { id })).data.importJob.rows.nodes[0].changes;

    const told = await changes();
    await db.owner.query("DELETE FROM marketing.target_share WHERE login = $1", [as.login]);

    const requiredPermission = "contact:read";
    const redactions = ["oldValue", "newValue"].map((field) => ({ field, requiredPermission }));
    expect(told).to.deep.equal([
      { column: "lastName", oldValue: null, newValue: null, redactions },
      { column: "SMS", oldValue: "TRUE", newValue: "FALSE", redactions: [] },
    ]);
    expect(await changes()).to.equal(null);
  });
});
