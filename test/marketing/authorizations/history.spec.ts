import { expect } from "chai";
import fc from "fast-check";
import { useDatabase } from "../../support/database.js";
import { set, writerOf } from "../changes.js";
import { ask } from "../graph.js";
import { fieldsOf } from "./ledgers.js";

const dayMs = 86_400_000;
const codes = ["INSTITUTION_EMAIL", "THIRD_PARTY_TRANSFER", "PARTNER_COMMUNICATION", "EMAIL", "SMS", "PHONE", "LETTER"];

describe("what a contact authorized before", () => {
  const db = useDatabase();
  beforeEach(() => db.clock.set("2026-03-10T09:00:00.000Z"));

  const writer = (...wishes: Parameters<typeof db.contextWith>) => writerOf(db, ...wishes);

  const asOf = async (id: string, day: string, context = writer()): Promise<Record<string, string> | null> => {
    const contact = await fieldsOf(context, id, `consentAsOf(date: "${day}") { code value }`);
    const values = contact.consentAsOf as { code: string; value: string }[] | null;
    return values && Object.fromEntries(values.map(({ code, value }) => [code, value]));
  };

  describe("consentAsOf", () => {
    it("is what stood when the day ended where the institution is, all seven in their order", async () => {
      const { opaqueId } = await db.insertContact();
      await set(writer(), opaqueId, { SMS: "TRUE" });
      // 23:30 in Zurich, and an hour later the next day
      db.clock.set("2026-03-11T22:30:00.000Z");
      await set(writer(), opaqueId, { SMS: "FALSE" });
      db.clock.set("2026-03-11T23:30:00.000Z");
      await set(writer(), opaqueId, { SMS: "EMPTY", PHONE: "TRUE" });

      expect(Object.keys((await asOf(opaqueId, "2026-03-10")) ?? {})).to.deep.equal(codes);
      expect(await asOf(opaqueId, "2026-03-09")).to.include({ SMS: "EMPTY", PHONE: "EMPTY" });
      expect(await asOf(opaqueId, "2026-03-10")).to.include({ SMS: "TRUE", PHONE: "EMPTY" });
      expect(await asOf(opaqueId, "2026-03-11")).to.include({ SMS: "FALSE", PHONE: "EMPTY" });
      expect(await asOf(opaqueId, "2026-03-12")).to.include({ SMS: "EMPTY", PHONE: "TRUE" });
      expect(await asOf(opaqueId, "2099-01-01")).to.include({ SMS: "EMPTY", PHONE: "TRUE" });
    });

    it("is, for any sequence of changes, what the contact authorized at the end of each day", async () => {
      const value = fc.constantFrom("TRUE", "FALSE", "EMPTY");
      const input = fc.dictionary(fc.constantFrom(...codes), value, { minKeys: 1, noNullPrototype: true });

      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(input, { maxLength: 3 }), { minLength: 1, maxLength: 4 }), async (days) => {
          db.clock.set("2026-03-10T09:00:00.000Z");
          const { opaqueId } = await db.insertContact();
          const ends: [string, unknown][] = [];
          for (const inputs of days) {
            for (const each of inputs) await set(writer(), opaqueId, each);
            const { authorizations } = await fieldsOf(writer(), opaqueId, "authorizations { code value }");
            ends.push([db.clock.now().toISOString().slice(0, 10), authorizations]);
            db.clock.advance(dayMs);
          }

          for (const [day, authorizations] of ends) {
            const { consentAsOf } = await fieldsOf(writer(), opaqueId, `consentAsOf(date: "${day}") { code value }`);
            expect(consentAsOf).to.deep.equal(authorizations);
          }
        }),
        { numRuns: 15 },
      );
    });

    it("is empty for a structure and null for an anonymized contact", async () => {
      const structure = await db.insertContact({ structureName: "School" });
      const gone = await db.insertContact({ anonymizedAt: db.clock.now() });

      expect(await asOf(structure.opaqueId, "2026-03-10")).to.deep.equal({});
      expect(await asOf(gone.opaqueId, "2026-03-10")).to.equal(null);
    });

    it("is withheld with the authorizations themselves (ring 4)", async () => {
      const { opaqueId } = await db.insertContact();
      await set(writer(), opaqueId, { SMS: "TRUE" });
      const raisedLevels = new Map([["Contact.authorizations", 1 as const]]);
      const fields = `consentAsOf(date: "2026-03-10") { code } authorizationHistory(first: 5) { nodes { code } }`;

      expect(await fieldsOf(writer({ raisedLevels }), opaqueId, fields)).to.deep.equal({
        id: opaqueId,
        consentAsOf: null,
        authorizationHistory: null,
      });
    });
  });

  describe("authorizationHistory", () => {
    const nodes = `nodes { id at code oldValue newValue actor actorKind source isAutomatic isVerified
      wording { locale version text } }`;

    it("shows each change with who, when, how, old and new, the newest first", async () => {
      const { opaqueId } = await db.insertContact();
      await set(writer({ login: "ana" }), opaqueId, { INSTITUTION_EMAIL: "TRUE" });
      db.clock.advance(1_000);
      await set(writer({ login: "bo", source: "SAM" }), opaqueId, { INSTITUTION_EMAIL: "FALSE" });

      const { authorizationHistory } = await fieldsOf(
        writer(),
        opaqueId,
        `authorizationHistory(first: 10) { ${nodes} }`,
      );

      const shown = authorizationHistory.nodes.map(({ id, ...rest }: { id: string }) => {
        expect(id).to.match(/^[A-Za-z][\w-]+$/);
        return rest;
      });
      const common = { actorKind: "OPERATOR", isVerified: true, wording: null };
      const first = { ...common, at: "2026-03-10T09:00:00.000Z", actor: "ana", source: "OPERATOR", oldValue: "EMPTY" };
      expect(shown).to.deep.equal([
        {
          ...{ ...common, at: "2026-03-10T09:00:01.000Z", actor: "bo", source: "SAM", code: "INSTITUTION_EMAIL" },
          ...{ oldValue: "TRUE", newValue: "FALSE", isAutomatic: false },
        },
        { ...first, code: "EMAIL", newValue: "TRUE", isAutomatic: true },
        { ...first, code: "INSTITUTION_EMAIL", newValue: "TRUE", isAutomatic: false },
      ]);
    });

    it("goes on page by page, without gaps and repetitions", async () => {
      const { opaqueId } = await db.insertContact();
      for (const value of ["TRUE", "FALSE", "EMPTY", "TRUE", "FALSE"]) await set(writer(), opaqueId, { SMS: value });

      const seen: string[] = [];
      let after = "";
      for (;;) {
        const fields = `authorizationHistory(first: 2${after}) { nodes { newValue } pageInfo { hasNextPage endCursor } }`;
        const { authorizationHistory } = await fieldsOf(writer(), opaqueId, fields);
        seen.push(...authorizationHistory.nodes.map(({ newValue }: { newValue: string }) => newValue));
        if (!authorizationHistory.pageInfo.hasNextPage) break;
        after = `, after: "${authorizationHistory.pageInfo.endCursor}"`;
      }

      expect(seen).to.deep.equal(["FALSE", "TRUE", "EMPTY", "FALSE", "TRUE"]);
    });

    it("refuses a page that cannot be asked for", async () => {
      const { opaqueId } = await db.insertContact();

      for (const wish of [`first: 0`, `first: 101`, `first: 5, after: "x"`, `first: 5, after: "WyJ4Il0"`]) {
        const error = await fieldsOf(writer(), opaqueId, `authorizationHistory(${wish}) { nodes { id } }`).catch(
          (e) => e,
        );
        expect(error.extensions?.code, wish).to.equal("BAD_USER_INPUT");
      }
    });

    it("names himself to an internet user, and nobody else", async () => {
      const { id, opaqueId } = await db.insertContact();
      const himself = () => writer({ kind: "CONTACT", login: opaqueId, ownContactId: id, clearance: 2 });
      await set(writer(), opaqueId, { SMS: "TRUE" });
      await set(himself(), opaqueId, { SMS: "FALSE" });

      const fields = "authorizationHistory(first: 5) { nodes { actor actorKind } }";
      const { authorizationHistory } = await fieldsOf(himself(), opaqueId, fields);

      expect(authorizationHistory.nodes).to.deep.equal([
        { actor: opaqueId, actorKind: "CONTACT" },
        { actor: null, actorKind: "OPERATOR" },
      ]);
    });
  });

  it("of a contact that the caller does not see does not exist for him (F05)", async () => {
    const { opaqueId } = await db.insertContact({ level: 1 });
    await set(writer({ clearance: 1 }), opaqueId, { SMS: "TRUE" });

    expect(await fieldsOf(writer(), opaqueId, `consentAsOf(date: "2026-03-10") { code }`)).to.equal(null);
    const { data } = await ask(writer(), `query ($id: ID!) { consentReceipt(contactId: $id) { json } }`, {
      id: opaqueId,
    });
    expect(data?.consentReceipt).to.equal(null);
  });
});
