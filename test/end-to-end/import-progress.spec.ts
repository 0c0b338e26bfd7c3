import { expect } from "chai";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../support/database.js";
import { EventStream } from "../support/event-stream.js";
import { eventually } from "../support/eventually.js";
import { post } from "../support/toy-gateway.js";
import { type Installation, variants } from "./installation.js";
import { upload } from "./upload.js";

const follow = `subscription ($id: ID!) { importJobProgress(id: $id) { id status progress counters { processed } } }`;

for (const variant of variants) {
  /** What waits for the clock is the same with either planner. */
  const takesItsTime = !variant.name.includes("fallback");

  describe(`the progress of imports (${variant.name})`, () => {
    const db = useDatabase();
    let installation: Installation;
    let token: string;

    const claims = () => ({
      ...({
        subject: "op-1",
        kind: "OPERATOR",
        institution: db.home.code,
        roles: ["CRM_MANAGER"],
        clearance: 2,
      } as const),
    });

    before(async function () {
      this.timeout(120_000);
      await db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
         VALUES ($1, 'op-1', 'OPERATOR', $2, 0)`,
        [db.home.id, ["CRM_MANAGER"]],
      );
      installation = await variant.start(db);
      token = await installation.token(claims());
    });
    after(() => installation?.stop());

    /** An import that no worker knows of. */
    async function running(clearance = 0) {
      const { rows } = await db.owner.query<{ id: string }>(
        `INSERT INTO contacts.import_job (institution_id, import_type, mode, on_match, status, file_id, clearance, started_by,
           started_by_kind, claims, total)
         VALUES ($1, 'CONTACTS', 'UPDATE', 'SKIP', 'RUNNING', gen_random_uuid()::text, $2, 'op-1', 'OPERATOR', '{}', 100)
         RETURNING id`,
        [db.home.id, clearance],
      );
      const key = rows[0]!.id;
      const step = (processed: number) =>
        db.owner.query("UPDATE contacts.import_job SET cursor_line = $2 + 1, created = $2 WHERE id = $1", [
          key,
          processed,
        ]);
      const end = () =>
        db.owner.query("UPDATE contacts.import_job SET status = 'DONE', finished_at = now() WHERE id = $1", [key]);
      return { key, id: encodeId("ImportJob", key), step, end };
    }

    const listen = (id: string, query = follow, by = token) => EventStream.open(installation.url, by, query, { id });
    const listeners = async () =>
      (await db.superuser("SELECT FROM pg_stat_activity WHERE application_name = 'contact-file-graph wakes'")).rowCount;

    it("comes as events until the import has ended", async () => {
      const rows = Array.from({ length: 200 }, (_, n) => `p${n}@example.org;Muster`);
      const id = await upload(installation.url, token, ["email;lastName", ...rows].join("\n"));

      const events = await (await listen(id)).rest(30_000);

      const last = events.at(-1)!.data.importJobProgress;
      expect(last).to.deep.equal({ id, status: "DONE", progress: 1, counters: { processed: 200 } });
    }).timeout(60_000);

    it("comes with each step as soon as that is committed, and only then", async () => {
      const { id, step, end } = await running();
      const stream = await listen(id);
      const told = [(await stream.next())!];
      for (const processed of [25, 50]) {
        await step(processed);
        // well before the next poll
        told.push((await stream.next(3_000))!);
      }
      await end();
      told.push(...(await stream.rest(3_000)));

      expect(told.map(({ data }) => [data.importJobProgress.status, data.importJobProgress.progress])).to.deep.equal([
        ["RUNNING", 0],
        ["RUNNING", 0.25],
        ["RUNNING", 0.5],
        ["DONE", 1],
      ]);
    });

    if (takesItsTime)
      it("is found by looking where nothing was told", async () => {
        const { id, step } = await running();
        const stream = await listen(id);
        await stream.next();
        await db.owner.query("ALTER TABLE contacts.import_job DISABLE TRIGGER tell_progress");

        // the first look may come from when the process began to listen
        await step(40);
        await stream.next(8_000);
        await step(50);
        const event = await stream.next(8_000);
        await db.owner.query("ALTER TABLE contacts.import_job ENABLE TRIGGER tell_progress");
        stream.close();

        expect(event!.data.importJobProgress.progress).to.equal(0.5);
      }).timeout(30_000);

    it("ends with null for an import that is not there, or not for the caller", async () => {
      const { id } = await running(2);

      for (const each of [id, encodeId("ImportJob", "999999"), "nothing"])
        expect(await (await listen(each)).rest(), each).to.deep.equal([{ data: { importJobProgress: null } }]);
    });

    it("ends when the import is not for the caller any more", async () => {
      const { id, key } = await running();
      const stream = await listen(id);
      await stream.next();

      await db.owner.query("UPDATE contacts.import_job SET clearance = 2, total = 200 WHERE id = $1", [key]);

      expect(await stream.rest()).to.deep.equal([{ data: { importJobProgress: null } }]);
    });

    it("reaches over the subgraphs with every event", async () => {
      const contact = await db.insertContact({ lastName: "Muster" });
      const { id, key, step, end } = await running();
      await db.owner.query(
        "INSERT INTO contacts.import_row (institution_id, job_id, line, outcome, contact_id) VALUES ($1, $2, 2, 'CREATED', $3)",
        [db.home.id, key, contact.id],
      );
      const stream = await listen(
        id,
        `subscription ($id: ID!) { importJobProgress(id: $id) { rows(first: 1) { nodes { contact {
           lastName authorizations { code value } } } } } }`,
      );
      const smsOf = (event: { data?: { importJobProgress: { rows: { nodes: Node[] } } } } | null) =>
        event!.data!.importJobProgress.rows.nodes[0]!.contact.authorizations.find(({ code }) => code === "SMS")!.value;
      interface Node {
        contact: { authorizations: { code: string; value: string }[] };
      }
      const before = smsOf((await stream.next()) as never);
      await db.owner.query("UPDATE marketing.contact_marketing SET sms = true WHERE contact_id = $1", [contact.id]);
      await step(10);
      const after = smsOf((await stream.next()) as never);
      await end();
      await stream.rest();

      expect([before, after]).to.deep.equal(["EMPTY", "TRUE"]);
    });

    it("is refused to who may not import, and without a good token", async () => {
      const { id } = await running();
      await db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
         VALUES ($1, 'op-2', 'OPERATOR', $2, 0) ON CONFLICT DO NOTHING`,
        [db.home.id, ["FRONT_DESK"]],
      );
      const desk = await installation.token({ ...claims(), subject: "op-2", roles: ["FRONT_DESK"] });

      const events = await (await listen(id, follow, desk)).rest();
      const { status } = await post(installation.url, follow, { token: "x", variables: { id } });

      expect(events.map(({ errors }) => errors![0]!.extensions.code)).to.deep.equal(["FORBIDDEN"]);
      expect(status).to.equal(401);
    });

    if (takesItsTime)
      it("ends when the token expires", async () => {
        const { id } = await running();
        // five seconds of tolerance: it is good for three
        const lastWeek = { now: () => new Date(Date.now() - 7 * 86_400_000 - 2_000) };
        const stream = await listen(id, follow, await installation.token(claims(), lastWeek));
        const first = await stream.next();

        const rest = await stream.rest(15_000);

        expect(first!.data.importJobProgress.status).to.equal("RUNNING");
        expect(rest.map(({ errors }) => errors![0]!.extensions.code)).to.deep.equal(["UNAUTHENTICATED"]);
      }).timeout(30_000);

    it("leaves nothing behind when the listeners hang up, however many there were", async () => {
      const { id } = await running();
      await eventually(listeners, (count) => count === 0);
      const streams = await Promise.all(Array.from({ length: 20 }, () => listen(id)));
      const first = await Promise.all(streams.map((stream) => stream.next()));
      const held = await listeners();
      const oneMore = await (await listen(id)).rest();
      const { body } = await post(installation.url, "{ viewer { login } }", { token });

      for (const stream of streams) stream.close();

      await eventually(listeners, (count) => count === 0);
      expect(first.every((event) => event!.data.importJobProgress)).to.equal(true);
      expect(held, "one connection for all of them").to.equal(1);
      expect(oneMore.map(({ errors }) => errors![0]!.extensions.code)).to.deep.equal(["RATE_LIMITED"]);
      expect(body.data).to.deep.equal({ viewer: { login: "op-1" } });
      await eventually(
        async () => (await (await listen(id)).next())!,
        ({ data }) => data !== undefined,
      );
    }).timeout(60_000);

    if (variant.isApart)
      it("ends with a code when the subgraph goes", async () => {
        const { id } = await running();
        const stream = await listen(id);
        await stream.next();

        await installation.kill("contacts");
        const rest = await stream.rest();

        expect(rest.map(({ errors }) => errors![0]!.extensions.code)).to.deep.equal(["SERVICE_UNAVAILABLE"]);
      });
  });
}
