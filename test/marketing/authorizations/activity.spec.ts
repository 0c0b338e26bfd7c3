import { expect } from "chai";
import { lockVisibleContacts } from "../../../src/contacts/index.js";
import { AuthorizationCode } from "../../../src/marketing/authorizations/authorization.js";
import {
  type AuthorizationChange,
  applyAuthorizations,
  type LedgerNote,
} from "../../../src/marketing/authorizations/ledger.sql.js";
import { useDatabase } from "../../support/database.js";
import { set, writerOf } from "../changes.js";
import { activityOf } from "./ledgers.js";

const dayMs = 86_400_000;
const { SMS, PHONE, LETTER } = AuthorizationCode;

describe("a change of authorizations as activity (A8, F70)", () => {
  const db = useDatabase();

  const writer = (...wishes: Parameters<typeof db.contextWith>) => writerOf(db, ...wishes);

  const apply = (changes: readonly AuthorizationChange[], note?: LedgerNote) =>
    writer().transaction(async (sql) =>
      applyAuthorizations(
        sql,
        await lockVisibleContacts(
          sql,
          changes.map((each) => each.contactId),
        ),
        changes,
        note,
      ),
    );

  const first = "2026-03-10";
  const second = "2026-03-11";
  beforeEach(() => db.clock.set("2026-03-10T09:00:00.000Z"));

  it("counts a change after which another authorization is still TRUE (E6)", async () => {
    const { id, opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { SMS: "TRUE", PHONE: "TRUE" });
    db.clock.advance(dayMs);

    await set(writer(), opaqueId, { SMS: "FALSE" });

    expect(await activityOf(db, id)).to.deep.equal([`${second} AUTHORIZATION OPERATOR`]);
  });

  it("does not count the withdrawal of the last TRUE (E7)", async () => {
    const { id, opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { SMS: "TRUE" });
    db.clock.advance(dayMs);

    for (const value of ["FALSE", "EMPTY"]) await set(writer(), opaqueId, { SMS: value });

    expect(await activityOf(db, id)).to.deep.equal([`${first} AUTHORIZATION OPERATOR`]);
  });

  it("keeps the day of a yes that is taken back on the same day (E8)", async () => {
    const { id, opaqueId } = await db.insertContact();

    await set(writer(), opaqueId, { SMS: "TRUE" });
    await set(writer(), opaqueId, { SMS: "FALSE" });

    expect(await activityOf(db, id)).to.deep.equal([`${first} AUTHORIZATION OPERATOR`]);
  });

  it("counts a day once, however many changes, and the rule of 5.4 for nothing extra", async () => {
    const { id, opaqueId } = await db.insertContact();

    await set(writer(), opaqueId, { INSTITUTION_EMAIL: "TRUE" });
    await set(writer(), opaqueId, { PHONE: "TRUE", LETTER: "FALSE" });

    expect(await activityOf(db, id)).to.have.length(1);
  });

  it("does not count saving the same values again (as F69)", async () => {
    const { id, opaqueId } = await db.insertContact();
    await set(writer(), opaqueId, { SMS: "TRUE" });
    db.clock.advance(dayMs);

    await set(writer(), opaqueId, { SMS: "TRUE", LETTER: "EMPTY" });

    expect(await activityOf(db, id)).to.deep.equal([`${first} AUTHORIZATION OPERATOR`]);
  });

  it("is of the day where the institution is, not of that in Greenwich", async () => {
    const { id, opaqueId } = await db.insertContact();
    db.clock.set("2026-03-10T23:30:00.000Z");

    await set(writer(), opaqueId, { SMS: "TRUE" });

    expect(await activityOf(db, id)).to.deep.equal([`${second} AUTHORIZATION OPERATOR`]);
  });

  it("counts a row of an import once, by what is TRUE after all of it, under its own source (6.4)", async () => {
    const both = await db.insertContact();
    const none = await db.insertContact();
    await apply([{ contactId: none.id, values: new Map([[SMS, true]]) }]);
    db.clock.advance(dayMs);

    await apply(
      [
        {
          contactId: both.id,
          values: new Map([
            [SMS, true],
            [PHONE, true],
            [LETTER, false],
          ]),
        },
        {
          contactId: none.id,
          values: new Map([
            [SMS, false],
            [LETTER, false],
          ]),
        },
      ],
      { source: "IMPORT" },
    );

    expect(await activityOf(db, both.id)).to.deep.equal([`${second} AUTHORIZATION IMPORT`]);
    expect(await activityOf(db, none.id)).to.deep.equal([`${first} AUTHORIZATION OPERATOR`]);
  });

  it("is published by the latest day of each kind and source, for those who see the contact", async () => {
    const { id, opaqueId } = await db.insertContact({ level: 1 });
    await set(writer({ clearance: 1 }), opaqueId, { SMS: "TRUE" });
    const latest = (clearance: 0 | 1) =>
      db.contextWith({ clearance }).transaction(async (sql) => {
        const { rows } = await sql.query(
          `SELECT kind, source, latest_day::text AS day FROM marketing.visible_activity
           WHERE institution_id = $1 AND contact_id = $2`,
          [sql.institutionId, id],
        );
        return rows;
      });

    expect(await latest(1)).to.deep.equal([{ kind: "AUTHORIZATION", source: "OPERATOR", day: first }]);
    expect(await latest(0)).to.deep.equal([]);
  });
});
