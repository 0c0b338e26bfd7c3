import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { deliver, ingest, lineOf, named, orderRecord, productRecord, ticketing } from "../../support/ingest.js";
import { storedHistory } from "./stored-history.js";

const anonymizedAt = "2026-03-01T12:00:00Z";
const secret = /Ana|Ruiz|a@b|203\.0\.113|allergic|Class/;

describe("records of erased people", () => {
  const db = useDatabase();
  const show = productRecord();
  before(() => ingest(db, [show]));

  const beneficiary = { firstName: "Ana", lastName: "Ruiz", email: "a@b.ch", countryCode: "ES" };
  const answers = [{ questionCode: "Q", questionType: "TEXT", value: "allergic" }];

  function tellingLine(...attend: Parameters<typeof lineOf>[1][]) {
    const line = lineOf(show, ...attend);
    return { ...line, tickets: line.tickets.map((ticket) => ({ ...ticket, beneficiary, answers })) };
  }

  function telling(wish: object, ...attend: Parameters<typeof lineOf>[1][]) {
    const order = { orderedAt: "2026-02-01T12:00:00Z", ipAddress: "203.0.113.7", remark: "Class 7P", ...wish };
    return orderRecord({ ...order, lines: [tellingLine(...attend)] });
  }

  const stored = async (number: string) =>
    (await storedHistory(db, db.home)).orders.find((order) => order.number === number)!;

  it("are taken for an anonymized shell when they are past, stripped of personal data", async () => {
    const shell = await db.insertContact({ anonymizedAt: new Date(anonymizedAt) });
    const order = telling({ purchaser: named(shell) }, shell);
    const shipment = {
      ...{
        organization: "OPERA",
        externalId: "S1",
        version: 1,
        contact: named(shell),
        kind: "TICKETS",
        channel: "EMAIL",
      },
      ...{ recipient: "a@b.ch", createdAt: "2026-02-01T12:00:00Z", state: "QUEUED" },
    };

    await ingest(db, [order, { shipment }]);

    const { tickets, ...whole } = await stored(order.order.orderNumber);
    expect(JSON.stringify([whole, tickets])).not.to.match(secret);
    expect(tickets[0]).to.deep.include({ cleaned: true, answers: null });
    expect(tickets[0]!.beneficiary).to.deep.include({ country_code: "ES", last_name: null });
    expect(JSON.stringify((await storedHistory(db, db.home)).shipments)).not.to.match(secret);
  });

  it("are refused from the anonymization on", async () => {
    const shell = await db.insertContact({ anonymizedAt: new Date(anonymizedAt) });
    const entry = {
      organization: "OPERA",
      externalId: "W1",
      version: 1,
      contact: named(shell),
      product: show.product.code,
    };

    const { userErrors } = await deliver(await ticketing(db), [
      telling({ purchaser: named(shell), orderedAt: anonymizedAt }),
      { waitingListEntry: { ...entry, requestedAt: "2020-01-01T00:00:00Z" } },
    ]);

    expect(userErrors.map(({ code }) => code)).to.deep.equal([
      "PURCHASE_REFUSED_ANONYMIZED",
      "RECORD_CONTACT_ANONYMIZED",
    ]);
  });

  it("keep the person of a ticket who is none of the contact", async () => {
    const [shell, bob] = [await db.insertContact({ anonymizedAt: new Date(anonymizedAt) }), await db.insertContact()];
    const order = telling({ purchaser: named(bob) }, shell, bob);

    await ingest(db, [order]);

    const { tickets } = await stored(order.order.orderNumber);
    expect(tickets.map(({ cleaned }) => cleaned)).to.deep.equal([true, false]);
    expect(tickets[1]!.beneficiary).to.deep.include({ last_name: "Ruiz" });
  });

  it("keep nothing typed on a shell's tickets that name nobody: it may be himself", async () => {
    const shell = await db.insertContact({ anonymizedAt: new Date(anonymizedAt) });
    const order = telling({ purchaser: named(shell) }, null);

    await ingest(db, [order]);

    const { tickets } = await stored(order.order.orderNumber);
    expect(tickets[0]).to.deep.include({ cleaned: true, answers: null });
    expect(tickets[0]!.beneficiary).to.deep.include({ country_code: "ES", last_name: null });
  });

  it("never refill what was erased: later versions bring facts and amounts only", async () => {
    const ana = await db.insertContact();
    const order = telling({ purchaser: named(ana) }, ana, ana);
    const number = order.order.orderNumber;
    await ingest(db, [order]);
    await erase(number);
    const { order: said } = order;

    await ingest(db, [{ order: { ...said, version: 2, total: "99.00" } }]);
    const updated = await stored(number);
    // dropped by one version, brought back by another
    await ingest(db, [{ order: { ...said, version: 3, lines: [] } }]);
    await ingest(db, [{ order: { ...said, version: 4 } }]);

    expect(JSON.stringify(updated)).to.contain('"total":99').and.not.to.match(secret);
    const back = await stored(number);
    expect(back.tickets).to.have.length(2);
    expect(JSON.stringify(back)).not.to.match(secret);
  });

  it("are not refilled by a version that numbers its lines and tickets anew; tickets of others are new", async () => {
    const [ana, other] = [await db.insertContact(), await db.insertContact()];
    const line = tellingLine(ana);
    const order = orderRecord({ orderedAt: "2026-02-01T12:00:00Z", purchaser: named(ana), lines: [line] }).order;
    await ingest(db, [{ order }]);
    await erase(order.orderNumber);
    const tickets = line.tickets.map((ticket) => ({ ...ticket, ticketNumber: ticket.ticketNumber + 10 }));
    const others = { ...tickets[0], ticketNumber: 99, culturalContact: named(other) };

    const lines = [{ ...line, lineNumber: 7, tickets: [...tickets, others] }];
    await ingest(db, [{ order: { ...order, version: 2, lines } }]);

    const back = (await stored(order.orderNumber)).tickets;
    expect(back).to.have.length(2);
    expect(back.map((ticket) => secret.test(JSON.stringify(ticket)))).to.have.members([false, true]);
    expect(back.find(({ cleaned }) => !cleaned)).to.have.property("ticket_number", 99);
  });

  /** As erasing does it. */
  async function erase(number: string): Promise<void> {
    await db.owner.query(
      `WITH erased AS (
         UPDATE history.sales_order SET ip_address = NULL, remark = NULL, cleaned = true WHERE order_number = $1 RETURNING id),
       tickets AS (UPDATE history.ticket SET cleaned = true WHERE order_id IN (SELECT id FROM erased) RETURNING id),
       answers AS (DELETE FROM history.ticket_answer WHERE ticket_id IN (SELECT id FROM history.ticket WHERE order_id IN (SELECT id FROM erased)))
       UPDATE history.ticket_beneficiary SET first_name = NULL, last_name = NULL, email = NULL
       WHERE ticket_id IN (SELECT id FROM history.ticket WHERE order_id IN (SELECT id FROM erased))`,
      [number],
    );
  }
});
