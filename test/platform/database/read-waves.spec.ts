import { expect } from "chai";
import DataLoader from "dataloader";
import fc from "fast-check";
import { ReadWaves } from "../../../src/platform/database/read-waves.js";
import type { SqlSession } from "../../../src/platform/database/sql.js";
import { useDatabase } from "../../support/database.js";
import { faultOf } from "../../support/faults.js";
import type { TestInstitution } from "../../support/rows.js";

const transactionId = "SELECT now()::text AS began, pg_backend_pid() AS pid";

describe("ReadWaves", () => {
  const db = useDatabase();

  const session = (change: Partial<SqlSession> = {}): SqlSession => ({
    institutionId: db.home.id,
    clearance: 0,
    ownContactId: null,
    actor: "test.operator",
    actorKind: "OPERATOR",
    source: "OPERATOR",
    timeZone: "Europe/Zurich",
    clock: db.clock,
    ...change,
  });

  function waves(options: { connections?: number; waitMs?: number; session?: Partial<SqlSession> } = {}) {
    const { api } = db.pools({ apiConnections: options.connections ?? 1, waitMs: options.waitMs ?? 5_000 });
    let taken = 0;
    api.on("acquire", () => taken++);
    return { sql: new ReadWaves(api, session(options.session)), pool: api, taken: () => taken };
  }

  it("runs the statements of one tick in one transaction on one connection, taken once", async () => {
    const { sql, taken } = waves({ connections: 4 });

    const answers = await Promise.all([1, 2, 3].map((n) => sql.query(`${transactionId}, $1::int AS n`, [n])));

    const rows = answers.map((answer) => answer.rows[0]!);
    expect(rows.map(({ n }) => n)).to.deep.equal([1, 2, 3]);
    expect(new Set(rows.map(({ began, pid }) => `${began} ${pid}`)).size).to.equal(1);
    expect(taken()).to.equal(1);
  });

  for (const [moment, reach] of [
    [
      "in a resolver that is called",
      (ask: () => Promise<unknown>) => new Promise((done) => setImmediate(() => done(ask()))),
    ],
    ["in a resolver after an await", (ask: () => Promise<unknown>) => Promise.resolve().then(ask)],
  ] as const) {
    it(`takes the batches of all loaders along with what is asked directly, ${moment}`, async () => {
      const { sql, taken } = waves();
      const loader = () =>
        new DataLoader<number, unknown>(async (keys) => {
          await sql.query(transactionId);
          return keys;
        });
      const [one, two] = [loader(), loader()];

      await reach(() => Promise.all([sql.query(transactionId), one.load(1), two.load(1), one.load(2)]));

      expect(taken()).to.equal(1);
    });
  }

  it("runs the statements of a later tick in another transaction", async () => {
    const { sql } = waves();

    const first = await sql.query(transactionId);
    const second = await sql.query(transactionId);

    expect(second.rows[0]!.began).not.to.equal(first.rows[0]!.began);
  });

  it("holds no connection across an await", async () => {
    const { sql, pool } = waves({ waitMs: 500 });
    const other = new ReadWaves(pool, session());

    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const reader = n % 2 === 0 ? sql : other;
        await reader.query("SELECT 1");
        return await reader.query("SELECT $1::int AS n", [n]);
      }),
    );

    expect(answers.map(({ rows }) => rows[0]!.n)).to.deep.equal(Array.from({ length: 20 }, (_, n) => n));
    expect([pool.totalCount, pool.idleCount]).to.deep.equal([1, 1]);
  });

  it("keeps plans, unless one of its statements is planned by its values", async () => {
    const { sql } = waves();
    const mode = "SELECT current_setting('plan_cache_mode') AS mode";

    const kept = await sql.query(mode);
    const planned = await Promise.all([sql.query(mode), sql.query("SELECT 1", [], "BY_VALUES")]);
    const keptAgain = await sql.query(mode);

    const modes = [kept, planned[0], keptAgain].map(({ rows }) => rows[0]!.mode);
    expect(modes).to.deep.equal(["force_generic_plan", "force_custom_plan", "force_generic_plan"]);
  });

  it("refuses to write", async () => {
    const { sql } = waves();

    const fault = await faultOf(sql.query("UPDATE platform.institution SET settings_version = 2"));

    expect(fault).to.include({ code: "25006" });
  });

  describe("when a statement fails", () => {
    it("answers its neighbours, before and after it", async () => {
      const { sql } = waves();

      const [before, failed, after] = await Promise.allSettled([
        sql.query("SELECT 1 AS n"),
        sql.query("SELECT 1 / $1::int AS n", [0]),
        sql.query("SELECT 3 AS n"),
      ]);

      expect(before).to.have.nested.property("value.rows[0].n", 1);
      expect(failed).to.have.nested.property("reason.code", "22012");
      expect(after).to.have.nested.property("value.rows[0].n", 3);
    });

    it("answers two that share a statement which the connection has not seen yet", async () => {
      const { sql } = waves();

      const [failed, ...others] = await Promise.allSettled([
        sql.query("SELECT 1 / $1::int AS n", [0]),
        sql.query("SELECT $1::int AS twin", [1]),
        sql.query("SELECT $1::int AS twin", [2]),
      ]);

      expect(failed).to.have.property("status", "rejected");
      expect(others.map((other) => (other as PromiseFulfilledResult<{ rows: unknown[] }>).value?.rows)).to.deep.equal([
        [{ twin: 1 }],
        [{ twin: 2 }],
      ]);
    });

    it("gives each of several its own error", async () => {
      const { sql } = waves();

      const settled = await Promise.allSettled([
        sql.query("SELECT 1 / $1::int", [0]),
        sql.query("SELECT 2 AS n"),
        sql.query("SELECT * FROM contacts.no_such_table"),
        sql.query("SELECT $1::int", ["no number"]),
      ]);

      expect(settled.map((each) => (each.status === "rejected" ? each.reason.code : "answered"))).to.deep.equal([
        "22012",
        "answered",
        "42P01",
        "22P02",
      ]);
    });

    it("rejects a value that cannot be sent, and nothing else", async () => {
      const { sql } = waves();
      const unsendable = { toPostgres: () => expect.fail("not to be sent") };

      const [failed, nul, other] = await Promise.allSettled([
        sql.query("SELECT $1::text", [unsendable]),
        sql.query("SELECT $1::text AS t", ["a\0b"]),
        sql.query("SELECT 2 AS n"),
      ]);

      expect(failed).to.have.nested.property("reason.message", "not to be sent");
      expect(nul).to.have.nested.property("reason.extensions.code", "BAD_USER_INPUT");
      expect(other).to.have.nested.property("value.rows[0].n", 2);
    });

    it("gives the connection back clean", async () => {
      const { sql, pool } = waves();
      await faultOf(sql.query("SELECT 1 / 0"));

      const { rows } = await pool.query("SELECT current_setting('app.institution', true) AS institution");

      expect(rows).to.deep.equal([{ institution: "" }]);
      expect(pool.totalCount).to.equal(1);
    });
  });

  it("rejects a session that it cannot write down, without taking a connection", async () => {
    const { sql, taken } = waves({ session: { ownContactId: "1; DROP TABLE x" } });

    expect(await faultOf(sql.query("SELECT 1"))).to.be.instanceOf(TypeError);
    expect(taken()).to.equal(0);
  });

  it("keeps an actor with quotes what it is: a name", async () => {
    const { sql } = waves({ session: { actor: "o'hara\\'; --" } });

    const { rows } = await sql.query("SELECT current_setting('app.actor') AS actor");

    expect(rows).to.deep.equal([{ actor: "o'hara\\'; --" }]);
  });

  describe("when connections are scarce", () => {
    it("answers SERVICE_BUSY to every statement of the wave after the pool's waiting time, not after that of each", async () => {
      const { sql, pool } = waves({ waitMs: 300 });
      const holder = await pool.connect();
      const started = performance.now();

      const settled = await Promise.allSettled(Array.from({ length: 10 }, () => sql.query("SELECT 1")));

      const waitedMs = performance.now() - started;
      holder.release();
      expect(settled.map((each) => each.status === "rejected" && each.reason.extensions.code)).to.deep.equal(
        Array.from({ length: 10 }, () => "SERVICE_BUSY"),
      );
      expect(waitedMs).to.be.within(250, 1_500);
      expect((await sql.query("SELECT 1 AS n")).rows).to.deep.equal([{ n: 1 }]);
    });

    it("answers SERVICE_UNAVAILABLE when no server is there", async () => {
      const { api } = db.pools({ url: "postgresql://nobody@127.0.0.1:1/none" });

      const fault = await faultOf(new ReadWaves(api, session()).query("SELECT 1"));

      expect(fault).to.have.nested.property("extensions.code", "SERVICE_UNAVAILABLE");
    });
  });

  describe("when its connection is cut", () => {
    const cut = (pid: unknown) => db.superuser("SELECT pg_terminate_backend($1, 5000)", [pid]);

    it("repeats the wave on another", async () => {
      const { sql } = waves({ connections: 2 });
      const { rows } = await sql.query(transactionId);
      const running = Promise.all([
        sql.query(`${transactionId}, pg_sleep(CASE pg_backend_pid() WHEN $1 THEN 20 ELSE 0 END)`, [rows[0]!.pid]),
        sql.query("SELECT 2 AS n"),
      ]);
      await db.untilActive(rows[0]!.pid);

      await cut(rows[0]!.pid);

      const [again, neighbour] = await running;
      expect(again.rows[0]!.pid).not.to.equal(rows[0]!.pid);
      expect(neighbour.rows).to.deep.equal([{ n: 2 }]);
    });

    it("heals when it was idle", async () => {
      const { sql } = waves();
      const { rows } = await sql.query(transactionId);

      await cut(rows[0]!.pid);

      expect((await sql.query("SELECT 1 AS n")).rows).to.deep.equal([{ n: 1 }]);
    });

    it("answers SERVICE_UNAVAILABLE when it is cut again", async () => {
      const { sql } = waves();

      const fault = await faultOf(sql.query("SELECT pg_terminate_backend(pg_backend_pid())"));

      expect(fault).to.have.nested.property("extensions.code", "SERVICE_UNAVAILABLE");
    });
  });

  it("never mixes the institutions of 2,000 reads that cross on a few connections", async () => {
    const houses: TestInstitution[] = await Promise.all(Array.from({ length: 5 }, () => db.institution()));
    for (const [index, institution] of houses.entries()) {
      for (let n = 0; n <= index; n++) await db.insertContact({ institution, lastName: institution.code });
    }
    const { api } = db.pools({ apiConnections: 3 });
    const read = fc.record({ house: fc.nat({ max: 4 }), turns: fc.nat({ max: 3 }), fails: fc.boolean() });

    await fc.assert(
      fc.asyncProperty(fc.array(read, { minLength: 250, maxLength: 250 }), async (reads) => {
        const readers = houses.map((institution) => new ReadWaves(api, session({ institutionId: institution.id })));

        const seen = await Promise.all(
          reads.map(async ({ house, turns, fails }) => {
            for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
            const sql = readers[house]!;
            const [{ rows }] = await Promise.all([
              sql.query("SELECT institution_id, last_name FROM contacts.contact"),
              fails ? faultOf(sql.query("SELECT 1 / 0")) : null,
            ]);
            return rows;
          }),
        );

        for (const [index, { house }] of reads.entries()) {
          const { id, code } = houses[house]!;
          const expected = Array.from({ length: house + 1 }, () => ({ institution_id: id, last_name: code }));
          expect(seen[index]).to.deep.equal(expected);
        }
      }),
      { numRuns: 8 },
    );
  });
});
