import { expect } from "chai";
import { useDatabase } from "../support/database.js";
import { marketingPort } from "../support/marketing.js";

describe("copyContacts", () => {
  const db = useDatabase();

  const copyOf = async (id: string) => {
    const { rows } = await db.owner.query(
      `SELECT contact_type, confidentiality_level, validity_end_date::text, sms, bounce_status, xmin::text
       FROM marketing.contact_marketing WHERE contact_id = $1`,
      [id],
    );
    return rows[0];
  };

  it("makes the row of a new contact, with every authorization EMPTY", async () => {
    const { id } = await db.insertContact({ level: 1, validityEndDate: "2026-12-31" });
    await db.owner.query("DELETE FROM marketing.contact_marketing WHERE contact_id = $1", [id]);

    await db.contextWith({ clearance: 1 }).transaction((sql) => marketingPort.copyContacts(sql, [id]));

    expect(await copyOf(id)).to.include({
      contact_type: "INDIVIDUAL",
      confidentiality_level: 1,
      validity_end_date: "2026-12-31",
      sms: null,
      bounce_status: 0,
    });
  });

  it("brings many rows up to date at once and leaves what marketing owns, and what is right", async () => {
    const changed = await db.insertContact();
    const same = await db.insertContact();
    await db.owner.query("UPDATE marketing.contact_marketing SET sms = false, bounce_status = 2");
    await db.owner.query(
      "UPDATE contacts.contact SET confidentiality_level = 2, validity_end_date = '2026-01-31' WHERE id = $1",
      [changed.id],
    );
    const before = await copyOf(same.id);

    await db.contextWith({ clearance: 2 }).transaction((sql) => marketingPort.copyContacts(sql, [changed.id, same.id]));

    expect(await copyOf(changed.id)).to.include({
      confidentiality_level: 2,
      validity_end_date: "2026-01-31",
      sms: false,
      bounce_status: 2,
    });
    expect(await copyOf(same.id)).to.deep.equal(before);
  });

  it("knows by which ways a contact is reached (5.2 G4), whichever number it is that can be phoned", async () => {
    const reached = async (wish: Record<string, string>, ...addresses: string[]) => {
      const { id } = await db.insertContact(wish);
      for (const sql of addresses) await db.owner.query(sql, [db.home.id, id]);
      await db.owner.query(
        "UPDATE marketing.contact_marketing SET has_email = NOT has_email, has_mobile = NOT has_mobile, has_phone = NOT has_phone WHERE contact_id = $1",
        [id],
      );
      await db.context.transaction((sql) => marketingPort.copyContacts(sql, [id]));
      const { rows } = await db.owner.query(
        "SELECT has_email, has_mobile, has_phone, has_postal_address FROM marketing.contact_marketing WHERE contact_id = $1",
        [id],
      );
      return Object.values(rows[0]);
    };
    const insert = "INSERT INTO contacts.contact_address (institution_id, contact_id, kind, town, country) VALUES";

    expect(await reached({ email: "a@example.org" })).to.deep.equal([true, false, false, false]);
    expect(await reached({ mobile: "+41791234567" })).to.deep.equal([false, true, true, false]);
    expect(await reached({ phone: "+41211234567" })).to.deep.equal([false, false, true, false]);
    expect(await reached({}, `${insert} ($1, $2, 'DELIVERY', 'Lausanne', 'CH')`)).to.deep.equal([
      false,
      false,
      false,
      true,
    ]);
    expect(await reached({}, `${insert} ($1, $2, 'MAIN', NULL, 'CH')`)).to.deep.equal([false, false, false, false]);
  });

  it("has one number for each e-mail address, however it is written, and none without one (5.2 G7)", async () => {
    const hashOf = async (email?: string) => {
      const { id } = await db.insertContact(email === undefined ? {} : { email });
      await db.owner.query("UPDATE marketing.contact_marketing SET email_hash = 1 WHERE contact_id = $1", [id]);
      await db.context.transaction((sql) => marketingPort.copyContacts(sql, [id]));
      const { rows } = await db.owner.query<{ hash: string | null }>(
        "SELECT email_hash AS hash FROM marketing.contact_marketing WHERE contact_id = $1",
        [id],
      );
      return rows[0]!.hash;
    };

    const [plain, same, other, none] = [
      await hashOf("ana@example.org"),
      await hashOf("Ana@Example.org "),
      await hashOf("anna@example.org"),
      await hashOf(),
    ];

    expect(plain).to.match(/^-?\d{10,}$/);
    expect([same === plain, other === plain, none]).to.deep.equal([true, false, null]);
  });

  it("copies nothing of contacts that the caller does not see, and nothing of other institutions", async () => {
    const hidden = await db.insertContact({ level: 1 });
    const foreign = await db.insertContact({ institution: await db.institution() });
    await db.owner.query("DELETE FROM marketing.contact_marketing WHERE contact_id = ANY($1)", [
      [hidden.id, foreign.id],
    ]);

    await db.context.transaction((sql) => marketingPort.copyContacts(sql, [hidden.id, foreign.id]));

    expect([await copyOf(hidden.id), await copyOf(foreign.id)]).to.deep.equal([undefined, undefined]);
  });
});
