import { expect } from "chai";
import type { GraphQLSchema } from "graphql";
import { pino } from "pino";
import { historyModule, indicatorSchedule, indicatorTask } from "../../../src/history/index.js";
import { type Clearance } from "../../../src/platform/access/clearance.js";
import { isHeldWith } from "../../../src/platform/access/permissions.js";
import { startWorker } from "../../../src/platform/jobs/index.js";
import { createPrivacyPort } from "../../../src/privacy/index.js";
import { ask, codesOf } from "../../support/ask.js";
import type { ContextWish } from "../../support/database.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import type { TestInstitution } from "../../support/rows.js";
import { Books } from "../facts/books.js";
import { Reckoner } from "./reckoner.js";

const run = "{ indicatorRun { id status reason day progress total processed changed } userErrors { code field } }";
const recompute = `mutation ($input: RecomputeIndicatorsInput!) { recomputeIndicators(input: $input) ${run} }`;
const cancel = `mutation ($input: CancelIndicatorRunInput!) { cancelIndicatorRun(input: $input) ${run} }`;
const look = "query ($id: ID!) { indicatorRun(id: $id) { id status progress total processed changed finishedAt } }";
const settings = "{ settings { organization code isActive refresh } bands { contactKind mediumFrom largeFrom } }";
const read = `{ indicatorSettings ${settings} }`;
const set = `mutation ($input: SetIndicatorSettingInput!) { setIndicatorSetting(input: $input) {
  indicatorSettings ${settings} userErrors { code field } } }`;
const setBand = `mutation ($input: SetIndicatorBandInput!) { setIndicatorBand(input: $input) {
  indicatorSettings ${settings} userErrors { code field } } }`;

