import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { withConnection } from "../../../src/platform/database/one-connection.js";
import type { Pools } from "../../../src/platform/database/pools.js";
import type { Sql } from "../../../src/platform/database/sql.js";
import { inTransaction, Rollback } from "../../../src/platform/database/transaction.js";
import { type CatalogTable, insertSampleRow, ownSchemas, ownTables } from "../../support/catalog.js";
import { useDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";
import { testServer } from "../../support/server.js";

const levels = [0, 1, 2] as const;
const refusedByPolicy = "refused by a policy";

/** Tables without institution_id, and why. */
const shared = ["platform.institution"];

describe("row-level security", () => {
  const db = useDatabase();
  let tables: CatalogTable[];
  let pools: Pools;
  let here: TestInstitution;
  let there: TestInstitution;

  before(async () => {
    pools = db.pools();
    [here, there] = [await db.institution(), await db.institution()];
    tables = (await ownTables(db.owner)).filter(({ hasInstitution }) => hasInstitution);
    const url = (await testServer()).superuserUrl(db.name);
    await withConnection(url, async (superuser) => {
      for (const { name, hasLevel } of tables) {
        // three rows, one of each level where there are levels; a key that each table has differs
        for (const level of hasLevel ? levels : [0]) {
          await insertSampleRow(superuser, name, {
            institution_id: there.id,
            confidentiality_level: level,
            // a removal that waits has it
            sealed_alias: Buffer.of(1),
            ...(hasLevel && { id: 100 + level, contact_id: 100 + level, contact_number: String(100 + level) }),
          });
        }
      }
    });
  });

  interface Session {
    institution: TestInstitution;
    clearance?: Clearance;
    ownContactId?: string;
  }

  /** Runs one statement as the serving role, undoes it, and tells how many rows it met or why it was refused. */
  async function attempt(session: Session, sql: string, values: readonly unknown[] = []): Promise<number | string> {
    const { institution, clearance = 2, ownContactId = null } = session;
    const full = {
      institutionId: institution.id,
      clearance,
      ownContactId,
      actor: "test.operator",
      actorKind: "OPERATOR",
      source: "OPERATOR" as const,
      timeZone: institution.timeZone,
      clock: db.clock,
    };
    const work = async (sqlSession: Sql): Promise<number> => {
      throw new Rollback((await sqlSession.query(sql, values)).rowCount);
    };
    return await inTransaction(pools.api, full, work).catch(({ message }: Error) =>
      message.includes("violates row-level security policy") ? refusedByPolicy : message,
    );
  }

  describe("of every table with an institution", () => {
    it("covers all tables but those that belong to no institution", async () => {
      const names = (await ownTables(db.owner)).filter(({ hasInstitution }) => !hasInstitution).map(({ name }) => name);

      expect(names).to.deep.equal(shared);
      expect(tables.length).to.be.at.least(18);
    });

    it("is switched on, with policies that all compare the institution, for reading and for writing", async () => {
      const { rows } = await db.owner.query<{ name: string; isOn: boolean; policies: string[] }>(
        `SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relrowsecurity AS "isOn",
                array_remove(array_agg(pg_get_expr(p.polqual, c.oid) || coalesce(' CHECK ' || pg_get_expr(p.polwithcheck, c.oid), '')), NULL) AS policies
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_policy p ON p.polrelid = c.oid
         WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') GROUP BY 1, 2 ORDER BY 1`,
        [ownSchemas],
      );

      for (const { name, isOn, policies } of rows.filter(({ name }) => !shared.includes(name))) {
        expect(isOn, name).to.equal(true);
        expect(policies, name).not.to.be.empty;
        for (const policy of policies)
          for (const condition of policy.split(" CHECK "))
            expect(condition, name)
              .to.match(
                // for each row, or once in a statement
                /\(institution_id = (\( SELECT )?\(NULLIF\(current_setting\('app\.institution'::text, true\), ''::text\)\)::integer( AS "?\w+"?\))?\)/,
              )
              .and.not.to.match(/ OR /);
      }
    });

    it("compares the level wherever there is one", async () => {
      for (const { name } of tables.filter(({ hasLevel }) => hasLevel)) {
        const { rows } = await db.owner.query(
          "SELECT pg_get_expr(polqual, polrelid) AS condition FROM pg_policy WHERE polrelid = $1::regclass",
          [name],
        );
        for (const { condition } of rows)
          expect(condition, name).to.match(/\(confidentiality_level <= .*app\.clearance/);
      }
    });

    it("shows nothing without a session", async () => {
      for (const { name } of tables) {
        const { rows } = await pools.bulk.query(`SELECT count(*)::int AS n FROM ${name}`);
        expect(rows[0].n, name).to.equal(0);
      }
    });

    it("shows rows to their own institution", async () => {
      for (const { name, hasLevel } of tables)
        expect(await attempt({ institution: there }, `SELECT FROM ${name}`), name).to.be.at.least(hasLevel ? 3 : 1);
    });

    it("hides them from another", async () => {
      for (const { name } of tables)
        expect(
          await attempt({ institution: here }, `SELECT FROM ${name} WHERE institution_id <> $1`, [here.id]),
          name,
        ).to.equal(0);
    });

    it("lets another change and delete none of them", async () => {
      for (const { name } of tables.filter((table) => !isKept(table))) {
        const change = `UPDATE ${name} SET institution_id = institution_id WHERE institution_id = $1`;
        expect(await attempt({ institution: here }, change, [there.id]), name).to.equal(0);
        expect(
          await attempt({ institution: here }, `DELETE FROM ${name} WHERE institution_id = $1`, [there.id]),
          name,
        ).to.equal(0);
      }
    });

    it("lets nobody hand a row to another institution", async () => {
      for (const { name } of tables.filter((table) => !isKept(table))) {
        const give = await attempt({ institution: there }, `UPDATE ${name} SET institution_id = $1`, [here.id]);
        expect(give, name).to.equal(refusedByPolicy);
      }
    });

    it("lets nobody write a row for another institution", async () => {
      const url = (await testServer()).superuserUrl(db.name);
      for (const { name } of tables) {
        const columns = await withConnection(url, (superuser) => plainColumns(superuser, name));
        const copy = await withConnection(url, async (superuser) => {
          const { rows } = await superuser.query(
            `SELECT to_jsonb(t) AS row FROM ${name} t WHERE institution_id = $1 LIMIT 1`,
            [there.id],
          );
          return rows[0].row;
        });
        const insert = `INSERT INTO ${name} (${columns}) OVERRIDING SYSTEM VALUE
          SELECT ${columns} FROM jsonb_populate_record(NULL::${name}, $1)`;

        expect(await attempt({ institution: here }, insert, [JSON.stringify(copy)]), name).to.equal(refusedByPolicy);
      }
    });
  });

  describe("of every table with a confidentiality level (F05)", () => {
    for (const clearance of levels)
      for (const level of levels)
        it(`${level <= clearance ? "shows" : "hides"} level ${level} with clearance ${clearance}`, async () => {
          const leveled = tables.filter(({ hasLevel }) => hasLevel);
          expect(leveled.map(({ name }) => name)).to.include.members([
            "contacts.contact",
            "marketing.contact_marketing",
          ]);

          for (const { name } of leveled) {
            const session = { institution: there, clearance };
            const met = [
              await attempt(session, `SELECT FROM ${name} WHERE confidentiality_level = $1`, [level]),
              await attempt(
                session,
                `UPDATE ${name} SET institution_id = institution_id WHERE confidentiality_level = $1`,
                [level],
              ),
            ];
            expect(met, name).to.deep.equal(level <= clearance ? [1, 1] : [0, 0]);
          }
        });

    it("refuses to raise a row above one's own clearance", async () => {
      for (const { name } of tables.filter(({ hasLevel }) => hasLevel)) {
        const raise = `UPDATE ${name} SET confidentiality_level = 2 WHERE confidentiality_level = 0`;
        expect(await attempt({ institution: there, clearance: 1 }, raise), name).to.equal(refusedByPolicy);
      }
    });

    it("shows a contact who calls nobody but himself", async () => {
      const session = { institution: there, ownContactId: "101" };

      expect(await attempt(session, "SELECT FROM contacts.contact")).to.equal(1);
      expect(await attempt(session, "SELECT FROM contacts.visible_contact")).to.equal(1);
      expect(await attempt(session, "SELECT FROM marketing.contact_marketing")).to.equal(1);
      expect(await attempt(session, "SELECT FROM contacts.contact WHERE id <> 101")).to.equal(0);
    });
  });

  describe("contacts.visible_contact", () => {
    for (const clearance of levels)
      it(`hides what is above clearance ${clearance} even from the owner, whom no policy binds`, async () => {
        const visible = await withConnection(db.ownerUrl, async (owner) => {
          await owner.query(
            `BEGIN; SET LOCAL app.institution = '${there.id}'; SET LOCAL app.clearance = '${clearance}'`,
          );
          const { rows } = await owner.query(
            "SELECT confidentiality_level AS level FROM contacts.visible_contact ORDER BY 1",
          );
          return rows.map(({ level }) => level);
        });

        expect(visible).to.deep.equal(levels.filter((level) => level <= clearance));
      });

    it("is empty for the owner without a session", async () => {
      const { rowCount } = await db.owner.query("SELECT FROM contacts.visible_contact");

      expect(rowCount).to.equal(0);
    });
  });

  it("holds behind every view: each runs with the rights of who asks", async () => {
    const { rows } = await db.owner.query(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ANY($1) AND c.relkind IN ('v', 'm')
         AND NOT coalesce(c.reloptions, '{}') @> '{security_invoker=true}'`,
      [ownSchemas],
    );

    expect(rows).to.deep.equal([]);
  });

  it("is not stepped around by a function: each that runs as the owner is listed here and pins its search path", async () => {
    const listed = [
      "contacts.erase_audit_contact",
      "contacts.purge_audit_contact",
      "history.erase_audit_contact",
      "history.purge_audit_contact",
      "marketing.blank_campaign_manifest",
      "marketing.erase_audit_bounce",
      "marketing.erase_authorization_change",
      "marketing.erase_report_event",
      "marketing.purge_audit_bounce",
      "marketing.purge_audit_campaign_addition",
      "marketing.purge_authorization_change",
      "platform.know_institution",
      "privacy.erase_audit_contact",
      "privacy.purge_audit_contact",
    ];

    const { rows } = await db.owner.query(
      `SELECT format('%I.%I', n.nspname, p.proname) AS name,
              coalesce(p.proconfig, '{}')::text LIKE '%search_path=%' AS "isPinned"
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname = ANY($1) AND p.prosecdef ORDER BY 1`,
      [[...ownSchemas, "pgboss"]],
    );

    expect(rows).to.deep.equal(listed.map((name) => ({ name, isPinned: true })));
  });
});

/** Rows that nobody but their owner changes as he likes: privileges refuse before a policy is asked. */
function isKept({ name }: CatalogTable): boolean {
  return /\.audit_|^(privacy\.operator|platform\.legal_notice|marketing\.(authorization_(change|wording)|report_event|campaign_manifest_\w+))$/.test(
    name,
  );
}

async function plainColumns(
  client: { query(sql: string, values: unknown[]): Promise<{ rows: { list: string }[] }> },
  table: string,
) {
  const { rows } = await client.query(
    `SELECT string_agg(quote_ident(attname), ', ') AS list FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return rows[0]!.list;
}
