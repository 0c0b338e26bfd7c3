import { expect } from "chai";
import pg from "pg";
import { withConnection } from "../../../src/platform/database/one-connection.js";
import { grantPrivileges } from "../../../src/platform/database/privileges.js";
import { ownSchemas, ownTables } from "../../support/catalog.js";
import { useDatabase } from "../../support/database.js";

const insufficientPrivilege = "42501";
const role = "contact_file_app";

describe("the application's role", () => {
  const db = useDatabase();
  let application: pg.Pool;

  before(() => {
    application = db.pools().bulk;
  });

  /** "allowed", or the SQLSTATE. Undone either way. */
  async function attempt(sql: string): Promise<string> {
    const client = await application.connect();
    try {
      await client.query("BEGIN");
      await client.query(sql);
      return "allowed";
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  }

  async function auditTables(): Promise<string[]> {
    const names = (await ownTables(db.owner)).map(({ name }) => name);
    return names.filter((name) =>
      /\.audit_|^platform\.legal_notice$|^marketing\.(authorization_change|authorization_wording|report_event|campaign_manifest_\w+)$/.test(
        name,
      ),
    );
  }

  it("may add to an audit table, and neither change, delete nor empty it", async () => {
    const audits = await auditTables();
    expect(audits).to.include.members([
      "contacts.audit_contact",
      "history.audit_contact",
      "marketing.authorization_change",
      "marketing.campaign_manifest_row",
      "marketing.report_event",
      "privacy.audit_setting",
    ]);

    for (const name of audits) {
      expect(await attempt(`SELECT FROM ${name}`), name).to.equal("allowed");
      expect(
        await attempt(`INSERT INTO ${name} OVERRIDING USER VALUE SELECT * FROM ${name} WHERE false`),
        name,
      ).to.equal("allowed");
      for (const sql of [`UPDATE ${name} SET institution_id = 0`, `DELETE FROM ${name}`, `TRUNCATE ${name}`])
        expect(await attempt(sql), sql).to.equal(insufficientPrivilege);
    }
  });

  it("may not make, rename or delete institutions, only count their settings", async () => {
    const { id } = await db.institution();

    expect(await attempt(`UPDATE platform.institution SET settings_version = 2 WHERE id = ${id}`)).to.equal("allowed");
    for (const sql of [
      "INSERT INTO platform.institution (code, name) VALUES ('mine', 'Mine')",
      `UPDATE platform.institution SET code = 'mine' WHERE id = ${id}`,
      `DELETE FROM platform.institution WHERE id = ${id}`,
    ])
      expect(await attempt(sql), sql).to.equal(insufficientPrivilege);
  });

  it("reads and writes the other tables, and none of them in any other way", async () => {
    const { rows } = await db.owner.query(
      `SELECT privilege, count(*)::int AS tables
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
            unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) AS privilege
       WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND c.relname !~ '^(audit_|institution$|operator$|legal_notice$|(authorization_change|authorization_wording|report_event|campaign_manifest_row|campaign_manifest_chunk)$)'
         AND has_table_privilege($2, c.oid, privilege)
       GROUP BY 1 ORDER BY 1`,
      [ownSchemas, role],
    );

    expect(rows.map(({ privilege }) => privilege)).to.deep.equal(["DELETE", "INSERT", "SELECT", "UPDATE"]);
    expect(new Set(rows.map(({ tables }) => tables)).size, "the same number of tables each").to.equal(1);
  });

  it("changes an operator's names and rights, and neither his login nor that there is one (F66)", async () => {
    expect(await attempt("UPDATE privacy.operator SET is_active = false")).to.equal("allowed");
    expect(await attempt("UPDATE privacy.operator SET login = 'other'")).to.equal(insufficientPrivilege);
    expect(await attempt("DELETE FROM privacy.operator")).to.equal(insufficientPrivilege);
  });

  it("makes nothing that stays, in any schema", async () => {
    for (const schema of ["public", ...ownSchemas, "pgboss"])
      expect(await attempt(`CREATE TABLE ${schema}.mine (id int)`), schema).to.equal(insufficientPrivilege);
    expect(await attempt("CREATE SCHEMA mine")).to.equal(insufficientPrivilege);
    expect(await attempt("CREATE ROLE mine")).to.equal(insufficientPrivilege);
    expect(await attempt("CREATE TEMPORARY TABLE staging (id int)")).to.equal("allowed");
  });

  it("cannot take down the wall", async () => {
    for (const sql of [
      "ALTER TABLE contacts.contact DISABLE ROW LEVEL SECURITY",
      "ALTER TABLE contacts.contact NO FORCE ROW LEVEL SECURITY",
      "DROP POLICY visible ON contacts.contact",
      "CREATE POLICY mine ON contacts.contact USING (true)",
      "ALTER TABLE contacts.contact OWNER TO contact_file_app",
      "SET ROLE contact_file_owner",
      "SET SESSION AUTHORIZATION contact_file_owner",
      "SET session_replication_role = replica",
      "SET LOCAL row_security = off; SELECT FROM contacts.contact",
    ])
      expect(await attempt(sql), sql).to.equal(insufficientPrivilege);
  });

  it("is the only one besides the owner that may read anything", async () => {
    const { rows } = await db.owner.query(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
         aclexplode(c.relacl) AS entry
       WHERE n.nspname = ANY($1) AND pg_get_userbyid(entry.grantee) NOT IN ('contact_file_owner', 'contact_file_app')`,
      [ownSchemas],
    );

    expect(rows).to.deep.equal([]);
  });

  describe("after the grants run again", () => {
    const grantAgain = () => withConnection(db.ownerUrl, (owner) => grantPrivileges(owner, role));

    it("has lost what somebody gave it by hand", async () => {
      await db.owner.query(`GRANT UPDATE (old_value), TRUNCATE ON contacts.audit_contact TO ${role}`);
      expect(await attempt("UPDATE contacts.audit_contact SET old_value = NULL")).to.equal("allowed");

      await grantAgain();

      expect(await attempt("UPDATE contacts.audit_contact SET old_value = NULL")).to.equal(insufficientPrivilege);
      expect(await attempt("TRUNCATE contacts.audit_contact")).to.equal(insufficientPrivilege);
    });

    it("may use what was made since", async () => {
      await db.owner.query(`
        CREATE TABLE history.made_later (id int GENERATED ALWAYS AS IDENTITY, note text);
        CREATE TABLE history.audit_later (note text);
        CREATE VIEW history.seen_later WITH (security_invoker = true) AS SELECT note FROM history.made_later;
        CREATE FUNCTION history.later() RETURNS int LANGUAGE sql AS 'SELECT 1'`);
      const insert = "INSERT INTO history.made_later (note) VALUES ('x')";
      expect(await attempt(insert)).to.equal(insufficientPrivilege);

      await grantAgain();

      for (const sql of [insert, "SELECT FROM history.seen_later", "SELECT history.later()"])
        expect(await attempt(sql), sql).to.equal("allowed");
      for (const sql of ["DELETE FROM history.audit_later", "DELETE FROM history.seen_later"])
        expect(await attempt(sql), sql).to.equal(insufficientPrivilege);
      await db.owner.query("DROP TABLE history.made_later, history.audit_later CASCADE; DROP FUNCTION history.later");
    });
  });
});
