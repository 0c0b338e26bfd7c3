import { expect } from "chai";
import { selectAccounts, selectIsLoginTaken } from "../../src/contacts/accounts/account.sql.js";
import { selectAliases, selectAliasOwner, selectIsAliasKept } from "../../src/contacts/aliases/alias.sql.js";
import {
  countContactsByIdentity,
  selectContactsByIdentity,
  selectIdentityDocuments,
} from "../../src/contacts/identity/identity.sql.js";
import { purchaseRefusals } from "../../src/contacts/index.js";
import { selectHaveNotes, selectNotes, selectNotesById } from "../../src/contacts/notes/note.sql.js";
import { selectPreferredSeats, selectSeatOwner } from "../../src/contacts/seats/seat.sql.js";
import type { Sql } from "../../src/platform/database/sql.js";
import { useDatabase } from "../support/database.js";
import { withoutPolicies } from "../support/without-policies.js";

/** Rows of one contact, in every table of what hangs on it, all with id 7. */
const rows = [
  `INSERT INTO contacts.internet_account (institution_id, contact_id, login) VALUES ($1, $2, 'a@example.org')`,
  `INSERT INTO contacts.identity_document (institution_id, contact_id, key_id, sealed_number, number_digest)
   VALUES ($1, $2, 'k', '\\x00', '\\x07')`,
  `INSERT INTO contacts.payment_alias (institution_id, id, contact_id, alias, consent_confirmed_by, consent_notice_version)
   VALUES ($1, 7, $2, 'tok', 'x', 1)`,
  `INSERT INTO contacts.note (institution_id, id, contact_id, text, created_by) VALUES ($1, 7, $2, 'n', 'x')`,
  `INSERT INTO contacts.preferred_seat (institution_id, id, contact_id, organization, venue, block, seat_row, seat)
   VALUES ($1, 7, $2, 'O', 'V', 'B', 'R', 'S')`,
];

describe("what hangs on a contact (F05)", () => {
  const db = useDatabase();
  let hidden: string;
  let seen: string;
  const digest = Buffer.from([7]);

  before(async () => {
    hidden = (await db.insertContact({ level: 1 })).id;
    seen = (await db.insertContact()).id;
    for (const sql of rows) await db.owner.query(sql, [db.home.id, hidden]);
  });

  /** Each gives something where the contact is seen, and nothing where it is not. */
  const statements: Readonly<Record<string, (sql: Sql) => Promise<unknown>>> = {
    selectAccounts: (sql) => selectAccounts(sql, [hidden]),
    selectIsLoginTaken: (sql) => selectIsLoginTaken(sql, seen, "a@example.org"),
    selectIdentityDocuments: (sql) => selectIdentityDocuments(sql, [hidden]),
    selectContactsByIdentity: (sql) => selectContactsByIdentity(sql, digest, { after: "0", limit: 5 }),
    countContactsByIdentity: (sql) => countContactsByIdentity(sql, digest),
    purchaseRefusals: (sql) => purchaseRefusals(sql, [hidden], new Date(0)),
    selectAliases: (sql) => selectAliases(sql, [hidden]),
    selectAliasOwner: (sql) => selectAliasOwner(sql, "7"),
    selectIsAliasKept: (sql) => selectIsAliasKept(sql, "tok"),
    selectNotes: (sql) => selectNotes(sql, [hidden], { before: null, limit: 5 }),
    selectNotesById: (sql) => selectNotesById(sql, ["7"]),
    selectHaveNotes: (sql) => selectHaveNotes(sql, [hidden]),
    selectPreferredSeats: (sql) => selectPreferredSeats(sql, [hidden]),
    selectSeatOwner: (sql) => selectSeatOwner(sql, "7"),
  };
  const isNothing = (found: unknown) => !found || (Array.isArray(found) && found.length === 0);

  it("does not shut out an account for the sake of one that is not seen", async () => {
    const [older, { id }] = [await db.insertContact({ level: 1 }), await db.insertContact()];
    await db.owner.query(
      `INSERT INTO contacts.internet_account (institution_id, contact_id, login, created_at)
       VALUES ($1, $2, 'b@example.org', '2026-01-01'), ($1, $3, 'b@example.org', '2026-01-02')`,
      [db.home.id, older.id, id],
    );
    const isTaken = async (sql: Sql) => (await selectAccounts(sql, [id]))[0]!.isTaken;

    expect(await withoutPolicies(db, 1, isTaken), "cleared").to.equal(true);
    expect(await withoutPolicies(db, 0, isTaken), "not cleared").to.equal(false);
  });

  for (const [name, statement] of Object.entries(statements)) {
    it(`is hidden by ${name} itself, without any policy`, async () => {
      expect(isNothing(await withoutPolicies(db, 1, statement)), "cleared").to.equal(false);
      expect(isNothing(await withoutPolicies(db, 0, statement)), "not cleared").to.equal(true);
    });
  }
});
