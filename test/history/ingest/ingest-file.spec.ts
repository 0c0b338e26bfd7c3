import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { renamed, zipOf } from "../../contacts/import/zips.js";
import { ask, codesOf } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import {
  historySchema,
  lineOf,
  named,
  orderRecord,
  paymentRecord,
  productRecord,
  ticketing,
} from "../../support/ingest.js";
import { Ingester, jsonLines } from "./ingester.js";
import { storedHistory } from "./stored-history.js";

describe("startIngest", () => {
  const db = useDatabase();
  const ingester = new Ingester(db);
  before(() => ingester.open());
  afterEach(() => {
    ingester.today = {};
    return ingester.stopWorker();
  });

  it("takes a file in through the upload, a job and a worker", async () => {
    const ana = await db.insertContact();
    const show = productRecord();
    await ingester.startWorker();
    const { ingestJob } = await ingester.start(
      jsonLines([show, orderRecord({ purchaser: named(ana), lines: [lineOf(show, ana)] }), paymentRecord(ana)]),
    );

    const report = await ingester.ended(ingestJob.id);

    expect(report).to.deep.include({ status: "DONE", progress: 1, fileError: null });
    expect(report.counters).to.include({ processed: 3, created: 3 });
    expect(report.notTaken.nodes).to.deep.equal([]);
  });

  it("takes files that gzip has packed, in one part or several, and lines of Windows", async () => {
    const [one, two, three] = [1, 2, 3].map((n) => JSON.stringify(orderRecord({ orderNumber: `GZ${n}` })));
    const packed = Buffer.concat([gzipSync(`\uFEFF${one}\r\n\r\n`), gzipSync(`${two}\r\n`), gzipSync(three!)]);

    const report = await ingester.deliver(packed);

    expect(report.counters).to.include({ created: 3, errors: 0 });
  });

  it("takes the one file in a zip, with what macOS adds, and packed again by gzip", async () => {
    const [one, two] = ["ZIP1", "ZIP2"].map((orderNumber) => JSON.stringify(orderRecord({ orderNumber })));

    const plain = await ingester.deliver(
      await zipOf({ "out/day.jsonl": `${one}\r\n`, "__MACOSX/out/._day.jsonl": "x" }),
    );
    const twice = await ingester.deliver(await zipOf({ "day.NDJSON": gzipSync(two!) }));

    expect(plain).to.deep.include({ status: "DONE", progress: 1, fileError: null });
    expect([plain.counters.created, twice.counters.created]).to.deep.equal([1, 1]);
  });

  const record = `${JSON.stringify(orderRecord({ orderNumber: "ZIP9" }))}\n`;
  const zeros = Buffer.alloc(70 * 2 ** 20);
  const refusedZips: [string, () => Promise<Buffer>, string][] = [
    ["two files", () => zipOf({ "a.jsonl": record, "b.jsonl": record }), "ZIP_NOT_SINGLE_FILE"],
    ["nothing", () => zipOf({}), "ZIP_NOT_SINGLE_FILE"],
    ["a CSV", () => zipOf({ "a.csv": record }), "ZIP_NOT_SINGLE_FILE"],
    [
      "a name that leads out",
      async () => renamed(await zipOf({ "aa/x.jsonl": record }), "aa/x.jsonl", "../x.jsonl"),
      "ZIP_NOT_SINGLE_FILE",
    ],
    ["a workbook", () => zipOf({ "[Content_Types].xml": "<x/>", "xl/sheet.json": record }), "FILE_BROKEN"],
    ["half of itself", async () => (await zipOf({ "a.jsonl": record.repeat(99) })).subarray(0, 300), "FILE_BROKEN"],
    ["more than it may unpack to", () => zipOf({ "a.jsonl": zeros }), "ZIP_RATIO_TOO_HIGH"],
  ];
  for (const [what, pack, code] of refusedZips) {
    it(`refuses a zip with ${what}`, async () => {
      const report = await ingester.deliver(await pack());

      expect(report).to.have.property("status", "FAILED");
      expect(report.fileError).to.include({ code });
    });
  }

  it("takes records in any order: what names something further down is read again", async () => {
    const ana = await db.insertContact();
    const show = productRecord({ season: "LATE" });
    const pass = productRecord({ kind: "PASS", parts: [show.product.code] });
    const order = orderRecord({ purchaser: named(ana), lines: [lineOf(pass, ana)] });
    const season = {
      organization: "OPERA",
      code: "LATE",
      version: 1,
      name: "x",
      startsOn: "2026-01-01",
      endsOn: "2026-12-31",
    };
    const backwards = [paymentRecord(ana, { order: order.order.orderNumber }), order, pass, show, { season }];
    // in chunks of their own, so that none finds the other in its own
    const filler = (n: number) => Array.from({ length: 4_000 }, (_, index) => ({ none: `${n} ${index}` }));
    const institution = await db.institution();
    const bob = await db.insertContact({ institution });
    const wish = { institution };
    const forBob = JSON.parse(JSON.stringify(backwards).replaceAll(ana.opaqueId, bob.opaqueId)) as typeof backwards;

    const report = await ingester.deliver(forBob.flatMap((record, n) => [record, ...filler(n)]) as never, wish);

    expect(report.counters).to.include({ created: 5, errors: 20_000, processed: 20_005 });
    expect((await storedHistory(db, institution)).payments).to.have.length(1);
  }).timeout(60_000);

  it("loses no record that came too early, however many there are, and lists those first that stay refused", async () => {
    const institution = await db.institution();
    const ana = await db.insertContact({ institution });
    const show = productRecord();
    const order = orderRecord({ purchaser: named(ana) });
    const early = Array.from({ length: 7 }, () => paymentRecord(ana, { order: order.order.orderNumber }));
    const lost = Array.from({ length: 2 }, () => paymentRecord(ana, { order: "NEVER" }));
    // a chunk of its own
    const filler = Array.from({ length: 4_000 }, () => show);
    ingester.mostListed = 3;

    const report = await ingester
      .deliver([...early, { none: 1 }, ...lost, ...filler, { none: 2 }, order] as never, { institution })
      .finally(() => {
        ingester.mostListed = undefined;
      });

    expect(report.counters).to.include({ created: 9, unchanged: 3_999, errors: 4 });
    expect((await storedHistory(db, institution)).payments).to.have.length(7);
    expect(report.notTaken.nodes.map(({ line }) => line)).to.deep.equal([8, 9, 10]);
  }).timeout(60_000);

  it("reports each line that is no record with its number, and nothing of what stands in it", async () => {
    const good = JSON.stringify(orderRecord());
    const secret = "anna.mueller@example.org";
    const lines = [
      `{"order": {"remark": "${secret}"`,
      good,
      "[]",
      `{"order": {"${secret}": 1}}`,
      "42",
      '{"visit": {}}',
    ];
    const latin = Buffer.from(`\n{"order": "é"}\n`, "latin1");

    const report = await ingester.deliver(Buffer.concat([Buffer.from(`${lines.join("\n")}\n`), latin]));

    expect(report.counters).to.include({ created: 1, errors: 6, processed: 7 });
    const found = report.notTaken.nodes.map(({ line, problems }) => `${line} ${problems[0]!.code}`);
    expect(found).to.deep.equal([
      ...["1 RECORD_NOT_JSON", "3 RECORD_KIND_EXPECTED", "4 RECORD_FIELD_UNKNOWN", "5 RECORD_KIND_EXPECTED"],
      ...["6 RECORD_KIND_EXPECTED", "8 RECORD_NOT_UTF8"],
    ]);
    expect(JSON.stringify(report)).not.to.contain("anna");
    const { rows } = await db.owner.query("SELECT * FROM history.ingest_record");
    expect(JSON.stringify(rows)).not.to.contain("anna");
  });

  it("lists stale records and errors apart, and counts the others", async () => {
    const order = orderRecord({ version: 3 });
    await ingester.deliver([order]);

    const { ingestJob } = await ingester.start(
      jsonLines([{ order: { ...order.order, version: 2 } }, order, { order: {} }]),
    );
    await ingester.run(ingestJob.id, db.home.id);

    const stale = await ingester.report(ingestJob.id, {}, "STALE");
    expect(stale.counters).to.include({ stale: 1, unchanged: 1, errors: 1, created: 0 });
    expect(stale.notTaken.nodes.map(({ line, problems }) => [line, problems[0]!.code])).to.deep.equal([
      [1, "RECORD_STALE"],
    ]);
    const errors = await ingester.report(ingestJob.id, {}, "ERROR");
    expect(errors.notTaken.nodes.map(({ line }) => line)).to.deep.equal([3]);
    expect(errors.status).to.equal("DONE_WITH_ERRORS");
  });

  it("fails files that are empty, broken, or unpack to far more than they are", async () => {
    const broken = gzipSync(jsonLines([orderRecord(), orderRecord()])).subarray(0, 60);
    broken[30] = broken[30]! ^ 0xff;

    expect((await ingester.deliver("\n\n")).fileError!.code).to.equal("EMPTY_FILE");
    expect((await ingester.deliver(broken)).fileError!.code).to.equal("FILE_BROKEN");
  });

  it("ends when it is cancelled, and keeps what was written", async () => {
    const { ingestJob } = await ingester.start(jsonLines([orderRecord()]));
    const mutation = `mutation ($input: CancelIngestInput!) { cancelIngest(input: $input) { ingestJob { status } userErrors { code } } }`;
    const cancel = async () =>
      (await ask(await historySchema(), await ingester.caller(), mutation, { input: { id: ingestJob.id } }))
        .cancelIngest;

    const first = await cancel();
    const second = await cancel();
    await ingester.run(ingestJob.id, db.home.id);

    expect(first).to.deep.equal({ ingestJob: { status: "CANCELLED" }, userErrors: [] });
    expect(second.userErrors).to.deep.equal([{ code: "INGEST_HAS_ENDED" }]);
    expect((await ingester.report(ingestJob.id)).counters.processed).to.equal(0);
  });

  it("answers a repeat with the same key by the first one's job", async () => {
    const file = jsonLines([orderRecord()]);

    const first = await ingester.start(file, { idempotencyKey: "again" });
    const second = await ingester.start(file, { idempotencyKey: "again" });
    const other = await ingester.start(jsonLines([orderRecord()]), { idempotencyKey: "again" });

    expect(second.ingestJob.id).to.equal(first.ingestJob.id);
    expect(other.userErrors.map(({ code }: { code: string }) => code)).to.deep.equal(["IDEMPOTENCY_KEY_REUSED"]);
  });

  it("lists deliveries, the newest first, to whoever may deliver and sees all", async () => {
    const institution = await db.institution();
    const ids: string[] = [];
    for (let n = 0; n < 3; n++)
      ids.push((await ingester.start(jsonLines([orderRecord()]), { institution })).ingestJob.id);
    const query = `query ($after: String) { ingestJobs(first: 2, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }`;
    const page = async (after: string | null) =>
      (await ask(await historySchema(), await ticketing(db, { institution }), query, { after })).ingestJobs;

    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);

    const found = [...first.nodes, ...second.nodes].map(({ id }: { id: string }) => id);
    expect(found).to.deep.equal(ids.toReversed());
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).to.deep.equal([true, false]);
  });

  it("refuses cursors that no page gave, of deliveries and of their records", async () => {
    const { ingestJob } = await ingester.start(jsonLines([orderRecord()]));
    const query = `query ($id: ID!, $after: String) { ingestJob(id: $id) { notTaken(first: 1, after: $after) { nodes { line } } } }`;
    const jobs = `query ($after: String) { ingestJobs(first: 1, after: $after) { nodes { id } } }`;
    const caller = await ticketing(db);
    const schema = await historySchema();

    for (const key of [-1, -(2 ** 40), 1.5, "x", null]) {
      const after = Buffer.from(JSON.stringify([key])).toString("base64url");
      expect(await codesOf(schema, caller, query, { id: ingestJob.id, after }), `${key}`).to.deep.equal([
        "BAD_USER_INPUT",
      ]);
      expect(await codesOf(schema, caller, jobs, { after }), `${key}`).to.deep.equal(["BAD_USER_INPUT"]);
    }
  });

  it("works out the indicators of everybody whom it named, also when it ends in the middle", async () => {
    const [ana, bob] = [await db.insertContact(), await db.insertContact()];
    const sale = (contact: typeof ana) => orderRecord({ purchaser: named(contact) });
    const firstSales = async () => {
      const { rows } = await db.owner.query(
        "SELECT contact_id AS id, first_sale_on::text AS day FROM history.contact_indicator WHERE contact_id = ANY($1)",
        [[ana.id, bob.id]],
      );
      return rows;
    };

    await ingester.deliver([sale(ana)]);
    const first = await firstSales();
    // one who died after its last chunk, and was cancelled before it came back
    await db.owner.query(
      "INSERT INTO history.ingest_touched_list (institution_id, contact_ids) VALUES ($1, ARRAY[$2::bigint, $2, 0])",
      [db.home.id, bob.id],
    );
    await ingester.deliver("");
    const { rows: waiting } = await db.owner.query(
      "SELECT contact_id FROM history.ingest_touched UNION ALL SELECT id FROM history.ingest_touched_list",
    );

    expect(first).to.deep.equal([{ id: ana.id, day: "2026-03-01" }]);
    expect((await firstSales()).map(({ id }) => id)).to.have.members([ana.id, bob.id]);
    expect(waiting).to.deep.equal([]);
  });

  it("leaves no file behind when the upload breaks off", async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error("gone"));
      },
    });

    const answer = await ingester.start(broken).catch((error: Error) => error);

    expect(answer).to.be.instanceOf(Error);
  });
});
