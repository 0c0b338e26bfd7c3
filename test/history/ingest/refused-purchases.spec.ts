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
import type { TestContact } from "../../support/rows.js";

describe("purchases of contacts who may not buy (F07, F15, Q-12)", () => {
  const db = useDatabase();
  const show = productRecord();
  before(() => ingest(db, [show]));

  const blockedSince = "2026-03-01T12:00:00Z";
  const justBefore = "2026-03-01T11:59:59.999Z";

  async function blocked(): Promise<TestContact> {
    const contact = await db.insertContact();
    await db.owner.query("UPDATE contacts.contact SET blocked_since = $2, blocked_reason = 'banned' WHERE id = $1", [
      contact.id,
      blockedSince,
    ]);
    return contact;
  }

  const codesOf = async (...records: object[]) => {
    const { userErrors } = await deliver(await ticketing(db), records as never);
    return userErrors.map(({ code, field }) => `${code} ${field.slice(2).join(".")}`);
  };

  it("are refused from the start of the block on, whichever part the contact has in them", async () => {
    const contact = await blocked();
    const other = await db.insertContact();

    const found = await codesOf(
      orderRecord({ orderedAt: blockedSince, purchaser: named(contact) }),
      orderRecord({ orderedAt: blockedSince, purchaser: named(other), payer: named(contact) }),
      orderRecord({ orderedAt: blockedSince, operationKind: "OPTION", lines: [lineOf(show, other, contact)] }),
    );

    expect(found).to.deep.equal([
      "PURCHASE_REFUSED_BLOCKED order.purchaser",
      "PURCHASE_REFUSED_BLOCKED order.payer",
      "PURCHASE_REFUSED_BLOCKED order.lines.0.tickets.1.culturalContact",
    ]);
  });

  it("are accepted when they were made before", async () => {
    const contact = await blocked();

    expect(await codesOf(orderRecord({ orderedAt: justBefore, purchaser: named(contact) }))).to.deep.equal([]);
  });

  it("are refused from the day after the last valid one on, where the institution is (D-07)", async () => {
    const contact = await db.insertContact({ validityEndDate: "2026-03-01" });

    const found = await codesOf(
      orderRecord({ orderedAt: "2026-03-01T22:59:59Z", purchaser: named(contact) }),
      orderRecord({ orderedAt: "2026-03-01T23:00:00Z", purchaser: named(contact) }),
    );

    expect(found).to.deep.equal(["PURCHASE_REFUSED_INVALID order.purchaser"]);
  });

  it("stay open to later versions once they were accepted, also when the contact's validity is ended from before", async () => {
    const contact = await db.insertContact();
    const order = orderRecord({ purchaser: named(contact), lines: [lineOf(show, contact)] });
    await ingest(db, [order]);
    await db.owner.query("UPDATE contacts.contact SET validity_end_date = '2026-01-01' WHERE id = $1", [contact.id]);
    const newcomer = await blocked();

    const cancelled = { order: { ...order.order, version: 2, state: "CANCELLED" } };
    const extended = { order: { ...order.order, version: 3, lines: [lineOf(show, contact, newcomer)] } };

    expect(await codesOf(cancelled)).to.deep.equal([]);
    expect(await codesOf(extended)).to.deep.equal(["PURCHASE_REFUSED_BLOCKED order.lines.0.tickets.1.culturalContact"]);
  });

  it("are not judged again when they come again: what is there is unchanged, and what is older is stale", async () => {
    const contact = await db.insertContact();
    const order = orderRecord({ version: 2, purchaser: named(contact), lines: [lineOf(show, contact)] });
    await ingest(db, [order]);
    await db.owner.query("UPDATE contacts.contact SET validity_end_date = '2026-01-01' WHERE id = $1", [contact.id]);

    const { ingestJob, userErrors } = await deliver(await ticketing(db), [
      order,
      { order: { ...order.order, version: 1 } },
    ]);

    expect(userErrors).to.deep.equal([]);
    expect(ingestJob!.counters).to.include({ unchanged: 1, stale: 1, errors: 0 });
  });

  it("let debts be paid and money be paid back, and nobody else join in by paying", async () => {
    const [contact, other] = [await blocked(), await db.insertContact()];
    const old = orderRecord({ orderedAt: justBefore, purchaser: named(contact) });
    const young = orderRecord({ orderedAt: blockedSince, purchaser: named(other) });
    await ingest(db, [old, young]);
    const later = { paidAt: "2026-04-01T00:00:00Z" };

    const found = await codesOf(
      paymentRecord(contact, { ...later, order: old.order.orderNumber }),
      paymentRecord(contact, { ...later, order: young.order.orderNumber, amount: "-10.00" }),
      paymentRecord(contact, { ...later, order: young.order.orderNumber }),
      paymentRecord(contact, later),
    );

    expect(found).to.deep.equal(["PURCHASE_REFUSED_BLOCKED payment.payer"]);
  });

  it("include requests on a waiting list", async () => {
    const contact = await blocked();
    const entry = (externalId: string, requestedAt: string) => ({
      waitingListEntry: {
        organization: "OPERA",
        externalId,
        version: 1,
        contact: named(contact),
        product: show.product.code,
        requestedAt,
      },
    });

    expect(await codesOf(entry("B1", justBefore), entry("B2", blockedSince))).to.deep.equal([
      "PURCHASE_REFUSED_BLOCKED waitingListEntry.contact",
    ]);
  });
});
