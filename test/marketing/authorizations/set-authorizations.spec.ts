import { expect } from "chai";
import fc from "fast-check";
import { useDatabase } from "../../support/database.js";
import { auditOf, codesOf, set, writerOf } from "../changes.js";
import { contactsOf, valuesOf } from "../graph.js";

const codes = ["INSTITUTION_EMAIL", "THIRD_PARTY_TRANSFER", "PARTNER_COMMUNICATION", "EMAIL", "SMS", "PHONE", "LETTER"];

describe("setAuthorizations", () => {
  const db = useDatabase();

  const writer = (...wishes: Parameters<typeof db.contextWith>) => writerOf(db, ...wishes);

  it("sets what is named, leaves the rest, and answers with the contact as it is then", async () => {
    const { opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { PHONE: "TRUE" });

    const payload = await set(writer(), opaqueId, { SMS: "TRUE", LETTER: "FALSE" });

    expect(payload.userErrors).to.deep.equal([]);
    expect(payload.warnings).to.deep.equal([]);
    expect(payload.contact?.id).to.equal(opaqueId);
    expect(valuesOf(payload.contact)).to.include({ PHONE: "TRUE", SMS: "TRUE", LETTER: "FALSE", EMAIL: "EMPTY" });
  });

  it("reads the contact anew in the operation that changed it", async () => {
    const { opaqueId } = await db.insertContact();
    const context = writer();
    await contactsOf(context, [opaqueId]);

    const payload = await set(context, opaqueId, { SMS: "TRUE" });

    expect(valuesOf(payload.contact)).to.include({ SMS: "TRUE" });
  });

  it("writes who, when, how, old and new of what differs, and nothing of what does not", async () => {
    const { id, opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { SMS: "TRUE", LETTER: "FALSE" });
    db.clock.advance(1_000);

    await set(writer({ login: "ana" }), opaqueId, { SMS: "TRUE", LETTER: "EMPTY" });

    const { rows } = await db.owner.query(
      `SELECT at, actor, actor_kind, source, code, old_value, new_value FROM marketing.authorization_event
       WHERE contact_id = $1 AND actor = 'ana'`,
      [id],
    );
    expect(rows).to.deep.equal([
      {
        at: db.clock.now(),
        actor: "ana",
        actor_kind: "OPERATOR",
        source: "OPERATOR",
        code: "LETTER",
        old_value: false,
        new_value: null,
      },
    ]);
  });

  it("does not even write the row when nothing differs", async () => {
    const { id, opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { SMS: "TRUE" });
    const version = async () =>
      (await db.owner.query("SELECT xmin::text FROM marketing.contact_marketing WHERE contact_id = $1", [id])).rows[0];
    const before = await version();

    const payload = await set(writer(), opaqueId, { SMS: "TRUE", LETTER: "EMPTY" });

    expect(payload.userErrors).to.deep.equal([]);
    expect(await version()).to.deep.equal(before);
  });

  it("makes an EMPTY EMAIL TRUE with INSTITUTION_EMAIL, and says so in the audit (5.4)", async () => {
    const { id, opaqueId } = await db.insertContact();

    const payload = await set(writer(), opaqueId, { INSTITUTION_EMAIL: "TRUE" });

    expect(valuesOf(payload.contact)).to.include({ INSTITUTION_EMAIL: "TRUE", EMAIL: "TRUE" });
    expect(await auditOf(db, id)).to.deep.equal(["INSTITUTION_EMAIL empty true", "EMAIL empty true"]);
  });

  it("lets an EMAIL that is given win over the rule, EMPTY included, and never touches a FALSE one (5.4)", async () => {
    for (const value of ["EMPTY", "FALSE", "TRUE"]) {
      const { opaqueId } = await db.insertContact();
      const payload = await set(writer(), opaqueId, { INSTITUTION_EMAIL: "TRUE", EMAIL: value });
      expect(valuesOf(payload.contact)).to.include({ EMAIL: value });
    }
    const { opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { EMAIL: "FALSE" });

    const payload = await set(writer(), opaqueId, { INSTITUTION_EMAIL: "TRUE" });

    expect(valuesOf(payload.contact)).to.include({ INSTITUTION_EMAIL: "TRUE", EMAIL: "FALSE" });
  });

  it("applies the rule to no other value and no other code (5.4)", async () => {
    for (const [code, value] of [
      ["INSTITUTION_EMAIL", "FALSE"],
      ["INSTITUTION_EMAIL", "EMPTY"],
      ["SMS", "TRUE"],
    ]) {
      const { opaqueId } = await db.insertContact();
      const payload = await set(writer(), opaqueId, { [code!]: value! });
      expect(valuesOf(payload.contact)).to.include({ EMAIL: "EMPTY" });
    }
  });

  it("does what a simple model does, for any sequence of inputs, with an audit that leads from state to state", async () => {
    const value = fc.constantFrom("TRUE", "FALSE", "EMPTY");
    const input = fc.dictionary(fc.constantFrom(...codes), value, { minKeys: 1, noNullPrototype: true });

    await fc.assert(
      fc.asyncProperty(fc.array(input, { minLength: 1, maxLength: 4 }), async (inputs) => {
        const { id, opaqueId } = await db.insertContact();
        let model: Record<string, string> = Object.fromEntries(codes.map((code) => [code, "EMPTY"]));
        const trail: string[] = [];

        for (const each of inputs) {
          const next = { ...model, ...each };
          if (each.INSTITUTION_EMAIL === "TRUE" && !("EMAIL" in each) && model.EMAIL === "EMPTY") next.EMAIL = "TRUE";
          const { contact } = await set(writer(), opaqueId, each);

          expect(valuesOf(contact)).to.deep.equal(next);
          const changed = codes.filter((code) => next[code] !== model[code]);
          trail.push(...changed.map((code) => `${code} ${model[code]} ${next[code]}`.toLowerCase()));
          model = next;
        }
        expect((await auditOf(db, id)).map((entry) => entry.toLowerCase())).to.deep.equal(trail);
      }),
      { numRuns: 25 },
    );
  });

  it("changes once per idempotency key and answers a repeat with the contact of that moment", async () => {
    const { id, opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { SMS: "TRUE" }, "k1");
    await set(writer(), opaqueId, { SMS: "FALSE" });

    const repeat = await set(writer(), opaqueId, { SMS: "TRUE" }, "k1");
    const other = await set(writer(), opaqueId, { SMS: "EMPTY" }, "k1");

    expect(valuesOf(repeat.contact)).to.include({ SMS: "FALSE" });
    expect(codesOf(other)).to.deep.equal(["IDEMPOTENCY_KEY_REUSED"]);
    expect(await auditOf(db, id)).to.deep.equal(["SMS empty true", "SMS true false"]);
  });

  it("answers a repeat without the contact once it is out of the caller's sight", async () => {
    const { id, opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { SMS: "TRUE" }, "k2");
    await db.owner.query("UPDATE contacts.contact SET confidentiality_level = 1 WHERE id = $1", [id]);

    const repeat = await set(writer(), opaqueId, { SMS: "TRUE" }, "k2");

    expect(repeat).to.deep.equal({ contact: null, userErrors: [], warnings: [] });
  });

  it("does both of two changes that come at once, with an audit without gaps", async () => {
    const { id, opaqueId } = await db.insertContact();
    const values = ["TRUE", "FALSE", "TRUE", "FALSE", "EMPTY", "TRUE"];

    await Promise.all(values.map((value) => set(writer(), opaqueId, { SMS: value })));

    const trail = (await auditOf(db, id)).map((entry) => entry.split(" "));
    const [contact] = await contactsOf(writer(), [opaqueId]);
    expect(trail[0]?.[1]).to.equal("empty");
    for (const [index, [, old]] of trail.entries()) if (index > 0) expect(old).to.equal(trail[index - 1]?.[2]);
    expect(valuesOf(contact).SMS?.toLowerCase()).to.equal(trail.at(-1)?.[2]);
  });
});
