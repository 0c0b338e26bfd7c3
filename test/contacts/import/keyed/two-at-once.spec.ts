import { expect } from "chai";
import { decodeId, encodeId } from "../../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../../support/database.js";
import { Importer } from "../importer.js";
import { crowd } from "../kill/crowd.js";

describe("two imports of the same contacts at the same time (6.4)", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  before(() => importer.open());

  /** Of authorizations more than a chunk; the second file goes from the last contact to the first. */
  const cases = [
    {
      type: "AUTHORIZATIONS",
      rows: 24_000,
      code: "PHONE",
      given: ["TRUE", "FALSE"],
      state: `SELECT CASE WHEN phone THEN 'TRUE' WHEN NOT phone THEN 'FALSE' END AS value, count(*)::int AS count
        FROM marketing.contact_marketing WHERE institution_id = $1 GROUP BY 1`,
      changes: "SELECT contact_id FROM marketing.authorization_change WHERE institution_id = $1",
    },
    {
      type: "CRITERIA",
      rows: 2_000,
      code: "INTEREST",
      given: ["OPERA", "BALLET"],
      state: `SELECT value_code AS value, count(*)::int AS count FROM contacts.contact_criterion
        WHERE institution_id = $1 GROUP BY 1`,
      changes: "SELECT contact_id FROM contacts.audit_contact WHERE institution_id = $1 AND entity = 'Criterion'",
    },
  ] as const;

  for (const { type, rows, code, given, state, changes } of cases)
    it(`end both, and change each contact once: ${type}`, async () => {
      const institution = await crowd(db, rows);
      await db.owner.query("UPDATE marketing.contact_marketing SET phone = NULL WHERE institution_id = $1", [
        institution.id,
      ]);
      const contacts = await db.owner.query<{ id: string }>(
        "SELECT id FROM contacts.contact WHERE institution_id = $1 ORDER BY id",
        [institution.id],
      );
      const ids = contacts.rows.map(({ id }) => encodeId("Contact", id));
      const context = () => importer.operator({ institution });
      const fileOf = (keys: readonly string[], value: string) =>
        [`contactId;[old]${code};[new]${code}`, ...keys.map((key) => `${key};Empty;${value}`)].join("\n");
      const jobs = [];
      for (const file of [fileOf(ids, given[0]), fileOf(ids.toReversed(), given[1])])
        jobs.push((await importer.start(file, { context: context(), type })).importJob.id as string);

      await Promise.all(
        jobs.map((job) =>
          importer
            .task()
            .run({ institutionId: institution.id, id: decodeId("ImportJob", job)! }, new AbortController().signal),
        ),
      );

      const reports = await Promise.all(jobs.map((job) => importer.report(job, context())));
      const values = (await db.owner.query<{ value: string; count: number }>(state, [institution.id])).rows;
      const changed = (await db.owner.query<{ contact_id: string }>(changes, [institution.id])).rows;
      const { rows: counted } = await db.owner.query<{ updated: number; conflicts: number }>(
        `SELECT sum(updated)::int AS updated, sum(conflicts)::int AS conflicts, sum(errors)::int AS errors
         FROM contacts.import_job WHERE institution_id = $1`,
        [institution.id],
      );
      for (const report of reports) expect(report!.status).to.match(/^DONE/);
      // whoever came first to a contact has changed him, and the other finds that his old value is not true any more
      expect(counted[0]).to.deep.equal({ updated: rows, conflicts: rows, errors: 0 });
      expect(values.reduce((sum, { count }) => sum + count, 0)).to.equal(rows);
      expect(values.map(({ value }) => value)).to.satisfy((all: string[]) =>
        all.every((each) => given.includes(each as never)),
      );
      expect(changed).to.have.length(rows);
      expect(new Set(changed.map(({ contact_id }) => contact_id)).size).to.equal(rows);
    }).timeout(180_000);
});
