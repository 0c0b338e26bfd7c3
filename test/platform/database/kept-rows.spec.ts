import { expect } from "chai";
import fc from "fast-check";
import type { BulkSql } from "../../../src/platform/database/sql.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inBulkTransaction } from "../../../src/platform/database/transaction.js";
import { useDatabase } from "../../support/database.js";
import { faultOf } from "../../support/faults.js";

describe("keep", () => {
  const db = useDatabase();
  let bulk: ReturnType<typeof db.pools>["bulk"];

  before(() => {
    bulk = db.pools({ bulkConnections: 1 }).bulk;
  });

  const run = <Result>(work: (sql: BulkSql) => Promise<Result>) =>
    inBulkTransaction(bulk, systemSession({ clock: db.clock }, db.home.id), work);
  const left = async () => {
    const { rows } = await bulk.query(
      "SELECT count(*)::int AS count FROM pg_prepared_statements WHERE name LIKE 'keep%'",
    );
    return rows[0].count;
  };

  it("keeps rows for the transaction, whatever the values of the query", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 20 }).filter((each) => !each.includes("\0"));
    const list = fc.array(
      fc.option(fc.oneof(text, fc.constantFrom("{}", 'a"b', "\\", "NULL", "'", "a,b")), { nil: null }),
    );
    await fc.assert(
      fc.asyncProperty(text, list, fc.integer({ min: -9, max: 9 }), fc.boolean(), async (one, many, number, flag) => {
        const values = [one, many, number, flag, null];
        const query =
          "/* given */ SELECT $1::text AS one, $2::text[] AS many, $3::int AS number, $4::boolean AS flag, $5::date AS day";

        const found = await run(async (sql) => {
          const count = await sql.keep("kept", query, values);
          return [count, (await sql.query("SELECT * FROM kept")).rows];
        });

        expect(found).to.deep.equal([1, [{ one, many, number, flag, day: null }]]);
      }),
      { numRuns: 60 },
    );
    expect(await left()).to.equal(0);
  });

  it("leaves nothing on the connection, whether it succeeds or fails", async () => {
    const fault = await faultOf(run((sql) => sql.keep("kept", "/* odd */ SELECT 1 / $1::int AS odd", [0])));
    await run((sql) => sql.keep("kept", "/* even */ SELECT 1 / $1::int AS even", [1]));
    const gone = await faultOf(bulk.query("SELECT * FROM kept"));

    expect([fault, gone].map((each) => (each as { code?: string }).code)).to.deep.equal(["22012", "42P01"]);
    expect(await left()).to.equal(0);
  });

  it("has as many processes at work as a read has", async () => {
    await db.owner.query(
      "CREATE TABLE IF NOT EXISTS public.many AS SELECT generate_series(1, 1000) AS n; ANALYZE public.many",
    );
    await db.owner.query("GRANT SELECT ON public.many TO PUBLIC");
    const launched =
      "SELECT parallel_workers_launched::int AS count FROM pg_stat_database WHERE datname = current_database()";
    const workers = async () => {
      const { rows } = await db.owner
        .query(`SELECT pg_stat_clear_snapshot(); ${launched}`)
        .then((all) => (all as never)[1]);
      return (rows as { count: number }[])[0]!.count;
    };
    const before = await workers();

    await run(async (sql) => {
      await sql.query(
        `SELECT set_config('min_parallel_table_scan_size', '0', true), set_config('parallel_setup_cost', '0', true),
           set_config('parallel_tuple_cost', '0', true)`,
      );
      await sql.keep("kept", "/* everybody */ SELECT n FROM public.many WHERE n > $1::int", [0]);
      await sql.query("SELECT pg_stat_force_next_flush()");
    });

    expect((await workers()) - before).to.be.above(0);
  });
});
