import { expect } from "chai";
import type { Sql } from "../../../src/platform/database/sql.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { useDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";

describe("the functions that empty audits and ledgers", () => {
  const db = useDatabase();

  function as<Result>(institution: TestInstitution, work: (sql: Sql) => Promise<Result>): Promise<Result> {
    const services = db.services();
    return inTransaction(services.pools.api, systemSession(services, institution.id), work);
  }

  async function contactWithAudit(wish: object = {}): Promise<{ id: string }> {
    const contact = await db.insertContact(wish);
    await db.owner.query(
      `INSERT INTO contacts.audit_contact (institution_id, contact_id, actor, actor_kind, source, entity, field, new_value)
       VALUES ($1, $2, 'o', 'OPERATOR', 'OPERATOR', 'Contact', 'email', 'ana@example.org')`,
      [db.home.id, contact.id],
    );
    return contact;
  }

  async function valuesOf({ id }: { id: string }): Promise<(string | null)[]> {
    const { rows } = await db.owner.query("SELECT new_value FROM contacts.audit_contact WHERE contact_id = $1", [id]);
    return rows.map(({ new_value }) => new_value);
  }

  const call = (name: string, id: string) => async (sql: Sql) => {
    const { rows } = await sql.query<{ met: number }>(
      `SELECT contacts.${name}_audit_contact($1::bigint[])::int AS met`,
      [[id]],
    );
    return rows[0]!.met;
  };

  it("leave those of living contacts as they are", async () => {
    const living = await contactWithAudit();

    expect(await as(db.home, call("erase", living.id))).to.equal(0);
    expect(await as(db.home, call("purge", living.id))).to.equal(0);
    expect(await valuesOf(living)).to.deep.equal(["ana@example.org"]);
  });

  it("empty those of shells, and drop none while the shell is there", async () => {
    const shell = await contactWithAudit({ anonymizedAt: db.clock.now() });

    expect(await as(db.home, call("purge", shell.id))).to.equal(0);
    expect(await as(db.home, call("erase", shell.id))).to.equal(1);
    expect(await valuesOf(shell)).to.deep.equal([null]);
  });

  it("leave of a shell's ledger which codes were changed or confirmed, and nothing of what was said", async () => {
    const shell = await db.insertContact({ anonymizedAt: db.clock.now() });
    await db.owner.query(
      `INSERT INTO marketing.authorization_change (institution_id, contact_id, actor, actor_kind, source, was_true,
         was_false, is_true, is_false, confirmed)
       VALUES ($1, $2, 'o', 'OPERATOR', 'OPERATOR', 0, 0, 16, 0, NULL), ($1, $2, 'c', 'CONTACT', 'DOUBLE_OPT_IN', 16, 0, 80, 0, 16)`,
      [db.home.id, shell.id],
    );

    const met = await as(db.home, async (sql) => {
      const { rows } = await sql.query("SELECT marketing.erase_authorization_change($1::bigint[])::int AS met", [
        [shell.id],
      ]);
      return rows[0]!.met;
    });

    const { rows } = await db.owner.query(
      `SELECT changed, coalesce(was_true, was_false, is_true, is_false, confirmed) AS said
       FROM marketing.authorization_change WHERE contact_id = $1 ORDER BY id`,
      [shell.id],
    );
    expect(met).to.equal(2);
    expect(rows).to.deep.equal([
      { changed: 16, said: null },
      { changed: 80, said: null },
    ]);
    const entries = await db.owner.query(
      "SELECT code FROM marketing.authorization_event WHERE contact_id = $1 ORDER BY id",
      [shell.id],
    );
    expect(entries.rows.map(({ code }) => code)).to.deep.equal(["SMS", "SMS", "LETTER"]);
  });

  it("drop those of contacts who are gone", async () => {
    const gone = await contactWithAudit();
    await db.owner.query("DELETE FROM contacts.contact WHERE id = $1", [gone.id]);

    expect(await as(db.home, call("purge", gone.id))).to.equal(1);
    expect(await valuesOf(gone)).to.deep.equal([]);
  });

  it("do nothing for another institution's session, nor without one", async () => {
    const shell = await contactWithAudit({ anonymizedAt: db.clock.now() });
    const elsewhere = await db.institution();

    expect(await as(elsewhere, call("erase", shell.id))).to.equal(0);
    await db.pools().bulk.query("SELECT contacts.erase_audit_contact($1::bigint[])", [[shell.id]]);
    expect(await valuesOf(shell)).to.deep.equal(["ana@example.org"]);
  });
});
