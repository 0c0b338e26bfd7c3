import { expect } from "chai";
import type { GraphQLSchema } from "graphql";
import type { Clearance } from "../../src/platform/access/clearance.js";
import type { OperationContext } from "../../src/platform/context.js";
import { ask } from "../support/ask.js";
import { useDatabase } from "../support/database.js";
import { auditOf, callerOf, contactsSchema } from "./support.js";

const errors = `userErrors { code field message elementIndex }`;
const create = `mutation ($input: CreateContactInput!) { createContact(input: $input) {
  contact { id version lastName email roles confidentialityLevel addresses { kind street1 town country } } ${errors} } }`;
const update = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { contact { version lastName email phone } ${errors} } }`;
const setLevel = `mutation ($input: SetConfidentialityLevelInput!) { setConfidentialityLevel(input: $input) { contact { confidentialityLevel } ${errors} } }`;
const setEnd = `mutation ($input: SetValidityEndDateInput!) { setValidityEndDate(input: $input) { contact { isValid validityEndDate } ${errors} } }`;
const setAddress = `mutation ($input: SetAddressInput!) { setAddress(input: $input) { contact { version addresses { kind street1 town country } } ${errors} } }`;
const removeAddress = `mutation ($input: RemoveAddressInput!) { removeAddress(input: $input) { contact { addresses { kind } } ${errors} } }`;

describe("changes of a contact", () => {
  const db = useDatabase();
  let schema: GraphQLSchema;
  before(async () => {
    schema = await contactsSchema();
  });

  const writer = (wish: object = {}) =>
    callerOf(db, "contact:read", "contact:write", "contact:confidentiality", { login: "op-7", ...wish });

  /** The payload of the mutation's only field. */
  async function change(mutation: string, input: object, context: OperationContext = writer()) {
    const answer = await ask(schema, context, mutation, { input });
    return Object.values(answer)[0];
  }

  async function problemsOf(mutation: string, input: object, context?: OperationContext): Promise<string[]> {
    const { contact, userErrors } = await change(mutation, input, context);
    expect(contact, "contact").to.equal(null);
    return userErrors.map(
      ({ code, field, elementIndex }: { code: string; field: string[]; elementIndex: number | null }) =>
        [code, field.join("."), elementIndex].filter((part) => part !== null && part !== "").join(" "),
    );
  }

  describe("createContact", () => {
    it("makes a FREE contact with role PUBLIC, its addresses and marketing's copy (F05)", async () => {
      const { contact, userErrors } = await change(create, {
        type: "INDIVIDUAL",
        lastName: "  Ferrand ",
        email: "ferrand@example.org",
        addresses: [
          { kind: "MAIN", street1: "Rue 1", town: "Lausanne" },
          { kind: "INVOICE", country: "FR" },
        ],
      });

      expect(userErrors).to.deep.equal([]);
      expect(contact).to.deep.include({
        lastName: "Ferrand",
        version: 1,
        roles: ["PUBLIC"],
        confidentialityLevel: "FREE",
      });
      expect(contact.addresses).to.deep.equal([
        { kind: "MAIN", street1: "Rue 1", town: "Lausanne", country: "CH" },
        { kind: "INVOICE", street1: null, town: null, country: "FR" },
      ]);
      const { rows } = await db.owner.query(
        `SELECT m.contact_type FROM marketing.contact_marketing m JOIN contacts.contact c ON c.id = m.contact_id WHERE c.email = 'ferrand@example.org'`,
      );
      expect(rows).to.deep.equal([{ contact_type: "INDIVIDUAL" }]);
    });

    it("names each problem with its field, and writes nothing", async () => {
      const before = await db.owner.query(`SELECT count(*) FROM contacts.contact`);

      expect(await problemsOf(create, { type: "INDIVIDUAL" })).to.deep.equal(["FIELD_REQUIRED lastName"]);
      expect(await problemsOf(create, { type: "STRUCTURE", structureName: "A", firstName: "B" })).to.deep.equal([
        "FIELD_NOT_APPLICABLE firstName",
      ]);
      expect(
        await problemsOf(create, {
          type: "INDIVIDUAL",
          lastName: "A1",
          email: "a@b",
          phone: "x",
          birthDate: "2999-01-01",
          language: "zz",
          referenceCode: "x".repeat(61),
        }),
      ).to.deep.equal([
        "INVALID_NAME lastName",
        "INVALID_EMAIL email",
        "INVALID_PHONE phone",
        "INVALID_DATE birthDate",
        "UNKNOWN_LANGUAGE language",
        "VALUE_TOO_LONG referenceCode",
      ]);
      expect(await problemsOf(create, { type: "INDIVIDUAL", lastName: "A\u0000B" })).to.deep.equal([
        "INVALID_CHARACTERS lastName",
      ]);
      expect(await problemsOf(create, { type: "INDIVIDUAL", lastName: "A\ud800" })).to.deep.equal([
        "INVALID_CHARACTERS lastName",
      ]);
      expect(
        await problemsOf(create, {
          type: "INDIVIDUAL",
          lastName: "A",
          addresses: [{ kind: "MAIN" }, { kind: "MAIN", country: "UK" }],
        }),
      ).to.deep.equal(["DUPLICATE_ADDRESS_KIND addresses.kind 1", "UNKNOWN_COUNTRY addresses.country 1"]);

      const after = await db.owner.query(`SELECT count(*) FROM contacts.contact`);
      expect(after.rows).to.deep.equal(before.rows);
    });

    it("says what was wrong in the caller's language, without the value", async () => {
      const { userErrors } = await change(
        create,
        { type: "INDIVIDUAL", lastName: "A", email: "secret@x" },
        writer({ locale: "fr" }),
      );

      expect(userErrors[0].message)
        .to.match(/adresse e-mail/)
        .and.not.to.match(/secret/);
    });

    it("makes one contact for one idempotency key", async () => {
      const input = { type: "INDIVIDUAL", lastName: "Einmal", idempotencyKey: "once" };

      const answers = await Promise.all([change(create, input), change(create, input)]);

      expect(new Set(answers.map(({ contact }) => contact.id)).size).to.equal(1);
      expect(await problemsOf(create, { ...input, lastName: "Anders" })).to.deep.equal([
        "IDEMPOTENCY_KEY_REUSED idempotencyKey",
      ]);
    });
  });

  describe("updateContact", () => {
    it("changes what is given, clears what is null, keeps the rest, and counts the version up", async () => {
      const { opaqueId: id } = await db.insertContact({ lastName: "Alt", email: "a@example.org", phone: "021 1" });

      const { contact } = await change(update, { id, version: 1, lastName: "Neu", email: null });

      expect(contact).to.deep.equal({ version: 2, lastName: "Neu", email: null, phone: "021 1" });
    });

    it("keeps version and audit when nothing differs", async () => {
      const { id, opaqueId } = await db.insertContact({ lastName: "Gleich" });

      const { contact } = await change(update, { id: opaqueId, version: 1, lastName: "Gleich " });

      expect(contact.version).to.equal(1);
      expect(await auditOf(db, id)).to.deep.equal([]);
    });

    it("refuses a change that is based on another version: two operators do not overwrite each other", async () => {
      const { opaqueId: id } = await db.insertContact({ lastName: "Zwei" });

      const answers = await Promise.all(
        ["A", "B"].map((firstName) => change(update, { id, version: 1, lastName: `Zwei${firstName}` })),
      );

      expect(answers.map(({ userErrors }) => userErrors.length).sort()).to.deep.equal([0, 1]);
      expect(await problemsOf(update, { id, version: 1, lastName: "Drei" })).to.deep.equal([
        "VERSION_CONFLICT version",
      ]);
    });

    it("keeps the name that the type needs, and refuses an empty change", async () => {
      const { opaqueId: id } = await db.insertContact({ lastName: "Name" });

      expect(await problemsOf(update, { id, version: 1, lastName: " " })).to.deep.equal(["FIELD_REQUIRED lastName"]);
      expect(await problemsOf(update, { id, version: 1 })).to.deep.equal(["NOTHING_TO_CHANGE"]);
      expect(await problemsOf(update, { id, version: 1, structureName: "X" })).to.deep.equal([
        "FIELD_NOT_APPLICABLE structureName",
      ]);
    });

    it("audits each changed field once, with who, how, old and new (F27)", async () => {
      const { id, opaqueId } = await db.insertContact({ lastName: "Vor", phone: "021 1" });

      await change(update, { id: opaqueId, version: 1, lastName: "Nach", phone: "021 1", birthDate: "1990-02-03" });

      const common = { entity: "Contact", key: null, actor: "op-7", source: "OPERATOR" };
      expect(await auditOf(db, id)).to.deep.equal([
        { ...common, field: "lastName", old: "Vor", new: "Nach" },
        { ...common, field: "birthDate", old: null, new: "1990-02-03" },
      ]);
    });

    it("refuses to write a withheld field, whatever its value is", async () => {
      const { opaqueId: id } = await db.insertContact({ lastName: "Blind", email: "blind@example.org" });
      const context = writer({ raisedLevels: new Map<string, Clearance>([["Contact.email", 1]]) });

      for (const email of ["blind@example.org", "other@example.org", null]) {
        expect(await problemsOf(update, { id, version: 1, email }, context)).to.deep.equal([
          "FIELD_NOT_AVAILABLE email",
        ]);
      }
    });
  });

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

      const free = await ask(schema, callerOf(db, "contact:read"), `query ($id: ID!) { contact(id: $id) { id } }`, {
        id: opaqueId,
      });
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
