import { expect } from "chai";
import fc from "fast-check";
import { useDatabase } from "../../support/database.js";
import {
  deliver,
  ingest,
  lineOf,
  named,
  orderRecord,
  paymentRecord,
  productRecord,
  type RecordWish,
  ticketing,
} from "../../support/ingest.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { storedHistory } from "./stored-history.js";

describe("versions of records", () => {
  const db = useDatabase();

  it("change nothing when they come again", async () => {
    const ana = await db.insertContact();
    const show = productRecord();
    const records = [show, orderRecord({ purchaser: named(ana), lines: [lineOf(show, ana)] }), paymentRecord(ana)];
    await ingest(db, records);
    const before = await storedHistory(db, db.home);

    const { ingestJob } = await ingest(db, records);

    expect(ingestJob!.counters).to.include({ unchanged: 3, created: 0, updated: 0 });
    expect(await storedHistory(db, db.home)).to.deep.equal(before);
  });

  it("are ignored, and reported as such, when an older one comes after a newer one", async () => {
    const order = orderRecord({ version: 7, total: "70.00" });
    await ingest(db, [order]);

    const { ingestJob, userErrors } = await ingest(db, [{ order: { ...order.order, version: 6, total: "60.00" } }]);

    expect(userErrors).to.deep.equal([]);
    expect(ingestJob!.counters).to.include({ stale: 1, updated: 0 });
    expect(JSON.stringify(await storedHistory(db, db.home)))
      .to.contain('"total":70')
      .and.not.to.contain('"total":60');
  });

  it("may come several times in one batch: the highest one stands", async () => {
    const order = (version: number) => orderRecord({ orderNumber: "TWICE", version, total: `${version}.00` });

    const { ingestJob } = await ingest(db, [order(2), order(4), order(3), order(4)]);

    expect(ingestJob!.counters).to.include({ created: 1, stale: 2, unchanged: 1 });
    const { rows } = await db.owner.query(
      "SELECT version, total FROM history.sales_order WHERE order_number = 'TWICE'",
    );
    expect(rows).to.deep.equal([{ version: "4", total: "4.00" }]);
  });

  it("say everything: lines and tickets that the later one does not name are gone, the others keep their ids", async () => {
    const [ana, bob] = [await db.insertContact(), await db.insertContact()];
    const show = productRecord();
    const [one, two] = lineOf(show, ana, bob).tickets;
    const order = (version: number, tickets: object[], goods: object[] = []) =>
      orderRecord({ orderNumber: "SHRINKS", version, lines: [{ ...lineOf(show), tickets }, ...goods] });
    const goods = { ...lineOf(show), lineNumber: 2 };
    await ingest(db, [show, order(1, [one!, two!], [goods])]);
    const tickets = () =>
      db.owner.query(
        "SELECT id, ticket_number, cultural_contact_id FROM history.ticket t WHERE ticket_number = 2 AND order_id = (SELECT id FROM history.sales_order WHERE order_number = 'SHRINKS')",
      );
    const { rows: before } = await tickets();

    await ingest(db, [order(2, [{ ...two, culturalContact: named(ana) }])]);

    const { rows: after } = await tickets();
    expect(after).to.deep.equal([{ ...before[0], cultural_contact_id: ana.id }]);
    const [stored] = (await storedHistory(db, db.home)).orders.filter(({ number }) => number === "SHRINKS");
    expect(stored!.lines).to.have.length(1);
    expect(stored!.tickets).to.have.length(1);
  });

  it("move the validity of a pass with its performances, in whatever order they come (D-02)", async () => {
    const show = (code: string, version: number, day: string | null) =>
      productRecord({ code, version, validityEndDate: day, startsAt: day && `${day}T19:30:00Z` });
    const pass = productRecord({ code: "PASS", kind: "PASS", validityEndDate: "2026-03-01", parts: ["S1", "S2"] });
    const endOf = async (code: string) =>
      (await db.owner.query("SELECT validity_end::text AS day FROM history.product WHERE code = $1", [code])).rows[0]
        .day;

    await ingest(db, [pass, show("S1", 1, "2026-02-01"), show("S2", 1, "2026-05-01")]);
    const first = await endOf("PASS");
    await ingest(db, [show("S1", 2, "2026-09-01")]);
    const moved = await endOf("PASS");
    await ingest(db, [show("S1", 3, "2026-01-01"), show("S2", 2, "2026-01-01")]);

    expect([first, moved, await endOf("PASS")]).to.deep.equal(["2026-05-01", "2026-09-01", "2026-03-01"]);
  });

  it("leave the same rows in any order, repeated and cut into any batches", async function () {
    this.timeout(120_000);
    const corpus = await makeCorpus(["home", "other"]);
    const [reference] = corpus;
    await ingest(db, reference!.records, { institution: reference!.institution });
    const expected = await storedHistory(db, reference!.institution);
    expect(expected.orders).to.have.length(3);

    const deliveries = fc.array(
      fc.record({ from: fc.nat(), order: fc.shuffledSubarray(reference!.records.map((_, index) => index)) }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(deliveries, async (batches) => {
        const { institution, records } = (await makeCorpus(["again"]))[0]!;
        const context = await ticketing(db, { institution });
        for (const { order } of batches)
          if (order.length > 0)
            await deliver(
              context,
              order.map((index) => records[index]!),
            );
        // what was not taken because it came before what it names is delivered again, as the answer asks
        await deliver(context, [...records].reverse());
        expect(await storedHistory(db, institution)).to.deep.equal(expected);
      }),
      { numRuns: 25 },
    );
  });

  interface Corpus {
    institution: TestInstitution;
    records: RecordWish[];
  }

  /** Records in several versions, the same for each institution but for its contacts, whose numbers are the same. */
  async function makeCorpus(names: readonly string[]): Promise<Corpus[]> {
    const corpora: Corpus[] = [];
    for (const _ of names) {
      const institution = await db.institution();
      const people: TestContact[] = [];
      for (let n = 0; n < 4; n++) people.push(await db.insertContact({ institution, lastName: `Person ${n}` }));
      for (const [n, { id }] of people.entries())
        await db.owner.query("UPDATE contacts.contact SET contact_number = $2 WHERE id = $1", [id, `900${n}`]);
      corpora.push({ institution, records: versions(people) });
    }
    return corpora;
  }
});

/** Everything refers to contacts by number, so that rows of two institutions compare. */
function versions([ana, bob, cleo, dan]: readonly TestContact[]): RecordWish[] {
  const by = (contact: TestContact | undefined) => named(contact!);
  const season = (version: number) => ({
    season: {
      organization: "OPERA",
      code: "S26",
      version,
      name: `v${version}`,
      startsOn: "2025-09-01",
      endsOn: "2026-08-31",
    },
  });
  const show = (code: string, version: number, day: string) =>
    productRecord({ code, version, name: `${code} v${version}`, validityEndDate: day, season: "S26" });
  const pass = (version: number, parts: string[]) =>
    productRecord({ code: "PASS", kind: "PASS", version, name: "Pass", validityEndDate: null, parts });
  const order = (number: string, version: number, wish: object) =>
    orderRecord({ orderNumber: number, version, total: `${version}.00`, remark: `remark ${version}`, ...wish });
  const ticket = (number: number, contact: TestContact | undefined, wish: object = {}) => ({
    ...{ ticketNumber: number, price: "10.00", culturalContact: by(contact) },
    ...{ beneficiary: { firstName: `Beneficiary ${number}`, countryCode: "CH" }, ...wish },
  });
  const line = (lineNumber: number, product: string, tickets: object[]) => ({
    ...{ lineNumber, product, quantity: tickets.length, amount: "10.00", tickets },
  });
  const answers = [{ questionCode: "Q", questionType: "TEXT", value: "answer" }];
  const entry = (version: number, state: string) => ({
    waitingListEntry: {
      organization: "OPERA",
      externalId: "W1",
      version,
      contact: by(cleo),
      product: "A",
      requestedAt: "2026-01-01T00:00:00Z",
      state,
    },
  });
  const membership = (version: number, state: string) => ({
    membership: {
      organization: "OPERA",
      externalId: "M1",
      version,
      contact: by(dan),
      product: "A",
      order: "O1",
      validFrom: "2026-01-01",
      state,
    },
  });
  return [
    ...[season(1), season(2), show("A", 1, "2026-05-01"), show("A", 2, "2026-06-01"), show("B", 1, "2026-04-01")],
    ...[pass(1, ["A"]), pass(2, ["A", "B"]), pass(3, ["B"])],
    order("O1", 1, { purchaser: by(ana), lines: [line(1, "A", [ticket(1, ana), ticket(2, bob)])] }),
    order("O1", 2, {
      purchaser: by(ana),
      payer: by(dan),
      lines: [line(1, "A", [ticket(2, bob, { state: "RETURNED" })]), line(2, "B", [])],
    }),
    order("O1", 3, {
      purchaser: by(bob),
      lines: [line(1, "B", [ticket(1, cleo, { answers }), ticket(2, bob), ticket(3, dan)])],
    }),
    order("O2", 5, { operationKind: "OPTION", purchaser: by(cleo), lines: [line(1, "PASS", [])] }),
    order("O2", 9, { operationKind: "OPTION", state: "EXPIRED", purchaser: by(cleo), lines: [] }),
    order("O3", 1, { lines: [line(1, "A", [ticket(1, dan)])] }),
    paymentRecord(ana!, { externalId: "E1", version: 1, order: "O1" }),
    paymentRecord(dan!, { externalId: "E1", version: 2, order: "O1", amount: "-5.00" }),
    ...[entry(1, "WAITING"), entry(2, "SERVED"), membership(1, "ACTIVE"), membership(2, "REFUNDED")],
    advantage(1, by(ana)),
    advantage(2, by(bob)),
    shipment(1, "SENT", by(ana)),
    shipment(2, "BOUNCED", by(ana)),
  ];
}

function advantage(version: number, contact: object) {
  return { advantage: { organization: "OPERA", externalId: "V1", version, contact, code: "10", name: `v${version}` } };
}

function shipment(version: number, state: string, contact: object) {
  const times = { createdAt: "2026-01-01T00:00:00Z", sentAt: "2026-01-01T00:01:00Z" };
  const base = { organization: "OPERA", externalId: "SH1", version, contact, ...times, state };
  return { shipment: { ...base, kind: "TICKETS", channel: "EMAIL", recipient: "a@b.ch", order: "O1" } };
}
