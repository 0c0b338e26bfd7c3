import { expect } from "chai";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { insertCrowd } from "../../privacy/runs/crowd.js";
import { useDatabase } from "../../support/database.js";
import { lineOf, named, orderRecord, paymentRecord, productRecord } from "../../support/ingest.js";
import { explainStatements, keepPlans, mostRows } from "../../support/plans.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { World } from "../indicators/world.js";
import { Ingester } from "./ingester.js";

const people = 1_000;
/** One row for each pair of orders would be a million. */
const bound = 40_000;

describe("statements of a delivery", () => {
  const db = useDatabase();
  const ingester = new Ingester(db);
  const plans: string[] = [];

  before(async () => {
    await explainStatements(db);
    ingester.open();
    keepPlans(plans, ingester.services.pools.bulk, ingester.services.pools.api);
  });

  async function crowd({ id }: TestInstitution): Promise<TestContact[]> {
    const { rows } = await db.owner.query<{ id: string }>(
      `INSERT INTO contacts.contact (institution_id, contact_type, last_name)
       SELECT $1, 'INDIVIDUAL', 'Muster' FROM generate_series(1, $2) RETURNING id`,
      [id, people],
    );
    return rows.map((row) => ({ ...row, opaqueId: encodeId("Contact", row.id) }) as TestContact);
  }

  /** Nothing for each pair of records. */
  function expectLinear(what: string): void {
    const quadratic = plans.filter((plan) => mostRows(plan) > bound);
    expect(plans.length, what).to.be.at.least(5);
    expect(quadratic, `${what}:\n${quadratic.join("\n")}`).to.have.length(0);
    plans.length = 0;
  }

  async function expectAllLinear(institution: TestInstitution): Promise<void> {
    const contacts = await crowd(institution);
    const shows = Array.from({ length: 10 }, () => productRecord());
    const sold = contacts.map((contact, n) =>
      orderRecord({ purchaser: named(contact), lines: [lineOf(shows[n % 10]!, contact)] }),
    );
    const paid = contacts.map((contact, n) => paymentRecord(contact, { order: sold[n]!.order.orderNumber }));
    plans.length = 0;

    for (const version of [1, 2]) {
      const orders = sold.map(({ order }) => ({ order: { ...order, version, total: `${40 + version}.00` } }));
      const { counters } = await ingester.deliver([...(version === 1 ? shows : []), ...orders, ...paid], {
        institution,
      });
      expect(counters).to.include({ errors: 0 });
      expectLinear(`delivery ${version}`);
    }
  }

  it("look records up one by one in a database that has no statistics", () => expectAllLinear(db.home)).timeout(
    120_000,
  );

  it("look records up one by one in an institution that statistics do not know beside another one", async () => {
    await db.owner.query("ANALYZE");
    await expectAllLinear(await db.institution());
  }).timeout(120_000);

  it("look contacts up one by one when everybody's indicators are worked out", async () => {
    await db.owner.query("ANALYZE");
    const world = await World.make(db);
    await insertCrowd(db, world.institution, people);
    plans.length = 0;

    await world.request("REQUEST");
    await world.work();

    expectLinear("indicators");
  }).timeout(120_000);
});
