import { expect } from "chai";
import { ask } from "../support/ask.js";
import { useDatabase } from "../support/database.js";
import { removeAddress, setAddress, setEnd, setLevel, update } from "./operations.js";
import { auditOf, callerOf, changer, contactsSchema } from "./support.js";

describe("changes of a contact", () => {
  const db = useDatabase();
  const { writer, change, problemsOf } = changer(db);

  it("answers every mutation on an invisible contact as on an unknown one (F05)", async () => {
    const { opaqueId: hidden } = await db.insertContact({ level: 1 });
    const unknown = Buffer.from("Contact:999999999").toString("base64url");
    const inputs = (id: string): [string, object][] => [
      [update, { id, version: 1, lastName: "X" }],
      [setLevel, { id, level: "FREE" }],
      [setEnd, { id, validityEndDate: null }],
      [setAddress, { contactId: id, kind: "MAIN" }],
      [removeAddress, { contactId: id, kind: "MAIN" }],
    ];

    for (const [index, [mutation, input]] of inputs(hidden).entries()) {
      const refused = await change(mutation, input);
      expect(refused).to.deep.equal(await change(mutation, inputs(unknown)[index]![1]));
      expect(refused.userErrors[0].code).to.equal("CONTACT_NOT_FOUND");
    }
  });

  it("changes nothing of an anonymized contact", async () => {
    const { opaqueId: id } = await db.insertContact({ anonymizedAt: new Date(0) });

    expect(await problemsOf(update, { id, version: 1, lastName: "X" })).to.deep.equal(["CONTACT_ANONYMIZED id"]);
    expect(await problemsOf(setAddress, { contactId: id, kind: "MAIN" })).to.deep.equal([
      "CONTACT_ANONYMIZED contactId",
    ]);
  });

  describe("setConfidentialityLevel (F05)", () => {
    it("hides the contact at the next read, in marketing's copy too, and is audited", async () => {
      const { id, opaqueId } = await db.insertContact();

      await change(setLevel, { id: opaqueId, level: "RESTRICTED" }, writer({ clearance: 1 }));

      const free = await ask(
        await contactsSchema(),
        callerOf(db, "contact:read"),
        `query ($id: ID!) { contact(id: $id) { id } }`,
        {
          id: opaqueId,
        },
      );
      expect(free).to.deep.equal({ contact: null });
      const copy = await db.owner.query(
        `SELECT confidentiality_level AS level FROM marketing.contact_marketing WHERE contact_id = $1`,
        [id],
      );
      expect(copy.rows).to.deep.equal([{ level: 1 }]);
      expect((await auditOf(db, id)).map(({ field, old, new: now }) => [field, old, now])).to.deep.equal([
        ["confidentialityLevel", "FREE", "RESTRICTED"],
      ]);
    });

    it("gives no level above the caller's own clearance", async () => {
      const { opaqueId: id } = await db.insertContact();

      expect(await problemsOf(setLevel, { id, level: "CONFIDENTIAL" }, writer({ clearance: 1 }))).to.deep.equal([
        "LEVEL_ABOVE_CLEARANCE level",
      ]);
    });
  });

  it("invalidates from the day after the end date on, and revalidates (F07)", async () => {
    const { opaqueId: id } = await db.insertContact();
    db.clock.set("2025-01-10T12:00:00Z");

    expect((await change(setEnd, { id, validityEndDate: "2025-01-09" })).contact).to.deep.equal({
      isValid: false,
      validityEndDate: "2025-01-09",
    });
    expect((await change(setEnd, { id, validityEndDate: null })).contact).to.deep.equal({
      isValid: true,
      validityEndDate: null,
    });
  });

  describe("addresses (F20)", () => {
    it("has one of each kind: a second one takes the place of the first", async () => {
      const { id, opaqueId: contactId } = await db.insertContact();
      await change(setAddress, { contactId, kind: "MAIN", street1: "Rue 1", town: "Bern" });

      const { contact } = await change(setAddress, { contactId, kind: "MAIN", street1: "Rue 2", country: "FR" });

      expect(contact).to.deep.equal({
        version: 3,
        addresses: [{ kind: "MAIN", street1: "Rue 2", town: null, country: "FR" }],
      });
      expect((await auditOf(db, id)).map(({ key, field, old, new: now }) => [key, field, old, now])).to.deep.equal([
        ["MAIN", "street1", null, "Rue 1"],
        ["MAIN", "town", null, "Bern"],
        ["MAIN", "country", null, "CH"],
        ["MAIN", "street1", "Rue 1", "Rue 2"],
        ["MAIN", "town", "Bern", null],
        ["MAIN", "country", "CH", "FR"],
      ]);
    });

    it("are not overwritten by an operator who has seen others, where he says what he has seen", async () => {
      const { opaqueId: contactId } = await db.insertContact();
      await change(setAddress, { contactId, kind: "MAIN", town: "Bern", version: 1 });

      for (const [mutation, input] of [
        [setAddress, { town: "Chur" }],
        [removeAddress, {}],
      ] as const)
        expect(await problemsOf(mutation, { contactId, kind: "MAIN", version: 1, ...input })).to.deep.equal([
          "VERSION_CONFLICT version",
        ]);
      const { contact } = await change(setAddress, { contactId, kind: "MAIN", town: "Chur", version: 2 });
      expect(contact.addresses).to.deep.equal([{ kind: "MAIN", street1: null, town: "Chur", country: "CH" }]);
    });

    it("may lose the main one while others stay; a missing one is said", async () => {
      const { opaqueId: contactId } = await db.insertContact();
      for (const kind of ["MAIN", "DELIVERY"]) await change(setAddress, { contactId, kind });

      expect((await change(removeAddress, { contactId, kind: "MAIN" })).contact.addresses).to.deep.equal([
        { kind: "DELIVERY" },
      ]);
      expect(await problemsOf(removeAddress, { contactId, kind: "MAIN" })).to.deep.equal(["ADDRESS_NOT_FOUND kind"]);
    });
  });
});
