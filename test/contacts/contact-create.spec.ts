import { expect } from "chai";
import { useDatabase } from "../support/database.js";
import { create } from "./operations.js";
import { changer } from "./support.js";

describe("createContact", () => {
  const db = useDatabase();
  const { writer, change, problemsOf } = changer(db);

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
