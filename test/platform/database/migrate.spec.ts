import { expect } from "chai";
import pg from "pg";
import type { QueryRunner } from "typeorm";
import { migrations } from "../../../migrations/index.js";
import { migrate, withMigrationSource } from "../../../src/platform/database/migrate.js";
import { withUser } from "../../../src/platform/database/one-connection.js";
import { ownSchemas } from "../../support/catalog.js";
import { faultOf } from "../../support/faults.js";
import { testServer } from "../../support/server.js";

const applicationRole = "contact_file_app";

describe("migrate", () => {
  let name: string;
  let ownerUrl: string;
  let owner: pg.Pool;

  beforeEach(async () => {
    const server = await testServer();
    name = await server.createDatabase({ isEmpty: true });
    ownerUrl = withUser(server.superuserUrl(name), "contact_file_owner", null);
    owner = new pg.Pool({ connectionString: ownerUrl, max: 1 });
    // closing and the forced end of the database may cross
    owner.on("error", () => undefined);
  });

  afterEach(async () => {
    await owner.end();
    await (await testServer()).dropDatabase(name);
  });

  const up = () => migrate({ ownerUrl, migrations, applicationRole });

  it("makes the same schema when it runs up, down and up again", async () => {
    await up();
    const first = await schemaOf(owner);
    await withMigrationSource(ownerUrl, migrations, async (source) => {
      for (const _ of migrations) await source.undoLastMigration();
    });
    const between = await schemaOf(owner);

    await up();

    expect(first).to.include.keys("column contacts.contact.last_name", "policy contacts.contact.visible");
    expect(between).to.deep.equal({});
    expect(await schemaOf(owner)).to.deep.equal(first);
  });

  it("changes nothing the second time", async () => {
    await up();
    const before = await schemaOf(owner);

    await up();

    expect(await schemaOf(owner)).to.deep.equal(before);
  });

  it("lets processes that start together wait for each other", async () => {
    await Promise.all([up(), up(), up()]);

    const { rows } = await owner.query("SELECT name FROM public.schema_migration ORDER BY id");
    expect(rows.map((row) => row.name)).to.deep.equal(migrations.map((migration) => migration.name));
  });

  it("undoes a migration that fails and keeps those before it", async () => {
    class Breaks1999999999999 {
      async up(runner: QueryRunner): Promise<void> {
        await runner.query("CREATE TABLE contacts.half (id int)");
        await runner.query("SELECT 1 / 0");
      }
      async down(): Promise<void> {
        throw new Error("never run");
      }
    }

    const fault = await faultOf(
      migrate({ ownerUrl, migrations: [...migrations, Breaks1999999999999], applicationRole }),
    );

    expect(fault).to.include({ code: "DATABASE_MIGRATION_FAILED" });
    expect(fault).to.have.property("message", "The database could not be migrated: division by zero.");
    const { rows } = await owner.query(
      "SELECT to_regclass('contacts.half') AS half, to_regclass('contacts.contact') AS contact",
    );
    expect(rows).to.deep.equal([{ half: null, contact: "contacts.contact" }]);
  });

  it("begins every primary, unique and foreign key with the institution", async () => {
    await up();

    const { rows } = await owner.query(
      `SELECT c.conrelid::regclass || ' ' || pg_get_constraintdef(c.oid) AS key
       FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
       WHERE n.nspname = ANY($1) AND c.contype IN ('p', 'u', 'f') AND a.attname <> 'institution_id'
       UNION ALL
       SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i
       JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
       LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
       WHERE n.nspname = ANY($1) AND a.attname IS DISTINCT FROM 'institution_id' AND t.relname <> 'institution'`,
      [ownSchemas],
    );

    expect(rows.map(({ key }) => key)).to.deep.equal([
      "platform.institution PRIMARY KEY (id)",
      "platform.institution UNIQUE (code)",
    ]);
  });
});

/** Everything that the migrations make, by a name: columns, constraints, indexes, policies, views, functions, grants. */
async function schemaOf(owner: pg.Pool): Promise<Record<string, string>> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `WITH ours AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = ANY($1)),
     relation AS (
       SELECT c.*, o.nspname || '.' || c.relname AS full_name FROM pg_class c JOIN ours o ON o.oid = c.relnamespace)
     SELECT 'schema ' || nspname AS name, pg_get_userbyid(n.nspowner) || n.nspacl::text AS definition
     FROM pg_namespace n WHERE nspname = ANY($1)
     UNION ALL
     SELECT 'relation ' || full_name,
            concat_ws(' ', relkind, relrowsecurity, relforcerowsecurity, reloptions, relacl, pg_get_userbyid(relowner))
     FROM relation
     UNION ALL
     SELECT 'column ' || full_name || '.' || attname,
            concat_ws(' ', attnum, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attacl,
              pg_get_expr(adbin, adrelid))
     FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE r.relkind IN ('r', 'p', 'v')
     UNION ALL
     SELECT 'constraint ' || full_name || '.' || conname, pg_get_constraintdef(c.oid)
     FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid
     UNION ALL
     SELECT 'index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
     FROM relation r JOIN pg_index i ON i.indrelid = r.oid
     UNION ALL
     SELECT 'policy ' || full_name || '.' || polname,
            concat_ws(' ', polcmd, polpermissive, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
     FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
     UNION ALL
     SELECT 'view ' || full_name, pg_get_viewdef(oid) FROM relation WHERE relkind IN ('v', 'm')
     UNION ALL
     SELECT 'sequence ' || full_name, s::text FROM relation r JOIN pg_sequences s
       ON s.schemaname || '.' || s.sequencename = r.full_name
     UNION ALL
     SELECT 'function ' || p.oid::regprocedure, pg_get_functiondef(p.oid) || coalesce(proacl::text, '')
     FROM pg_proc p JOIN ours o ON o.oid = p.pronamespace WHERE p.prokind IN ('f', 'p')
     UNION ALL
     SELECT 'trigger ' || full_name || '.' || tgname, pg_get_triggerdef(t.oid)
     FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT tgisinternal`,
    [[...ownSchemas, "pgboss"]],
  );
  return Object.fromEntries(rows.map(({ name, definition }) => [name, definition]));
}
