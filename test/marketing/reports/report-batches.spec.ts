import { expect } from "chai";
import { historyPort } from "../../../src/history/index.js";
import { marketingModule } from "../../../src/marketing/index.js";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import type { ShipmentReport } from "../../../src/platform/ports.js";
import { useDatabase } from "../../support/database.js";
import { idleHistory } from "../../support/idle-history.js";
import { ask } from "../graph.js";
import { bounceOf, codesOf, newEventId, type ReportMutation, report, senderOf } from "./reporting.js";

const mutations: readonly ReportMutation[] = ["reportDeliveries", "reportBounces", "reportUnsubscribes"];

/** What a report says beside its event, its contact and its time. */
const about = (mutation: ReportMutation): object =>
  mutation === "reportBounces"
    ? { address: "a@example.org", kind: "FAILURE", statusCode: "5.1.1" }
    : mutation === "reportDeliveries"
      ? { address: "a@example.org" }
      : {};

for (const mutation of mutations)
  describe(mutation, () => {
    const db = useDatabase();

    it("takes in what is right, and refuses what is not, each by its place", async () => {
      const { opaqueId } = await db.insertContact({ email: "a@example.org" });
      const { opaqueId: erased } = await db.insertContact({ anonymizedAt: db.clock.now() });
      const unknown = encodeId("Contact", "999999");
      const reports = [
        { contactId: unknown },
        { contactId: opaqueId },
        { contactId: "nonsense" },
        { contactId: erased },
        { contactId: opaqueId, eventId: "" },
        { contactId: opaqueId, eventId: "x".repeat(201) },
        { contactId: opaqueId, occurredAt: "2026-03-10T09:06:00Z" },
        { contactId: opaqueId, occurredAt: "2026-03-10T09:04:00Z" },
        { contactId: opaqueId, occurredAt: "0001-01-01T00:00:00Z" },
      ].map((each) => ({ ...about(mutation), ...each }));

      const answer = await report(senderOf(db), mutation, reports);

      expect(answer).to.include({ recorded: 2, repeated: 0 });
      expect(
        answer.userErrors.map(({ elementIndex, code, field }) => [elementIndex, code, field.join(".")]),
      ).to.deep.equal([
        [0, "CONTACT_NOT_FOUND", "reports.contactId"],
        [2, "CONTACT_NOT_FOUND", "reports.contactId"],
        [3, "CONTACT_ANONYMIZED", "reports.contactId"],
        [4, "INVALID_EVENT_ID", "reports.eventId"],
        [5, "INVALID_EVENT_ID", "reports.eventId"],
        [6, "EVENT_IN_FUTURE", "reports.occurredAt"],
        [8, "EVENT_TOO_OLD", "reports.occurredAt"],
      ]);
    });

    it("counts an event once, within a batch, over batches and in batches that come at once", async () => {
      const { id, opaqueId } = await db.insertContact({ email: "a@example.org" });
      const event = { ...about(mutation), contactId: opaqueId, eventId: newEventId() };

      const first = await report(senderOf(db), mutation, [event, event]);
      const twins = await Promise.all([1, 2].map(() => report(senderOf(db), mutation, [event])));

      expect([first, ...twins].map(({ recorded, repeated }) => [recorded, repeated])).to.deep.equal([
        [1, 1],
        [0, 1],
        [0, 1],
      ]);
      const { rowCount } = await db.owner.query("SELECT FROM marketing.report_event WHERE contact_id = $1", [id]);
      expect(rowCount).to.equal(1);
    });

    it("refuses an event id that something else was reported under; ids of another sender are his own", async () => {
      const { opaqueId } = await db.insertContact({ email: "a@example.org" });
      const event = { ...about(mutation), contactId: opaqueId, eventId: newEventId() };
      const other = { ...event, occurredAt: "2026-03-09T09:00:00Z" };
      await report(senderOf(db), mutation, [event]);

      expect(codesOf(await report(senderOf(db), mutation, [other]))).to.deep.equal(["EVENT_ID_REUSED"]);
      expect((await report(senderOf(db, {}, { login: "other-sam" }), mutation, [other])).recorded).to.equal(1);
    });

    it("is complete: contacts of every level are reported about", async () => {
      const { opaqueId } = await db.insertContact({ email: "a@example.org", level: 2 });

      const answer = await report(senderOf(db), mutation, [{ ...about(mutation), contactId: opaqueId }]);

      expect(answer.recorded).to.equal(1);
    });

    it("sees no contact of another institution", async () => {
      const { opaqueId } = await db.insertContact({ institution: await db.institution() });

      const answer = await report(senderOf(db), mutation, [{ ...about(mutation), contactId: opaqueId }]);

      expect(codesOf(answer)).to.deep.equal(["CONTACT_NOT_FOUND"]);
    });

    it("needs marketing:report, which only who is cleared for CONFIDENTIAL can hold", async () => {
      const type = mutation[0]!.toUpperCase() + mutation.slice(1);
      const document = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { recorded } }`;
      const services = db.services({ catalogue: marketingModule.fields });
      const callers = [
        db.contextWith("contact:read", { services, clearance: 2 }),
        db.contextWith("marketing:report", { services, clearance: 1 }),
      ];

      for (const caller of callers) {
        const { errors } = await ask(caller, document, { input: { reports: [] } });
        expect(errors?.[0]?.extensions).to.include({ code: "FORBIDDEN", permission: "marketing:report" });
      }
    });

    it("takes a thousand reports and not one more", async () => {
      const { opaqueId } = await db.insertContact({ email: "a@example.org" });
      const reports = Array.from({ length: 1_001 }, () => ({ ...about(mutation), contactId: opaqueId }));

      expect(codesOf(await report(senderOf(db), mutation, reports))).to.deep.equal(["TOO_MANY_REPORTS"]);
      expect((await report(senderOf(db), mutation, reports.slice(1))).recorded).to.equal(1_000);
    });

    it("names no address in what it answers", async () => {
      const reports = [{ ...about(mutation), contactId: "nonsense" }];

      expect(JSON.stringify(await report(senderOf(db), mutation, reports))).not.to.include("example");
    });
  });

describe("reports about shipments", () => {
  const db = useDatabase();

  const told: ShipmentReport[] = [];
  const history = {
    ...idleHistory,
    updateShipmentStates: async (_: unknown, reports: readonly ShipmentReport[]) => {
      told.push(...reports);
      return new Set(reports.map(({ shipmentId }) => shipmentId));
    },
  };

  it("say what became of them, and warn when there is no such shipment", async () => {
    const { id, opaqueId } = await db.insertContact({ email: "a@example.org" });
    const sender = () => senderOf(db, { history });
    const mail = { organization: null, externalId: "mail-7", contactId: id, kind: "OTHER", channel: "EMAIL" } as const;
    const [sent] = await db
      .contextWith({ clearance: 2 })
      .transaction((sql) => historyPort.recordShipments(sql, [{ ...mail, state: "SENT" }]));
    const shipmentId = encodeId("Shipment", sent!);
    const common = { contactId: opaqueId, address: "a@example.org", shipmentId };
    const failure = (statusCode: string) => ({ ...common, kind: "FAILURE", statusCode });

    const known = await report(sender(), "reportDeliveries", [common]);
    await report(sender(), "reportBounces", [failure("5.1.1"), failure("4.2.2"), { ...common, kind: "COMPLAINT" }]);
    const unknown = [
      await report(sender(), "reportDeliveries", [{ ...common, shipmentId: encodeId("Shipment", "999999") }]),
      await report(sender(), "reportDeliveries", [{ ...common, shipmentId: "nonsense" }]),
    ];

    expect(told.slice(0, 3)).to.deep.equal(
      ["DELIVERED", "HARD_BOUNCED", "SOFT_BOUNCED"].map((outcome) => ({
        ...{ shipmentId: sent, outcome },
        at: db.clock.now(),
      })),
    );
    expect(known.warnings).to.deep.equal([]);
    expect(unknown.map(({ recorded, warnings }) => [recorded, warnings[0]?.code])).to.deep.equal([
      [1, "SHIPMENT_NOT_FOUND"],
      [1, "SHIPMENT_NOT_FOUND"],
    ]);
  });

  it("name the relay, not the structure, unless the shipment was the structure's own (F33)", async () => {
    const { id, opaqueId } = await db.insertContact({ structureName: "Lycée" });
    const quotation = {
      organization: null,
      externalId: "q-1",
      contactId: id,
      kind: "QUOTATION",
      channel: "EMAIL",
    } as const;
    const [sent] = await db
      .contextWith({ clearance: 2 })
      .transaction((sql) => historyPort.recordShipments(sql, [{ ...quotation, state: "SENT" }]));
    const own = { contactId: opaqueId, address: "a@example.org", shipmentId: encodeId("Shipment", sent!) };
    const click = { contactId: opaqueId, method: "GET", userAgent: "Mozilla/5.0" };

    for (const mutation of ["reportDeliveries", "reportBounces"] as const) {
      const answer = await report(senderOf(db, { history }), mutation, [
        { ...about(mutation), contactId: opaqueId },
        { ...about(mutation), ...own },
      ]);

      expect(answer, mutation).to.include({ recorded: 1 });
      expect(codesOf(answer), mutation).to.deep.equal(["REPORT_NAMES_STRUCTURE"]);
    }
    expect(codesOf(await report(senderOf(db), "reportClicks", [click]))).to.deep.equal(["REPORT_NAMES_STRUCTURE"]);
  });

  it("are others under one event id when they name another shipment", async () => {
    const { id, opaqueId } = await db.insertContact({ email: "a@example.org" });
    const mail = { organization: null, contactId: id, kind: "OTHER", channel: "EMAIL", state: "SENT" } as const;
    const ids = await db.contextWith({ clearance: 2 }).transaction((sql) =>
      historyPort.recordShipments(sql, [
        { ...mail, externalId: "one" },
        { ...mail, externalId: "two" },
      ]),
    );
    const [one, two] = ids.map((each) => encodeId("Shipment", each!));
    const event = { contactId: opaqueId, address: "a@example.org", eventId: newEventId() };
    await report(senderOf(db, { history }), "reportDeliveries", [{ ...event, shipmentId: one }]);
    told.length = 0;

    const other = await report(senderOf(db, { history }), "reportDeliveries", [{ ...event, shipmentId: two }]);

    expect(codesOf(other)).to.deep.equal(["EVENT_ID_REUSED"]);
    expect(told).to.deep.equal([]);
  });

  it("tell nothing when none is named, and keep a delivery over another channel without an address", async () => {
    const { id, opaqueId } = await db.insertContact({ email: "a@example.org" });

    const answer = await report(senderOf(db), "reportDeliveries", [{ contactId: opaqueId }]);

    expect(answer).to.include({ recorded: 1 });
    const { rows } = await db.owner.query("SELECT address_digest FROM marketing.report_event WHERE contact_id = $1", [
      id,
    ]);
    expect(rows).to.deep.equal([{ address_digest: null }]);
    expect((await bounceOf(db, opaqueId)).bounceStatus).to.equal("NONE");
  });
});
