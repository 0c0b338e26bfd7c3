import { expect } from "chai";
import fc from "fast-check";
import { lockVisibleContacts } from "../../../src/contacts/index.js";
import { AuthorizationCode, authorizationCodes } from "../../../src/marketing/authorizations/authorization.js";
import {
  type AuthorizationChange,
  applyAuthorizations,
  type LedgerNote,
} from "../../../src/marketing/authorizations/ledger.sql.js";
import { useDatabase } from "../../support/database.js";
import { codesOf, set, writerOf } from "../changes.js";
import { valuesOf } from "../graph.js";
import { activityOf, brokenChains, rowAndLedger } from "./ledgers.js";

const { INSTITUTION_EMAIL, EMAIL, SMS, PHONE } = AuthorizationCode;
const valueNames = new Map<boolean | null, string>([
  [true, "TRUE"],
  [false, "FALSE"],
  [null, "EMPTY"],
]);

describe("the ledger of authorizations", () => {
  const db = useDatabase();

  const writer = (...wishes: Parameters<typeof db.contextWith>) => writerOf(db, ...wishes);

  const apply = (changes: readonly AuthorizationChange[], note?: LedgerNote, visible = changes) =>
    writer().transaction(async (sql) =>
      applyAuthorizations(
        sql,
        await lockVisibleContacts(
          sql,
          visible.map((each) => each.contactId),
        ),
        changes,
        note,
      ),
    );

  const entriesOf = async (contactId: string) => {
    const { rows } = await db.owner.query(
      `SELECT code, new_value AS value, source, job_id AS job, wording_locale AS locale, wording_version AS version,
         is_automatic AS automatic, is_verified AS verified, actor, actor_kind AS kind
       FROM marketing.authorization_event WHERE contact_id = $1 ORDER BY id`,
      [contactId],
    );
    return rows;
  };

  describe("in the database", () => {
    const refused = async (statement: string) =>
      writer()
        .transaction((sql) => sql.query(`/* attempt */ ${statement}`))
        .then(
          ({ rowCount }) => rowCount,
          (error) => error.code,
        );

    it("refuses to be changed, deleted from and emptied by the role that serves", async () => {
      const { opaqueId } = await db.insertContact();
      await set(writer(), opaqueId, { SMS: "TRUE" });

      for (const statement of [
        "UPDATE marketing.authorization_change SET is_true = 0",
        "DELETE FROM marketing.authorization_change",
        "TRUNCATE marketing.authorization_change",
        "UPDATE marketing.authorization_wording SET text = 'another'",
        "DELETE FROM marketing.authorization_wording",
      ])
        expect(await refused(statement), statement).to.equal("42501");
    });

    it("shows its rows to no UPDATE or DELETE even when somebody grants them: no policy lets them", async () => {
      const { opaqueId } = await db.insertContact();
      await set(writer(), opaqueId, { SMS: "TRUE" });
      await db.owner.query("GRANT UPDATE, DELETE ON marketing.authorization_change TO contact_file_app");

      try {
        expect(await refused("UPDATE marketing.authorization_change SET is_true = 0")).to.equal(0);
        expect(await refused("DELETE FROM marketing.authorization_change")).to.equal(0);
      } finally {
        await db.owner.query("REVOKE UPDATE, DELETE ON marketing.authorization_change FROM contact_file_app");
      }
    });
  });

  it("says who wrote how, for which import, what was shown, and whether the value before was checked", async () => {
    const { id } = await db.insertContact();
    await db.owner.query(
      `INSERT INTO marketing.authorization_wording (institution_id, code, locale, version, text, actor, actor_kind)
       VALUES ($1, 'SMS', 'fr', 7, 'Par SMS ?', 'dpo', 'OPERATOR')`,
      [db.home.id],
    );

    await apply(
      [
        {
          contactId: id,
          values: new Map([
            [SMS, true],
            [PHONE, false],
          ]),
          unverified: new Set([PHONE]),
        },
      ],
      {
        source: "IMPORT",
        jobId: "77",
        wordings: new Map([[SMS, { locale: "fr", version: 7 }]]),
      },
    );

    const common = { source: "IMPORT", job: "77", automatic: false, actor: "test.operator", kind: "OPERATOR" };
    expect(await entriesOf(id)).to.deep.equal([
      { ...common, code: "SMS", value: true, locale: "fr", version: 7, verified: true },
      { ...common, code: "PHONE", value: false, locale: null, version: null, verified: false },
    ]);
  });

  it("marks the EMAIL that follows INSTITUTION_EMAIL as nobody's word (5.4)", async () => {
    const { id } = await db.insertContact();

    await apply([{ contactId: id, values: new Map([[INSTITUTION_EMAIL, true]]) }]);

    expect((await entriesOf(id)).map(({ code, automatic }) => [code, automatic])).to.deep.equal([
      ["INSTITUTION_EMAIL", false],
      ["EMAIL", true],
    ]);
  });

  it("applies the rule to many at once, each by what he has: EMPTY follows, FALSE and TRUE stay (5.4)", async () => {
    const people = [await db.insertContact(), await db.insertContact(), await db.insertContact()];
    const [empty, refusing, agreeing] = people.map(({ id }) => id) as [string, string, string];
    await apply([
      { contactId: refusing, values: new Map([[EMAIL, false]]) },
      { contactId: agreeing, values: new Map([[EMAIL, true]]) },
    ]);

    const events = await apply(
      people.map(({ id }) => ({ contactId: id, values: new Map([[INSTITUTION_EMAIL, true]]) })),
    );

    expect(events.filter(({ code }) => code === EMAIL).map(({ contactId }) => contactId)).to.deep.equal([empty]);
    expect((await rowAndLedger(db, [empty, refusing, agreeing])).map(({ row }) => row.split(" ")[3])).to.deep.equal([
      "true",
      "false",
      "true",
    ]);
  });

  it("changes nobody who was not seen to be visible (ring 3)", async () => {
    const seen = await db.insertContact();
    const hidden = await db.insertContact({ level: 1 });
    const changes = [seen, hidden].map(({ id }) => ({ contactId: id, values: new Map([[SMS, true]]) }));

    const events = await apply(changes);

    expect(events.map(({ contactId }) => contactId)).to.deep.equal([seen.id]);
    expect(await entriesOf(hidden.id)).to.deep.equal([]);
  });

  it("replayed gives what each contact authorizes, whatever was written, by whomever and however many at once", async () => {
    const value = fc.constantFrom(true, false, null);
    const values = fc.dictionary(fc.constantFrom(...authorizationCodes), value, { minKeys: 1, noNullPrototype: true });
    const step = fc.record({ whom: fc.subarray([0, 1, 2], { minLength: 1 }), values, isBulk: fc.boolean() });

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const people = await Promise.all([0, 1, 2].map(() => db.insertContact()));

        await Promise.all(
          steps.map(async ({ whom, values: given, isBulk }) => {
            const entries = Object.entries(given) as [AuthorizationCode, boolean | null][];
            const chosen = whom.map((index) => people[index]!);
            if (isBulk) return apply(chosen.map(({ id }) => ({ contactId: id, values: new Map(entries) })));
            const named = Object.fromEntries(entries.map(([code, each]) => [code, valueNames.get(each)!]));
            return set(writer(), chosen[0]!.opaqueId, named);
          }),
        );

        for (const { row, ledger } of await rowAndLedger(
          db,
          people.map(({ id }) => id),
        ))
          expect(ledger).to.equal(row);
        expect(await brokenChains(db)).to.equal(0);
      }),
      { numRuns: 20 },
    );
  });

  describe("of an internet user", () => {
    const himself = ({ id, opaqueId }: { id: string; opaqueId: string }, communityIds: string[] = []) =>
      writer({ kind: "CONTACT", login: opaqueId, ownContactId: id, clearance: 2, communityIds });

    it("takes what he sets himself, in his name, with source CONTACT", async () => {
      const contact = await db.insertContact();

      const payload = await set(himself(contact), contact.opaqueId, { SMS: "TRUE" });

      expect(valuesOf(payload.contact)).to.include({ SMS: "TRUE" });
      const [entry] = await entriesOf(contact.id);
      expect(entry).to.include({ source: "CONTACT", kind: "CONTACT", actor: contact.opaqueId });
      expect(await activityOf(db, contact.id)).to.deep.equal(["2026-03-10 AUTHORIZATION CONTACT"]);
    });

    it("takes nothing that he sets for others, whether he sees them or not", async () => {
      const [owner, member, stranger] = await Promise.all([1, 2, 3].map(() => db.insertContact()));

      for (const { opaqueId } of [member!, stranger!])
        expect(codesOf(await set(himself(owner!, [member!.id]), opaqueId, { SMS: "TRUE" }))).to.deep.equal([
          "AUTHORIZATIONS_OF_OTHERS",
        ]);
      expect(await entriesOf(member!.id)).to.deep.equal([]);
    });
  });
});
