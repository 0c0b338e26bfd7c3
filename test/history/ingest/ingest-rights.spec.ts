import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { orderRecord, productRecord } from "../../support/ingest.js";
import { Ingester, jsonLines } from "./ingester.js";

describe("the rights of who delivers a file", () => {
  const db = useDatabase();
  const ingester = new Ingester(db);
  before(() => ingester.open());
  afterEach(() => {
    ingester.today = {};
  });

  it("are asked in each run", async () => {
    for (const today of [{ hasLeft: true }, { clearance: 1 as const }]) {
      const { ingestJob } = await ingester.start(jsonLines([orderRecord()]));
      ingester.today = today;
      await ingester.run(ingestJob.id, db.home.id);
      ingester.today = {};
      expect((await ingester.report(ingestJob.id)).fileError!.code).to.equal("INGEST_NOT_PERMITTED");
    }
  });

  it("are asked before each chunk as well, and what was written before stays", async () => {
    const [before, after] = [orderRecord({ orderNumber: "BEFORE" }), orderRecord({ orderNumber: "AFTER" })];
    const filler = Array.from({ length: 4_000 }, (_, index) => ({ none: index }));
    const { ingestJob } = await ingester.start(jsonLines([productRecord(), before, ...filler, after]));
    const holder = await db.owner.connect();
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE history.product IN EXCLUSIVE MODE");

    const run = ingester.run(ingestJob.id, db.home.id);
    await eventually(
      () => db.superuser("SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'", [db.name]),
      ({ rowCount }) => rowCount! > 0,
    );
    ingester.today = { hasLeft: true };
    await holder.query("COMMIT");
    holder.release();
    await run;
    ingester.today = {};

    expect((await ingester.report(ingestJob.id)).fileError!.code).to.equal("INGEST_NOT_PERMITTED");
    const { rows } = await db.owner.query(
      "SELECT order_number AS number FROM history.sales_order WHERE order_number IN ('BEFORE', 'AFTER')",
    );
    expect(rows).to.deep.equal([{ number: "BEFORE" }]);
  });
});
