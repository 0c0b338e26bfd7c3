import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { useDatabase } from "../../support/database.js";
import {
  deliver,
  ingest,
  lineOf,
  named,
  orderRecord,
  paymentRecord,
  productRecord,
  ticketing,
} from "../../support/ingest.js";

describe("ingestHistory", () => {
  const db = useDatabase();

  it("writes an order with its lines, tickets, beneficiaries and answers", async () => {
    const teacher = await db.insertContact();
    const pupil = await db.insertContact();
    const school = await db.insertContact({ structureName: "École" });
    const visit = productRecord();
    const beneficiary = { firstName: "Ana", lastName: "Ruiz", birthDate: "2012-04-30", countryCode: "ES" };
    const answers = [{ questionCode: "DIET", questionLabel: "Diet?", questionType: "TEXT", value: "vegetarian" }];
    const line = lineOf(visit, teacher, pupil, null);
    Object.assign(line.tickets[1]!, {
      beneficiary,
      answers,
      seat: "A-1",
      state: "RETURNED",
      returnedAt: "2026-03-02T08:00:00+01:00",
    });
    const order = orderRecord({
      purchaser: { contactNumber: teacher.contactNumber },
      payer: named(school),
      ipAddress: "203.0.113.7",
      remark: "Class 7P",
      lines: [{ ...line, tariffCode: "KIDS", isChildrenTariff: true }],
    });

    const { ingestJob } = await ingest(db, [visit, order, paymentRecord(school, { order: order.order.orderNumber })]);

    expect(ingestJob).to.deep.include({ status: "DONE" });
    expect(ingestJob!.counters).to.include({ processed: 3, created: 3, errors: 0 });
    const { rows } = await db.owner.query(
      `SELECT o.purchaser_id, o.payer_id, o.ip_address, o.remark, o.order_state, l.is_children_tariff, t.ticket_number,
         t.cultural_contact_id, t.ticket_state, b.first_name, b.country_code, a.value, p.amount
       FROM history.sales_order o JOIN history.order_line l ON l.order_id = o.id JOIN history.ticket t ON t.order_id = o.id
       JOIN history.payment p ON p.order_id = o.id
       LEFT JOIN history.ticket_beneficiary b ON b.ticket_id = t.id LEFT JOIN history.ticket_answer a ON a.ticket_id = t.id
       WHERE o.order_number = $1 ORDER BY t.ticket_number`,
      [order.order.orderNumber],
    );
    expect(rows).to.have.length(3);
    expect(rows[0]).to.deep.include({
      purchaser_id: teacher.id,
      payer_id: school.id,
      remark: "Class 7P",
      amount: "40.00",
    });
    expect(rows[1]).to.deep.include({ cultural_contact_id: pupil.id, ticket_state: "RETURNED", first_name: "Ana" });
    expect(rows[1]).to.deep.include({ country_code: "ES", value: "vegetarian", is_children_tariff: true });
    expect(rows[2]).to.deep.include({ cultural_contact_id: null, ticket_state: "VALID", value: null });
  });

  it("writes the good records of a batch and reports the others, with their place and what to do", async () => {
    const ana = await db.insertContact();
    const show = productRecord();
    const records = [
      show,
      orderRecord({ purchaser: { contactNumber: "99999999999" }, lines: [lineOf(show)] }),
      orderRecord({ purchaser: named(ana), total: "12,50", lines: [lineOf({ product: { code: "NONE" } }, ana)] }),
      orderRecord({ purchaser: named(ana), lines: [lineOf({ product: { code: "NONE" } }, ana)] }),
      orderRecord({ organization: "CIRCUS" }),
      orderRecord({ purchaser: named(ana), lines: [lineOf(show, ana)] }),
    ];

    const { ingestJob, userErrors } = await deliver(await ticketing(db, { locale: "fr" }), records);

    expect(ingestJob!.counters).to.include({ created: 2, errors: 4 });
    expect(
      userErrors.map(({ code, field, elementIndex }) => [elementIndex, code, field.slice(2).join(".")]),
    ).to.deep.equal([
      [1, "UNKNOWN_CONTACT", "order.purchaser"],
      [2, "RECORD_AMOUNT_EXPECTED", "order.total"],
      [3, "UNKNOWN_PRODUCT", "order.lines.0.product"],
      [4, "UNKNOWN_ORGANIZATION", "order.organization"],
    ]);
    expect(userErrors[0]!.message).to.contain("Créez-le");
    expect(JSON.stringify(userErrors)).not.to.contain("99999999999").and.not.to.contain("12,50");
  });

  it("takes records of the caller's own organizations only", async () => {
    const context = await ticketing(db, { organizations: ["OPERA"] });

    const { userErrors } = await deliver(context, [orderRecord({ organization: "MUSEUM" })]);

    expect(userErrors.map(({ code }) => code)).to.deep.equal(["ORGANIZATION_NOT_YOURS"]);
  });

  it("finds by name only what is in the institution and the organization", async () => {
    const other = await db.institution();
    const stranger = await db.insertContact({ institution: other });
    const [opera, museum] = [productRecord(), productRecord({ organization: "MUSEUM" })];
    await ingest(db, [opera, museum]);
    await ingest(db, [productRecord({ code: "ELSEWHERE" })], { institution: other });
    const line = (code: string) => [lineOf({ product: { code } })];

    const { userErrors } = await deliver(await ticketing(db), [
      orderRecord({ purchaser: named(stranger) }),
      orderRecord({ purchaser: { contactNumber: stranger.contactNumber } }),
      orderRecord({ lines: line(museum.product.code) }),
      orderRecord({ lines: line("ELSEWHERE") }),
      productRecord({ season: "NONE" }),
      paymentRecord(await db.insertContact(), { order: "NONE" }),
    ]);

    expect(userErrors.map(({ code }) => code)).to.deep.equal([
      ...[
        "UNKNOWN_CONTACT",
        "UNKNOWN_CONTACT",
        "UNKNOWN_PRODUCT",
        "UNKNOWN_PRODUCT",
        "UNKNOWN_SEASON",
        "UNKNOWN_ORDER",
      ],
    ]);
  });

  it("takes records about contacts of every level", async () => {
    const confidential = await db.insertContact({ level: 2 });

    const { ingestJob } = await ingest(db, [orderRecord({ purchaser: named(confidential) })]);

    expect(ingestJob!.counters).to.include({ created: 1 });
  });

  it("needs the permission, and the clearance without which nobody holds it", async () => {
    const refused = async (context: OperationContext) =>
      deliver(context, [orderRecord()]).catch((error: Error) => error);

    expect(await refused(await ticketing(db, { clearance: 1 }))).to.be.instanceOf(Error);
    expect(await refused(db.contextWith("history:read", { clearance: 2 }))).to.be.instanceOf(Error);
  });

  it("answers a repeat with the same key as the first time, and writes nothing", async () => {
    const records = [orderRecord(), orderRecord({ purchaser: { contactNumber: "99999999999" } })];

    const first = await deliver(await ticketing(db), records, "batch-1");
    const second = await deliver(await ticketing(db), records, "batch-1");
    const other = await deliver(await ticketing(db), [orderRecord()], "batch-1");

    expect(second).to.deep.equal(first);
    expect(first.ingestJob!.counters).to.include({ created: 1, errors: 1 });
    expect(other.userErrors.map(({ code }) => code)).to.deep.equal(["IDEMPOTENCY_KEY_REUSED"]);
  });

  it("takes at least one and at most 500 records", async () => {
    const none = await deliver(await ticketing(db), []);
    const many = await deliver(
      await ticketing(db),
      Array.from({ length: 501 }, () => orderRecord()),
    );

    expect(none.userErrors.map(({ code }) => code)).to.deep.equal(["FIELD_REQUIRED"]);
    expect(many.userErrors.map(({ code }) => code)).to.deep.equal(["RECORD_LIST_TOO_LONG"]);
  });

  it("remembers batches for thirty days", async () => {
    const institution = await db.institution();
    const count = async () =>
      (
        await db.owner.query("SELECT count(*)::int AS n FROM history.ingest_job WHERE institution_id = $1", [
          institution.id,
        ])
      ).rows[0].n;
    await ingest(db, [orderRecord()], { institution });
    await db.owner.query(
      "UPDATE history.ingest_job SET created_at = created_at - interval '31 days' WHERE institution_id = $1",
      [institution.id],
    );

    await ingest(db, [orderRecord()], { institution });

    expect(await count()).to.equal(1);
  });

  it("makes one interaction for each shipment that was sent, however often it is told (F25)", async () => {
    const ana = await db.insertContact();
    const shipment = (version: number, state: string) => ({
      shipment: {
        ...{
          organization: "OPERA",
          externalId: "S-1",
          version,
          contact: named(ana),
          kind: "TICKETS",
          channel: "EMAIL",
          state,
        },
        ...{ createdAt: "2026-03-01T12:00:00Z", sentAt: "2026-03-01T12:01:00Z" },
      },
    });

    await ingest(db, [shipment(1, "SENT")]);
    await ingest(db, [shipment(1, "SENT"), shipment(2, "DELIVERED")]);

    const { rows } = await db.owner.query("SELECT medium FROM history.interaction WHERE contact_id = $1", [ana.id]);
    expect(rows).to.deep.equal([{ medium: "EMAIL" }]);
  });
});
