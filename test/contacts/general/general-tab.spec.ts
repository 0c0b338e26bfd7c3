import { expect } from "chai";
import { parse, validate } from "graphql";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { auditOf, callerOf, changer, contactsSchema } from "../support.js";

const answer = `contact { id disabilityType remark } userErrors { code field message elementIndex } legalNotice { code version text }`;
const create = `mutation ($input: CreateContactInput!) { createContact(input: $input) { ${answer} } }`;
const update = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { ${answer} } }`;

describe("the general tab (F04)", () => {
  const db = useDatabase();
  const { writer, change, problemsOf } = changer(db);

  it("holds level, reference code, validity end date, disability type, identity document and remark", async () => {
    const contact = (await contactsSchema()).getType("Contact");
    const fields = Object.keys((contact as unknown as { getFields(): object }).getFields());

    expect(fields).to.include.members([
      ...["confidentialityLevel", "referenceCode", "validityEndDate"],
      ...["disabilityType", "identityDocumentNumber", "remark"],
    ]);
  });

  describe("disability type (F09)", () => {
    it("is one of five values; another one is no valid operation", async () => {
      const schema = await contactsSchema();
      const operation = (value: string) =>
        parse(
          `mutation { updateContact(input: { id: "x", version: 1, disabilityType: ${value} }) { contact { id } } }`,
        );

      for (const value of ["NONE", "ROW_END", "NEAR_STAGE", "WHEELCHAIR", "WITHOUT_WHEELCHAIR"])
        expect(validate(schema, operation(value)), value).to.deep.equal([]);
      expect(validate(schema, operation("DEAF"))).to.have.lengthOf(1);
    });

    it("has no mutation that adds a value", async () => {
      const mutations = Object.keys((await contactsSchema()).getMutationType()!.getFields());

      expect(mutations.filter((name) => /disability/i.test(name))).to.deep.equal([]);
    });

    it("is an individual's, and audited", async () => {
      const { id, opaqueId } = await db.insertContact();
      const structure = await db.insertContact({ structureName: "Théâtre" });

      const { contact } = await change(update, { id: opaqueId, version: 1, disabilityType: "ROW_END" });

      expect(contact.disabilityType).to.equal("ROW_END");
      expect((await auditOf(db, id)).map(({ field, new: now }) => [field, now])).to.deep.equal([
        ["disabilityType", "ROW_END"],
      ]);
      expect(await problemsOf(update, { id: structure.opaqueId, version: 1, disabilityType: "NONE" })).to.deep.equal([
        "FIELD_NOT_APPLICABLE disabilityType",
      ]);
    });
  });

  describe("remark (F16)", () => {
    it("is free text of several lines, written with a notice in the caller's language", async () => {
      const input = { type: "INDIVIDUAL", lastName: "Rey", remark: " Rang 3\nau bord\t\u2026 " };

      const { contact, legalNotice, userErrors } = await change(create, input, writer({ locale: "fr" }));

      expect(userErrors).to.deep.equal([]);
      expect(contact.remark).to.equal("Rang 3\nau bord\t\u2026");
      expect(legalNotice).to.deep.include({ code: "FREE_TEXT_CONTENT", version: 1 });
      expect(legalNotice.text).to.match(/^Vous êtes responsable/);
    });

    it("shows the notice also with a refusal, and not when no text is written", async () => {
      const { opaqueId: id } = await db.insertContact();

      const refused = await change(update, { id, version: 1, remark: "x".repeat(2_001) });
      const other = await change(update, { id, version: 1, firstName: "Bo" });
      const cleared = await change(update, { id, version: 2, remark: null });

      expect(refused.userErrors[0]).to.deep.include({ code: "VALUE_TOO_LONG", field: ["remark"] });
      expect(refused.legalNotice.code).to.equal("FREE_TEXT_CONTENT");
      expect([other.legalNotice, cleared.legalNotice]).to.deep.equal([null, null]);
    });

    it("holds no invisible characters", async () => {
      const { opaqueId: id } = await db.insertContact();

      expect(await problemsOf(update, { id, version: 1, remark: "a\u202eb" })).to.deep.equal([
        "INVALID_CHARACTERS remark",
      ]);
    });
  });

  it("lets every notice be asked for before acting, in any of the languages", async () => {
    const query = `query ($code: String!, $locale: String) { legalNotice(code: $code, locale: $locale) { code text } }`;
    const notice = async (code: string, locale?: string) =>
      (await ask(await contactsSchema(), callerOf(db, { locale: "es" }), query, { code, locale })).legalNotice;

    expect((await notice("ALIAS_CONSENT")).text).to.match(/^Pida al comprador/);
    expect((await notice("ALIAS_CONSENT", "fr")).text).to.match(/^Demandez/);
    expect((await notice("ALIAS_CONSENT", "de")).text).to.match(/^Ask/);
    expect(await notice("OTHER")).to.equal(null);
  });
});