describe("administering indicators", () => {
  const db = useDatabase();
  const never = new AbortController().signal;
  let schema: GraphQLSchema;
  let institution: TestInstitution;
  let books: Books;
  let reckoner: Reckoner;

  before(async () => {
    ({ schema } = await historyModule.buildSubgraph());
  });
  beforeEach(async () => {
    institution = await db.institution();
    books = new Books(db, institution);
    reckoner = new Reckoner(db, institution);
    await books.product("GOODS", null);
  });

  const admin = (wish: ContextWish = {}) => {
    const services = db.services({ ports: { privacy: createPrivacyPort(db.services()) } });
    return db.contextWith("indicator:admin", { institution, clearance: 2, services, ...wish });
  };
  const contact = () => db.insertContact({ institution });

  async function queued(): Promise<string[]> {
    const { rows } = await db.owner.query<{ id: string }>(
      "SELECT id FROM history.indicator_run WHERE institution_id = $1 AND status = 'QUEUED'",
      [institution.id],
    );
    return rows.map(({ id }) => id);
  }
  async function drain(): Promise<void> {
    for (const id of await queued())
      await indicatorTask(db.services()).run({ institutionId: institution.id, id }, never);
  }

  describe("runs", () => {
    async function soldOne() {
      const buyer = await contact();
      const product = await books.product("GOODS", null);
      await books.order({ by: buyer, at: "2020-02-02T10:00:00Z", lines: [{ product }] });
      // as if nothing had been worked out when it was delivered
      await db.owner.query("DELETE FROM history.contact_indicator WHERE institution_id = $1", [institution.id]);
    }

    it("work everybody out in the background, with progress", async () => {
      await soldOne();
      await contact();
      const asked = (await ask(schema, admin(), recompute, { input: {} })).recomputeIndicators.indicatorRun;
      expect(asked).to.include({ status: "QUEUED", reason: "REQUEST", day: "2026-03-10", progress: 0, total: null });
      const log = pino({ level: "silent" });
      const tasks = [indicatorTask(db.services())];
      const worker = await startWorker({ url: db.appUrl, tasks, log, pollMs: 500, superviseMs: 1_000 });

      const done = await eventually(
        async () => (await ask(schema, admin(), look, { id: asked.id })).indicatorRun,
        ({ status }) => status === "DONE",
      );

      await worker.stop();
      expect(done).to.include({ progress: 1, total: 2, processed: 2, changed: 1 });
      expect((await reckoner.all()).map(({ seniority_years }) => seniority_years)).to.deep.equal([6, 0]);
    });

    it("are not asked for twice while one waits, and the key of a call stands for its run", async () => {
      const input = { idempotencyKey: "once" };
      const answers = [
        await ask(schema, admin(), recompute, { input }),
        await ask(schema, admin(), recompute, { input: {} }),
      ];
      await drain();
      answers.push(await ask(schema, admin(), recompute, { input }));
      const next = await ask(schema, admin(), recompute, { input: {} });

      const [first, second, third] = answers.map(({ recomputeIndicators }) => recomputeIndicators.indicatorRun);
      expect([second.id, third.id]).to.deep.equal([first.id, first.id]);
      expect(third.status).to.equal("DONE");
      expect(next.recomputeIndicators.indicatorRun.id).not.to.equal(first.id);
    });

    it("go on where a run of the task was broken off", async () => {
      await soldOne();
      await ask(schema, admin(), recompute, { input: {} });
      const [id] = await queued();
      const stopping = new AbortController();
      stopping.abort();
      const task = indicatorTask(db.services());

      const broken = await task.run({ institutionId: institution.id, id: id! }, stopping.signal).then(
        () => "ended",
        () => "broken off",
      );
      await task.run({ institutionId: institution.id, id: id! }, never);

      const { rows } = await db.owner.query(
        "SELECT status, fence, vain_runs, changed FROM history.indicator_run WHERE institution_id = $1",
        [institution.id],
      );
      expect(broken).to.equal("broken off");
      expect(rows).to.deep.equal([{ status: "DONE", fence: 2, vain_runs: 0, changed: 1 }]);
    });

    it("fail when they break off for ever, and leave the way to another one", async () => {
      await ask(schema, admin(), recompute, { input: {} });
      const [id] = await queued();
      await db.owner.query("UPDATE history.indicator_run SET vain_runs = 20 WHERE id = $1", [id]);

      await indicatorTask(db.services()).run({ institutionId: institution.id, id: id! }, never);

      const next = await ask(schema, admin(), recompute, { input: {} });
      expect(next.recomputeIndicators.indicatorRun).to.include({ status: "QUEUED" });
    });

    it("write nothing more once they were cancelled", async () => {
      await soldOne();
      const { id } = (await ask(schema, admin(), recompute, { input: {} })).recomputeIndicators.indicatorRun;

      const cancelled = (await ask(schema, admin(), cancel, { input: { id } })).cancelIndicatorRun;
      const again = (await ask(schema, admin(), cancel, { input: { id } })).cancelIndicatorRun;
      const elsewhere = admin({ institution: await db.institution() });
      const unknown = (await ask(schema, elsewhere, cancel, { input: { id } })).cancelIndicatorRun;
      await drain();

      expect(cancelled.indicatorRun).to.include({ status: "CANCELLED" });
      expect(again.userErrors).to.deep.equal([{ code: "INDICATOR_RUN_HAS_ENDED", field: ["id"] }]);
      expect(unknown.userErrors).to.deep.equal([{ code: "INDICATOR_RUN_NOT_FOUND", field: ["id"] }]);
      expect((await reckoner.all()).map(({ seniority_years }) => seniority_years)).to.deep.equal([0]);
    });

    it("come once a day by themselves, where the day has begun, and see what today changes", async () => {
      const member = await contact();
      await books.membership(member, await books.product("MEMBERSHIP", null), "2026-03-11", "2026-03-11");
      const dawn = async (instant: string) => {
        db.clock.set(instant);
        await indicatorSchedule(db.services()).run(never);
        const asked = (await queued()).length;
        await drain();
        return [asked, (await reckoner.all())[0]!.is_member];
      };

      const seen = [
        await dawn("2026-03-10T09:00:00Z"),
        await dawn("2026-03-10T22:07:00Z"),
        await dawn("2026-03-10T23:07:00Z"),
        await dawn("2026-03-11T00:07:00Z"),
        await dawn("2026-03-11T23:07:00Z"),
      ];

      db.clock.set("2026-03-10T09:00:00Z");
      expect(seen).to.deep.equal([
        [1, false],
        [0, false],
        [1, true],
        [0, true],
        [1, false],
      ]);
    });
  });

  describe("settings", () => {
    it("are as shipped until somebody sets them (domain 3.4)", async () => {
      const { indicatorSettings } = await ask(schema, admin(), read);

      expect(indicatorSettings.settings).to.have.length(12);
      expect(indicatorSettings.settings.slice(0, 6)).to.deep.equal(
        [
          ["ASSIDUITY", "REAL_TIME"],
          ["CHILDREN_PRODUCT", "REAL_TIME"],
          ["MEMBERSHIP", "REAL_TIME"],
          ["SML", "SEASON_CHANGE"],
          ["SEASON_TICKET_HOLDER", "REAL_TIME"],
          ["SENIORITY", "REAL_TIME"],
        ].map(([code, refresh]) => ({ organization: "MUSEUM", code, isActive: true, refresh })),
      );
      expect(indicatorSettings.bands.map((band: object) => Object.values(band))).to.deep.equal([
        ["COLLECTIVITY", "1000.00", "5000.00"],
        ["SEASON_TICKET_HOLDER", "400.00", "1200.00"],
        ["OTHER", "100.00", "400.00"],
      ]);
    });

    it("leave out what happens in an organization that does not count", async () => {
      const buyer = await contact();
      const lines = [{ product: await books.product("GOODS", null), isForChildren: true }];
      await books.order({ by: buyer, at: "2020-02-02T10:00:00Z", lines });
      const input = { organization: "OPERA", isActive: false, refresh: "REAL_TIME" };

      for (const code of ["SENIORITY", "CHILDREN_PRODUCT"])
        await ask(schema, admin(), set, { input: { ...input, code } });
      await drain();

      expect((await reckoner.all())[0]).to.include({ seniority_years: 0, has_children_product: false });
    });

    it("hold back until the season changes what is to count from then on", async () => {
      await books.season("2024", "2024-09-01", "2025-06-30");
      await books.season("2025", "2025-09-01", "2026-06-30");
      await books.season("2026", "2026-09-01", "2027-06-30");
      const buyer = await contact();
      const product = await books.product("PERFORMANCE", "2026-02-02");
      const lines = [{ product, isForChildren: true, tickets: [{ of: buyer }] }];
      await books.order({ by: buyer, at: "2026-01-01T10:00:00Z", lines });
      const input = { organization: "OPERA", isActive: true, refresh: "SEASON_CHANGE" };
      for (const code of ["ASSIDUITY", "CHILDREN_PRODUCT"])
        await ask(schema, admin(), set, { input: { ...input, code } });
      await drain();
      const before = (await reckoner.all())[0]!;

      db.clock.set("2026-09-01T09:00:00Z");
      await indicatorSchedule(db.services()).run(never);
      await drain();
      const after = (await reckoner.all())[0]!;
      db.clock.set("2026-03-10T09:00:00Z");

      expect([before.assiduity, before.has_children_product]).to.deep.equal([0, false]);
      expect([after.assiduity, after.has_children_product]).to.deep.equal([1, true]);
    });

    it("move the bands of a kind of contact", async () => {
      await books.season("2024", "2024-09-01", "2025-06-30");
      await books.season("2025", "2025-09-01", "2026-06-30");
      const buyer = await contact();
      const lines = [{ product: await books.product("PERFORMANCE", "2025-02-02"), amount: "70" }];
      await books.order({ by: buyer, at: "2025-01-01T10:00:00Z", lines });
      const input = { contactKind: "OTHER", mediumFrom: "50", largeFrom: "70.00" };

      const { setIndicatorBand } = await ask(schema, admin(), setBand, { input });
      await drain();

      expect(setIndicatorBand.indicatorSettings.bands[2]).to.include({ mediumFrom: "50.00", largeFrom: "70.00" });
      expect((await reckoner.all())[0]).to.include({ sml_level: "LARGE" });
    });

    it("ask for a run only when something has changed", async () => {
      const input = { organization: "OPERA", code: "SENIORITY", isActive: false, refresh: "REAL_TIME" };
      await ask(schema, admin(), set, { input });
      await drain();

      await ask(schema, admin(), set, { input });

      expect(await queued()).to.deep.equal([]);
    });

    const refused: readonly (readonly [string, string, object, string, string[]])[] = [
      ["of the balance", set, { code: "BALANCE" }, "INDICATOR_NOT_CONFIGURABLE", ["code"]],
      ["of memberships at season change", set, { code: "MEMBERSHIP" }, "INDICATOR_REFRESH_FIXED", ["refresh"]],
      ["of an unknown organization", set, { organization: "CIRCUS" }, "UNKNOWN_ORGANIZATION", ["organization"]],
      ["that begin at nothing", setBand, { mediumFrom: "0" }, "INDICATOR_BAND_REVERSED", ["mediumFrom"]],
      ["that overlap", setBand, { largeFrom: "50" }, "INDICATOR_BAND_REVERSED", ["largeFrom"]],
      ["finer than money", setBand, { mediumFrom: "1.005" }, "INDICATOR_BAND_TOO_FINE", ["mediumFrom"]],
    ];
    for (const [title, mutation, wish, code, field] of refused)
      it(`refuse values ${title}`, async () => {
        const setting = { organization: "OPERA", code: "ASSIDUITY", isActive: true, refresh: "SEASON_CHANGE" };
        const band = { contactKind: "OTHER", mediumFrom: "50", largeFrom: "70" };

        const answer = await ask(schema, admin(), mutation, {
          input: { ...(mutation === set ? setting : band), ...wish },
        });

        expect(Object.values(answer)[0]).to.deep.equal({ indicatorSettings: null, userErrors: [{ code, field }] });
      });
  });

  it("takes a permission that only callers cleared for everybody can have", async () => {
    const other = db.contextWith("contact:read", "history:read", { institution });

    expect(await codesOf(schema, other, read)).to.deep.equal(["FORBIDDEN"]);
    expect(await codesOf(schema, other, recompute, { input: {} })).to.deep.equal(["FORBIDDEN"]);
    const levels: Clearance[] = [0, 1, 2];
    expect(levels.map((clearance) => isHeldWith("indicator:admin", clearance))).to.deep.equal([false, false, true]);
  });
});
