import { expect } from "chai";
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
});
