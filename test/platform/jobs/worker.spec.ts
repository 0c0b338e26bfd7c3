import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";
import { PgBoss } from "pg-boss";
import { pino } from "pino";
import { Rollback } from "../../../src/platform/database/transaction.js";
import { enqueue, type JobPayload, type JobWorker, startWorker, type Task } from "../../../src/platform/jobs/index.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { killed } from "../../support/killing.js";

describe("jobs", () => {
  const db = useDatabase();
  const queue = "contacts.import";
  const workers: JobWorker[] = [];

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop(0)));
    await db.owner.query("DELETE FROM pgboss.job");
  });

  async function start(run: Task["run"], pollMs = 500): Promise<JobWorker> {
    const log = pino({ level: "silent" });
    const worker = await startWorker({ url: db.appUrl, tasks: [{ queue, run }], log, pollMs, superviseMs: 1_000 });
    workers.push(worker);
    return worker;
  }

  const add = (id: string): Promise<JobPayload> => {
    const payload = { institutionId: db.home.id, id };
    return db.context.transaction(async (sql) => {
      await enqueue(sql, queue, payload);
      return payload;
    });
  };

  async function states(): Promise<string[]> {
    const { rows } = await db.owner.query<{ state: string }>("SELECT state FROM pgboss.job ORDER BY created_on");
    return rows.map(({ state }) => state);
  }

  it("run once, with the ids that they were given", async () => {
    const ran: JobPayload[] = [];
    const payload = await add("41");

    await start(async (given) => void ran.push(given));
    await eventually(states, ([state]) => state === "completed");

    expect(ran).to.deep.equal([payload]);
  });

  it("wake an idle worker", async () => {
    await start(async () => undefined, 60_000);

    await add("48");

    await eventually(states, ([state]) => state === "completed", 5_000);
  });

  it("exist only when the transaction that asks for them commits", async () => {
    await db.context.transaction(async (sql) => {
      await enqueue(sql, queue, { institutionId: db.home.id, id: "42" });
      throw new Rollback(undefined);
    });

    expect(await states()).to.deep.equal([]);
  });

  it("are refused for another institution", async () => {
    const other = await db.institution();

    const error = await db.context
      .transaction((sql) => enqueue(sql, queue, { institutionId: other.id, id: "1" }))
      .catch((reason: Error) => reason);

    expect(error).to.be.instanceOf(Error);
    expect(await states()).to.deep.equal([]);
  });

  it("drain from a backlog without waiting between them", async () => {
    const ran = new Set<string>();
    for (let id = 1; id <= 30; id++) await add(String(id));
    const startedAt = Date.now();

    await start(async ({ id }) => void ran.add(id));
    await eventually(
      async () => ran.size,
      (size) => size === 30,
    );

    expect(Date.now() - startedAt).to.be.lessThan((30 * 500) / 3);
  });

  it("run again after an error, of which nothing is kept that may be personal", async () => {
    let attempts = 0;
    await add("43");

    await start(async () => {
      if (++attempts === 1)
        throw Object.assign(new Error("Key (email)=(ada@example.org)"), { detail: "ada@example.org" });
    });
    await eventually(states, ([state]) => state === "completed");
    const { rows } = await db.owner.query("SELECT * FROM pgboss.job");

    expect(attempts).to.equal(2);
    expect(JSON.stringify(rows)).to.not.contain("ada");
  });

  it("keep no part of an error's text while they wait to run again", async () => {
    await add("44");

    await start(async () => {
      throw Object.assign(new Error("ada@example.org"), { code: "23505", detail: "ada@example.org" });
    });
    const [kept] = await eventually(
      async () => (await db.owner.query("SELECT state, output FROM pgboss.job WHERE output IS NOT NULL")).rows,
      (rows) => rows.length === 1,
    );

    expect(JSON.stringify(kept)).to.contain("23505").and.to.not.contain("ada");
  });

  it("are handed back when their worker stops, and resume elsewhere", async () => {
    await add("45");
    let begun = 0;
    const first = await start(async (_, signal) => {
      begun++;
      await once(signal, "abort");
      signal.throwIfAborted();
    });
    await eventually(
      async () => begun,
      (count) => count === 1,
    );

    await first.stop();
    const handedBack = await states();
    await start(async () => undefined);
    await eventually(states, ([state]) => state === "completed");

    expect(handedBack).to.deep.equal(["retry"]);
  });

  it("are handed back also by a task that does not listen", async () => {
    await add("46");
    let begun = 0;
    const deaf = await start(() => new Promise(() => void begun++));
    await eventually(
      async () => begun,
      (count) => count === 1,
    );

    await deaf.stop(100);

    expect(await states()).to.deep.equal(["retry"]);
  });

  it("run again within 30 seconds after their worker was killed", async () => {
    await add("47");
    const script = new URL("./lone-worker.js", import.meta.url).pathname;
    const child = spawn(process.execPath, [script, db.appUrl], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    await killed(child);
    const killedAt = Date.now();
    const ran: string[] = [];

    await start(async ({ id }) => void ran.push(id));
    await eventually(states, ([state]) => state === "completed", 30_000);

    expect(ran).to.deep.equal(["47"]);
    expect(Date.now() - killedAt).to.be.lessThan(30_000);
  }).timeout(60_000);

  it("are kept in the schema that this version of pg-boss expects", async () => {
    const boss = new PgBoss({ connectionString: db.ownerUrl, migrate: false, supervise: false, schedule: false });
    await boss.start();

    const { ok, ...drift } = await boss.detectSchemaDrift().finally(() => boss.stop({ graceful: false }));

    expect(ok, JSON.stringify(drift)).to.equal(true);
  });

  it("come due by schedule, through the role that serves", async () => {
    const log = pino({ level: "silent" });
    const schedules = [{ queue: "platform.file-sweep", cron: "17 * * * *", run: async () => undefined }] as const;

    workers.push(await startWorker({ url: db.appUrl, tasks: [], schedules, log }));
    const { rows } = await db.owner.query("SELECT name, cron FROM pgboss.schedule");

    expect(rows).to.deep.equal([{ name: "platform.file-sweep", cron: "17 * * * *" }]);
  });
});
