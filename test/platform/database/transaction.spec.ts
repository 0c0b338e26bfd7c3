import { expect } from "chai";
import { ReadWaves } from "../../../src/platform/database/read-waves.js";
import type { Sql, SqlSession } from "../../../src/platform/database/sql.js";
import { inTransaction, Rollback } from "../../../src/platform/database/transaction.js";
import { useDatabase } from "../../support/database.js";
import { faultOf } from "../../support/faults.js";

const rename = "UPDATE contacts.contact SET last_name = $3 WHERE institution_id = $1 AND id = $2";

describe("inTransaction", () => {
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

  const run = <Result>(work: (sql: Sql) => Promise<Result>, pool = db.pools().api) =>
    inTransaction(pool, session(), work);

  async function lastName(id: string): Promise<string> {
    const { rows } = await db.owner.query("SELECT last_name FROM contacts.contact WHERE id = $1", [id]);
    return rows[0].last_name;
  }

  it("commits what the work did and returns its result", async () => {
    const { id } = await db.insertContact();

    const result = await run(async (sql) => {
      await sql.query(rename, [sql.institutionId, id, "Weiss"]);
      return "done";
    });

    expect([result, await lastName(id)]).to.deep.equal(["done", "Weiss"]);
  });

  it("undoes everything when the work throws, and passes the error on", async () => {
    const { id } = await db.insertContact({ lastName: "Blanc" });

    const fault = await faultOf(
      run(async (sql) => {
        await sql.query(rename, [sql.institutionId, id, "Weiss"]);
        throw new RangeError("no");
      }),
    );

    expect(fault).to.be.instanceOf(RangeError);
    expect(await lastName(id)).to.equal("Blanc");
  });

  it("answers BAD_USER_INPUT to a text that the database cannot hold", async () => {
    const { id } = await db.insertContact({ lastName: "Keller" });

    const fault = await faultOf(run((sql) => sql.query(rename, [sql.institutionId, id, "a\0b"])));

    expect(fault).to.have.nested.property("extensions.code", "BAD_USER_INPUT");
    expect(await lastName(id)).to.equal("Keller");
  });

  it("takes a statement with too many values for a fault of ours, not for a lost connection", async () => {
    const written = await faultOf(run((sql) => sql.query("SELECT 1", ["one", "two"])));
    const read = await faultOf(new ReadWaves(db.pools().api, session()).query("SELECT 1", ["one", "two"]));

    for (const fault of [written, read]) expect(fault).to.have.property("code", "08P01");
  });

  it("undoes everything on a Rollback and returns the result that it carries", async () => {
    const { id } = await db.insertContact({ lastName: "Blanc" });

    const result = await run<{ userErrors: string[] }>(async (sql) => {
      await sql.query(rename, [sql.institutionId, id, "Weiss"]);
      throw new Rollback({ userErrors: ["LAST_NAME_TAKEN"] });
    });

    expect(result).to.deep.equal({ userErrors: ["LAST_NAME_TAKEN"] });
    expect(await lastName(id)).to.equal("Blanc");
  });

  it("does not pass for committed when a failed statement was swallowed", async () => {
    const { id } = await db.insertContact({ lastName: "Blanc" });

    const fault = await faultOf(
      run(async (sql) => {
        await sql.query(rename, [sql.institutionId, id, "Weiss"]);
        await faultOf(sql.query("SELECT 1 / 0"));
      }),
    );

    expect(fault).to.have.property("message", "the transaction was rolled back");
    expect(await lastName(id)).to.equal("Blanc");
  });

  it("repeats both of a deadlock until both are done", async () => {
    const [a, b] = [await db.insertContact(), await db.insertContact()];
    const { api } = db.pools();
    let attempts = 0;
    const met = meetingPoint(2);
    const renameBoth = (first: string, second: string, name: string) =>
      run(async (sql) => {
        attempts++;
        await sql.query(rename, [sql.institutionId, first, name]);
        // only in the first attempts: the repeat goes alone
        await met();
        await sql.query(rename, [sql.institutionId, second, name]);
      }, api);

    await Promise.all([renameBoth(a.id, b.id, "Weiss"), renameBoth(b.id, a.id, "Noir")]);

    // three, or more where both find the deadlock before either has given way
    expect(attempts).to.be.at.least(3);
    expect(await lastName(a.id)).to.equal(await lastName(b.id));
  });

  it("repeats a serialization failure", async () => {
    const { id } = await db.insertContact({ lastName: "0" });
    const { api } = db.pools();
    let attempts = 0;
    const met = meetingPoint(2);
    const increment = () =>
      run(async (sql) => {
        attempts++;
        await sql.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        const { rows } = await sql.query("SELECT last_name::int AS n FROM contacts.contact WHERE id = $1", [id]);
        await met();
        await sql.query(rename, [sql.institutionId, id, String(rows[0]!.n + 1)]);
      }, api);

    await Promise.all([increment(), increment()]);

    expect([attempts, await lastName(id)]).to.deep.equal([3, "2"]);
  });

  it("gives up on a deadlock that does not end", async () => {
    let attempts = 0;

    const fault = await faultOf(
      run(async (sql) => {
        attempts++;
        await sql.query("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$");
      }),
    );

    expect(fault).to.have.property("code", "40P01");
    expect(attempts).to.equal(4);
  });

  it("lets nobody use its db afterwards", async () => {
    const { api } = db.pools({ apiConnections: 1 });
    const kept = await run(async (sql) => sql, api);

    expect(await faultOf(kept.query("SELECT 1"))).to.have.property("message", "the transaction of this db has ended");
  });

  it("leaves no setting on the connection", async () => {
    const { api } = db.pools({ apiConnections: 1 });
    await run(async (sql) => await sql.query("SELECT 1"), api);

    const { rows } = await api.query("SELECT current_setting('app.institution', true) AS institution");

    expect(rows).to.deep.equal([{ institution: "" }]);
  });

  it("answers SERVICE_BUSY when no connection comes free in time", async () => {
    const { api } = db.pools({ apiConnections: 1, waitMs: 100 });
    const holder = await api.connect();

    const fault = await faultOf(run(async () => expect.fail("it ran"), api));

    holder.release();
    expect(fault).to.have.nested.property("extensions.code", "SERVICE_BUSY");
    expect(await run(async () => "free again", api)).to.equal("free again");
  });

  it("answers SERVICE_UNAVAILABLE when its connection is cut, undoes the rest, and heals", async () => {
    const { id } = await db.insertContact({ lastName: "Blanc" });
    const { api } = db.pools({ apiConnections: 1 });

    const fault = await faultOf(
      run(async (sql) => {
        await sql.query(rename, [sql.institutionId, id, "Weiss"]);
        await sql.query("SELECT pg_terminate_backend(pg_backend_pid())");
      }, api),
    );

    expect(fault).to.have.nested.property("extensions.code", "SERVICE_UNAVAILABLE");
    expect(await lastName(id)).to.equal("Blanc");
    expect(await run(async () => "healed", api)).to.equal("healed");
  });

  it("begins anew when the connection that it got is dead, which nobody has noticed yet", async () => {
    const { api } = db.pools({ apiConnections: 1 });
    const { rows } = await api.query("SELECT pg_backend_pid() AS pid");
    endAtOnce(rows[0].pid);

    const result = await run(async (sql) => (await sql.query("SELECT pg_backend_pid() AS pid")).rows[0]!.pid, api);

    expect(result).to.be.a("number").and.not.equal(rows[0].pid);
  });
});

/** Lets the first `count` that come go on together, and all later ones at once. */
function meetingPoint(count: number): () => Promise<void> {
  let open: () => void;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  let come = 0;
  return () => {
    if (++come === count) open();
    return all;
  };
}

/** Ends a server process while our own event loop stands still, so that the pool cannot see it. */
function endAtOnce(pid: number): void {
  process.kill(pid, "SIGTERM");
  while (isRunning(pid));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
