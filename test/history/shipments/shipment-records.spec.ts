import { expect } from "chai";
import fc from "fast-check";
import { historyPort } from "../../../src/history/index.js";
import type { ShipmentOutcome, ShipmentRecord, ShipmentReport } from "../../../src/platform/ports.js";
import { useDatabase } from "../../support/database.js";

const ranked: readonly ShipmentOutcome[] = [
  ...(["FAILED", "SENT", "DELIVERED", "SOFT_BOUNCED"] as const),
  ...(["OPENED", "FOLLOWED", "REFUSED", "HARD_BOUNCED"] as const),
];
const day = (offset: number) => new Date(Date.UTC(2026, 2, 1 + offset));

describe("recording shipments (F25, F28)", () => {
  const db = useDatabase();
  let numbers = 0;
  const newNumber = () => `S-${++numbers}`;

  const record = (records: readonly ShipmentRecord[], context = db.contextWith({ clearance: 2 })) =>
    context.transaction((sql) => historyPort.recordShipments(sql, records));
  const report = (reports: readonly ShipmentReport[], context = db.contextWith({ clearance: 2 })) =>
    context.transaction((sql) => historyPort.updateShipmentStates(sql, reports));

  const campaignMail = (contactId: string, wish: Partial<ShipmentRecord> = {}): ShipmentRecord => ({
    ...{ organization: "OPERA", externalId: newNumber(), contactId, kind: "CAMPAIGN", channel: "EMAIL" },
    ...{ state: "SENT", sentAt: day(0), createdAt: day(0), recipient: "zoe@example.org", ...wish },
  });

  async function shipmentsOf(contactId: string) {
    const { rows } = await db.owner.query(
      `SELECT id, external_id AS number, current_state AS state, current_code AS code, current_sent_at AS "sentAt",
         recipient FROM history.shipment WHERE contact_id = $1 ORDER BY id`,
      [contactId],
    );
    return rows;
  }

  async function interactionsOf(contactId: string) {
    const { rows } = await db.owner.query(
      `SELECT medium, interaction_status AS status, occurred_at AS "occurredAt", organization
       FROM history.interaction WHERE contact_id = $1 ORDER BY id`,
      [contactId],
    );
    return rows;
  }

  it("makes one interaction for one that was sent, however often it is recorded (F25)", async () => {
    const { id } = await db.insertContact();
    const mail = campaignMail(id);

    const [first] = await record([mail, mail]);
    const [second] = await record([mail]);
    await Promise.all([record([mail]), record([mail])]);

    expect(second).to.be.a("string").and.to.equal(first);
    expect(await shipmentsOf(id)).to.have.length(1);
    expect(await interactionsOf(id)).to.deep.equal([
      { medium: "EMAIL", status: "CLOSED", occurredAt: day(0), organization: "OPERA" },
    ]);
  });

  it("makes none for what waits or failed, and one when it is sent after all (F25)", async () => {
    const { id } = await db.insertContact();
    const [waiting] = await record([campaignMail(id, { state: "QUEUED", sentAt: null })]);
    const [failed] = await record([campaignMail(id, { state: "FAILED", sentAt: null })]);
    expect(await interactionsOf(id)).to.deep.equal([]);

    await report([{ shipmentId: waiting!, outcome: "SENT", at: day(2) }]);
    await report([{ shipmentId: failed!, outcome: "FAILED", at: day(2) }]);

    expect((await interactionsOf(id)).map(({ occurredAt }) => occurredAt)).to.deep.equal([day(2)]);
  });

  it("leaves a quotation open, which waits for an answer, and knows each channel's medium (F25)", async () => {
    const { id } = await db.insertContact();
    const channels = ["EMAIL", "SMS", "LETTER", "PHONE", "ADVANTAGE", "WEB_LINK"] as const;

    await record([
      campaignMail(id, { kind: "QUOTATION", channel: "LETTER" }),
      ...channels.map((channel) => campaignMail(id, { kind: "PURCHASE_INFORMATION", channel })),
    ]);

    expect((await interactionsOf(id)).map(({ medium, status }) => `${medium} ${status}`)).to.have.members([
      "LETTER OPEN",
      ...["EMAIL", "SMS", "LETTER", "PHONE", "OTHER", "WEB"].map((medium) => `${medium} CLOSED`),
    ]);
  });

  it("keeps what an operator has made of an interaction", async () => {
    const { id } = await db.insertContact();
    const mail = campaignMail(id);
    const [shipmentId] = await record([mail]);
    await db.owner.query(
      "UPDATE history.interaction SET interaction_status = 'ARCHIVED', version = 2 WHERE shipment_id = $1",
      [shipmentId],
    );

    await record([{ ...mail, version: 2, sentAt: day(5) }]);
    await report([{ shipmentId: shipmentId!, outcome: "OPENED", at: day(6) }]);

    expect(await interactionsOf(id)).to.deep.equal([
      { medium: "EMAIL", status: "ARCHIVED", occurredAt: day(5), organization: "OPERA" },
    ]);
  });

  it("shows of two reports the higher, in whatever order they come", async () => {
    const { id } = await db.insertContact();
    const highest: string[] = [];
    for (const [index, outcome] of ranked.entries()) {
      const [shipmentId] = await record([campaignMail(id, { state: "QUEUED", sentAt: null })]);
      for (const each of [outcome, ...ranked.slice(0, index)])
        await report([{ shipmentId: shipmentId!, outcome: each, at: day(1) }]);
      const { state, code } = (await shipmentsOf(id)).at(-1)!;
      highest.push([state, code].filter((part) => part !== null).join(" "));
    }

    expect(highest).to.deep.equal([
      ...["FAILED", "SENT", "DELIVERED", "BOUNCED SOFT_BOUNCED"],
      ...["DELIVERED OPENED", "DELIVERED FOLLOWED", "REFUSED", "BOUNCED HARD_BOUNCED"],
    ]);
  });

  it("ends alike for any order and repetition of records and reports (F25)", async () => {
    const version = fc.record({
      state: fc.constantFrom("QUEUED", "SENT", "FAILED"),
      sentAt: fc.option(fc.integer({ min: 0, max: 9 }).map(day)),
      channel: fc.constantFrom("EMAIL", "SMS"),
      kind: fc.constantFrom("CAMPAIGN", "QUOTATION"),
    });
    const outcome = fc.record({ outcome: fc.constantFrom(...ranked), at: fc.integer({ min: 0, max: 9 }).map(day) });
    const deliveries = fc
      .tuple(fc.array(version, { minLength: 1, maxLength: 4 }), fc.array(outcome, { maxLength: 4 }))
      .chain(([versions, outcomes]) => {
        const events = [
          ...versions.map((each, index) => ({ record: { ...each, version: index + 2 } })),
          ...outcomes.map((each) => ({ report: each })),
        ];
        const order = fc.shuffledSubarray(events, { minLength: events.length });
        return fc.tuple(order, order, fc.array(fc.constantFrom(...events), { maxLength: 3 }));
      });

    await fc.assert(
      fc.asyncProperty(deliveries, async ([one, other, repeated]) => {
        expect(await outcomeOf([...one, ...repeated])).to.deep.equal(await outcomeOf(other));
      }),
      { numRuns: 40 },
    );
  });

  type Event = { readonly record?: object; readonly report?: Omit<ShipmentReport, "shipmentId"> };

  /** What stands after these events on a shipment that was queued. */
  async function outcomeOf(events: readonly Event[]) {
    const { id } = await db.insertContact();
    const mail = campaignMail(id, { state: "QUEUED", sentAt: null });
    const [shipmentId] = await record([mail]);
    for (const event of events) {
      if (event.record) await record([{ ...mail, ...event.record }]);
      if (event.report) await report([{ ...event.report, shipmentId: shipmentId! }]);
    }
    const [{ state, code, sentAt }] = (await shipmentsOf(id)) as [Record<string, unknown>];
    return { state, code, sentAt, interactions: await interactionsOf(id) };
  }

  it("does not fill a recipient that was erased again, and none of an anonymized contact", async () => {
    const { id } = await db.insertContact();
    const gone = await db.insertContact({ anonymizedAt: new Date(0) });
    const mail = campaignMail(id);
    const [shipmentId] = await record([mail]);
    await db.owner.query("UPDATE history.shipment SET recipient = NULL, cleaned = true WHERE id = $1", [shipmentId]);

    await record([{ ...mail, version: 2 }, campaignMail(gone.id)]);
    await report([{ shipmentId: shipmentId!, outcome: "DELIVERED", at: day(1), recipient: "zoe@example.org" }]);

    expect((await shipmentsOf(id)).map(({ recipient }) => recipient)).to.deep.equal([null]);
    expect((await shipmentsOf(gone.id)).map(({ recipient }) => recipient)).to.deep.equal([null]);
  });

  it("knows nothing of contacts whom the session does not see (F05)", async () => {
    const { id } = await db.insertContact({ level: 2 });
    const mail = campaignMail(id, { state: "QUEUED" });
    const blind = db.contextWith({ clearance: 1 });

    expect(await record([mail], blind)).to.deep.equal([null]);
    expect(await shipmentsOf(id)).to.deep.equal([]);
    const [shipmentId] = await record([mail]);
    expect(await record([mail], blind)).to.deep.equal([null]);
    const reports: ShipmentReport[] = [
      { shipmentId: shipmentId!, outcome: "SENT", at: day(1) },
      { shipmentId: "999999999", outcome: "SENT", at: day(1) },
    ];
    expect([...(await report(reports, blind))]).to.deep.equal([]);
    expect(await interactionsOf(id)).to.deep.equal([]);
    expect([...(await report(reports))]).to.deep.equal([shipmentId]);
  });

  it("takes in none", async () => {
    expect(await record([])).to.deep.equal([]);
    expect((await report([])).size).to.equal(0);
  });
});
