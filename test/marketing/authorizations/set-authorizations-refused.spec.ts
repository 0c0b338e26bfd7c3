import { expect } from "chai";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import { auditOf, codesOf, set, writerOf } from "../changes.js";
import { contextOf, valuesOf } from "../graph.js";

describe("setAuthorizations, what it refuses", () => {
  const db = useDatabase();

  const writer = (...wishes: Parameters<typeof db.contextWith>) => writerOf(db, ...wishes);

  it("answers an unknown contact and one above the caller's clearance alike, and writes nothing (F05)", async () => {
    const { id, opaqueId } = await db.insertContact({ level: 1 });
    const foreign = await db.insertContact({ institution: await db.institution() });
    const unknown = [encodeId("Contact", "999999999"), encodeId("Order", id), "x", foreign.opaqueId, opaqueId];

    const answers = await Promise.all(unknown.map((each) => set(writer(), each, { SMS: "TRUE" })));

    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).to.have.property("size", 1);
    expect(answers[0]?.userErrors).to.deep.include({
      code: "CONTACT_NOT_FOUND",
      field: ["contactId"],
      message: answers[0]?.userErrors[0]?.message,
      elementIndex: null,
    });
    expect(await auditOf(db, id)).to.deep.equal([]);
    expect((await set(writer({ clearance: 1 }), opaqueId, { SMS: "TRUE" })).userErrors).to.deep.equal([]);
  });

  it("refuses a structure (F33) and an anonymized contact", async () => {
    const structure = await db.insertContact({ structureName: "Lycée" });
    const anonymized = await db.insertContact({ anonymizedAt: db.clock.now() });

    expect(codesOf(await set(writer(), structure.opaqueId, { SMS: "TRUE" }))).to.deep.equal([
      "AUTHORIZATION_NOT_APPLICABLE",
    ]);
    expect(codesOf(await set(writer(), anonymized.opaqueId, { SMS: "FALSE" }))).to.deep.equal(["CONTACT_ANONYMIZED"]);
  });

  it("refuses a code that is given twice, at the place of the repetition", async () => {
    const { id, opaqueId } = await db.insertContact();
    const pairs: [string, string][] = [
      ["SMS", "TRUE"],
      ["EMAIL", "TRUE"],
      ["SMS", "TRUE"],
      ["SMS", "FALSE"],
    ];

    const { userErrors, contact } = await set(writer({ locale: "fr" }), opaqueId, pairs);

    expect(userErrors.map(({ code, field, elementIndex }) => ({ code, field, elementIndex }))).to.deep.equal([
      { code: "DUPLICATE_CODE", field: ["authorizations", "code"], elementIndex: 2 },
      { code: "DUPLICATE_CODE", field: ["authorizations", "code"], elementIndex: 3 },
    ]);
    expect(userErrors[0]?.message).to.match(/^Le code SMS /);
    expect(contact).to.equal(null);
    expect(await auditOf(db, id)).to.deep.equal([]);
  });

  it("does not answer a flood of repetitions with a flood of errors", async () => {
    const { opaqueId } = await db.insertContact();
    const pairs = Array.from({ length: 5_000 }, (): [string, string] => ["SMS", "TRUE"]);

    expect((await set(writer(), opaqueId, pairs)).userErrors).to.have.length(7);
  });

  it("refuses an empty list", async () => {
    const { opaqueId } = await db.insertContact();

    expect(codesOf(await set(writer(), opaqueId, []))).to.deep.equal(["AUTHORIZATIONS_MISSING"]);
  });

  it("lets an invalid contact withdraw and nothing else: neither agree nor clear (F07, Q-16)", async () => {
    const { id, opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { SMS: "TRUE", PHONE: "TRUE", LETTER: "FALSE" });
    await db.owner.query("UPDATE contacts.contact SET validity_end_date = '2026-03-09' WHERE id = $1", [id]);
    await db.owner.query(
      "UPDATE marketing.contact_marketing SET validity_end_date = '2026-03-09' WHERE contact_id = $1",
      [id],
    );

    const refused = await set(writer(), opaqueId, { SMS: "FALSE", LETTER: "TRUE", EMAIL: "TRUE" });
    const cleared = await set(writer(), opaqueId, { LETTER: "EMPTY", PHONE: "EMPTY" });
    const withdrawn = await set(writer(), opaqueId, { SMS: "FALSE", LETTER: "FALSE", PHONE: "TRUE" });

    expect(refused.userErrors.map(({ code, elementIndex }) => [code, elementIndex])).to.deep.equal([
      ["CONTACT_INVALID", 1],
      ["CONTACT_INVALID", 2],
    ]);
    expect(codesOf(cleared)).to.deep.equal(["CONTACT_INVALID", "CONTACT_INVALID"]);
    expect(withdrawn.userErrors).to.deep.equal([]);
    expect(valuesOf(withdrawn.contact)).to.include({ SMS: "FALSE", LETTER: "FALSE", PHONE: "TRUE", EMAIL: "EMPTY" });
    expect((await auditOf(db, id)).slice(3)).to.deep.equal(["SMS true false"]);
  });

  it("gives no EMAIL to an invalid contact by the rule of 5.4", async () => {
    const { id, opaqueId } = await db.insertContact({ validityEndDate: "2026-03-09" });
    await db.owner.query(
      "UPDATE marketing.contact_marketing SET institution_email = true, sms = true WHERE contact_id = $1",
      [id],
    );

    const payload = await set(writer(), opaqueId, { INSTITUTION_EMAIL: "TRUE", SMS: "FALSE" });

    expect(payload.userErrors).to.deep.equal([]);
    expect(valuesOf(payload.contact)).to.include({ SMS: "FALSE", EMAIL: "EMPTY" });
  });

  it("takes the last day of validity for valid (D-07)", async () => {
    const { opaqueId } = await db.insertContact({ validityEndDate: "2026-03-10" });

    expect((await set(writer(), opaqueId, { SMS: "TRUE" })).userErrors).to.deep.equal([]);
  });

  it("takes the permission authorization:write", async () => {
    const { opaqueId } = await db.insertContact();

    const error = await set(contextOf(db, "contact:read"), opaqueId, { SMS: "TRUE" }).catch((reason) => reason);

    expect(error.extensions).to.include({ code: "FORBIDDEN", permission: "authorization:write" });
  });

  it("cannot be written by those from whom the field is withheld (ring 4)", async () => {
    const { opaqueId } = await db.insertContact();
    const raisedLevels = new Map([["Contact.authorizations", 1 as const]]);

    expect(codesOf(await set(writer({ raisedLevels }), opaqueId, { SMS: "TRUE" }))).to.deep.equal([
      "FIELD_NOT_AVAILABLE",
    ]);
  });
});
