import { expect } from "chai";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { Lives } from "../lives.js";
import { Batch } from "./batch.js";

describe("a RUN of the batch for inactive contacts (F55, F56, domain 4.5)", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let lives: Lives;
  let batch: Batch;

  beforeEach(async () => {
    institution = await db.institution();
    lives = new Lives(db, institution);
    batch = await Batch.of(db, institution);
  });

  /** Bought once, for a performance on this day. */
  async function customer(until: string): Promise<TestContact> {
    const contact = await lives.person("2010-01-01", { firstName: "Ana" });
    await lives.buys(contact, { on: "2011-01-01", until });
    return contact;
  }
  const prospect = () => lives.person("2011-01-01");

  /** What is left of contacts: their last name, or `gone`. */
  async function left(...contacts: TestContact[]): Promise<string[]> {
    const { rows } = await db.owner.query<{ id: string; name: string }>(
      "SELECT id, last_name AS name FROM contacts.contact WHERE id = ANY($1)",
      [contacts.map(({ id }) => id)],
    );
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    return contacts.map(({ id }) => names.get(id) ?? "gone");
  }
  const shell = "XXXXXXXX";

  it("anonymizes customers and deletes prospects, as the simulation said, and the very same (F49)", async () => {
    const people = [await customer("2019-01-01"), await prospect(), await customer("2024-01-01")];
    lives.at("2025-01-10");
    const plan = await batch.simulate();

    const run = await batch.run(plan.planHash!);

    expect(await left(...people)).to.deep.equal([shell, "gone", "Muster"]);
    expect(run).to.deep.include({ status: "DONE", mode: "RUN", planHash: plan.planHash, progress: 1 });
    expect(run.counts).to.include({ anonymize: 1, delete: 1, changedSincePlan: 0 });
    const planned = (await batch.items(plan)).filter(({ outcomes }) => outcomes[0] !== "KEPT_ACTIVE");
    const done = await batch.items(run);
    const facts = ({ contactNumber, outcomes, gdprRecency: { date } }: (typeof done)[0]) => [
      contactNumber,
      outcomes,
      date,
    ];
    expect(done.map(facts)).to.deep.equal(planned.map(facts));
    expect(done.map(({ contact }) => contact?.id ?? null)).to.deep.equal([people[0]!.opaqueId, null]);
    expect(done[0]!.steps.map(({ table }) => table)).to.include("contacts.contact");
    expect(done[0]!.steps[0]).to.have.keys("subgraph", "table", "rowsOfTransaction");
  });

  it("lists who owes, and does not touch him (E12, F55)", async () => {
    const debtor = await customer("2019-01-01");
    await lives.books.order({ by: debtor, at: "2011-01-01T12:00:00Z", total: "40" });
    lives.at("2025-01-10");

    const run = await batch.simulateAndRun();

    expect(await left(debtor)).to.deep.equal(["Muster"]);
    const [item] = await batch.items(run);
    expect(item).to.deep.include({
      ...{ outcomes: ["EXCLUDED_DEBTOR"], plannedOutcomes: null },
      balances: [{ organization: "OPERA", currency: "CHF", amount: "40.00" }],
    });
    expect(run.counts).to.include({ excludedDebtor: 1, anonymize: 0, changedSincePlan: 0 });
  });

  it("finds nobody the second time (E31)", async () => {
    await customer("2019-01-01");
    lives.at("2025-01-10");
    const plan = await batch.simulate();
    await batch.run(plan.planHash!);

    expect(await batch.items(await batch.run(plan.planHash!))).to.deep.equal([]);
    expect(await batch.items(await batch.simulate())).to.deep.equal([]);
  });

  it("leaves alone who was active after the plan was made (E28, E35)", async () => {
    const [clicked, other] = [await customer("2019-01-01"), await customer("2019-01-01")];
    lives.at("2025-01-10");
    const plan = await batch.simulate();
    await lives.clicks(clicked, "2025-01-15");

    const run = await batch.run(plan.planHash!);

    expect(await left(clicked, other)).to.deep.equal(["Muster", shell]);
    const [item] = await batch.items(run, "KEPT_ACTIVE");
    expect(item).to.deep.include({ contactNumber: clicked.contactNumber, plannedOutcomes: ["ANONYMIZE"] });
    expect(item!.gdprRecency).to.deep.include({ date: "2025-01-15" });
    expect(run.counts).to.include({ keptActive: 1, anonymize: 1, changedSincePlan: 1 });
    expect(await batch.stored(clicked)).to.equal("2025-01-15");
  });

  it("waits for an activity that is just being written, and then leaves the contact alone (E35)", async () => {
    const contact = await customer("2019-01-01");
    lives.at("2025-01-10");
    const { planHash } = await batch.simulate();
    const writer = await db.owner.connect();
    await writer.query("BEGIN");
    await writer.query(
      `INSERT INTO marketing.activity (institution_id, contact_id, day, kind, source)
       VALUES ($1, $2, '2025-01-10', 'CLICK', 'SAM')`,
      [institution.id, contact.id],
    );

    const running = batch.run(planHash!);
    while ((await db.superuser("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).rowCount === 0);
    await writer.query("COMMIT");
    writer.release();

    expect((await running).counts).to.include({ keptActive: 1, anonymize: 0 });
    expect(await left(contact)).to.deep.equal(["Muster"]);
  });

  it("does not do what was not planned: who settled his balance, who became a customer, who was let go", async () => {
    const [debtor, buyer, held] = [await customer("2019-01-01"), await prospect(), await prospect()];
    const order = await lives.books.order({ by: debtor, at: "2011-01-01T12:00:00Z", total: "40" });
    await db.owner.query(
      "INSERT INTO privacy.retention_hold (institution_id, contact_id, reason, set_by) VALUES ($1, $2, 'claim', 'x')",
      [institution.id, held.id],
    );
    lives.at("2025-01-10");
    const { planHash } = await batch.simulate();
    await lives.books.payment(debtor, order, "40", { paidAt: "2025-01-10T12:00:00Z" });
    await lives.buys(buyer, { on: "2011-02-01", until: "2011-03-03" });
    await db.owner.query("DELETE FROM privacy.retention_hold WHERE institution_id = $1", [institution.id]);
    lives.at("2025-01-11");

    const run = await batch.run(planHash!);

    expect(await left(debtor, buyer, held)).to.deep.equal(["Muster", "Muster", "Muster"]);
    expect((await batch.items(run)).map(({ outcomes, plannedOutcomes }) => [outcomes, plannedOutcomes])).to.deep.equal([
      [["NOT_AS_PLANNED"], ["EXCLUDED_DEBTOR"]],
      [["NOT_AS_PLANNED"], ["DELETE"]],
      [["NOT_AS_PLANNED"], ["EXCLUDED_HOLD"]],
    ]);
    expect(run.counts).to.include({ changedSincePlan: 3, anonymize: 0, delete: 0 });
    // the next plan does
    expect((await batch.simulateAndRun()).counts).to.include({ anonymize: 2, delete: 1 });
  });

  it("leaves out who has got a role that keeps him since, and who came into the cutoff since", async () => {
    const [guide, later] = [await prospect(), await customer("2022-01-11")];
    lives.at("2025-01-10");
    const { planHash } = await batch.simulate();
    await db.owner.query("UPDATE contacts.contact_role SET role = 'GUIDE' WHERE contact_id = $1", [guide.id]);
    lives.at("2025-01-12");

    const run = await batch.run(planHash!);

    expect(await left(guide, later)).to.deep.equal(["Muster", "Muster"]);
    expect(await batch.items(run)).to.deep.equal([]);
    expect(run.counts).to.include({ changedSincePlan: 1 });
  });

  it("cleans old tickets of everybody, debtors and the active too, and counts them as the simulation did (F50, E20)", async () => {
    const contact = await customer("2024-01-01");
    const product = await lives.books.product("PERFORMANCE", "2021-11-30");
    const order = await lives.books.order({ by: contact, at: "2021-01-01T12:00:00Z", total: "40", lines: [] });
    const beneficiary = { firstName: "Ana", lastName: "Ruiz", countryCode: "ES" };
    const tickets = [{ ticketNumber: 1, price: "0", beneficiary }];
    const lines = [{ lineNumber: 1, product, quantity: 1, amount: "0", tickets }];
    await lives.books.again(order, { lines, ipAddress: "203.0.113.9" });
    lives.at("2025-01-10");
    const plan = await batch.simulate();

    const run = await batch.run(plan.planHash!);

    expect(plan.counts).to.include({ tickets: 1, orders: 1 });
    expect(run.counts).to.include({ tickets: 1, orders: 1 });
    const { rows } = await db.owner.query(
      "SELECT last_name AS name, country_code AS country FROM history.ticket_beneficiary WHERE institution_id = $1",
      [institution.id],
    );
    expect(rows).to.deep.equal([{ name: null, country: "ES" }]);
    expect(run.log.map(({ code }) => code)).to.deep.equal([
      ...["RUN_STARTED", "RUN_CONTACTS_DONE", "RUN_TICKETS_DONE", "RUN_ORDERS_DONE", "RUN_DONE"],
    ]);
  });

  it("closes its certificate, so that the pass may begin, and names who asked for it", async () => {
    await customer("2019-01-01");
    lives.at("2025-01-10");

    await batch.simulateAndRun();

    const { rows } = await db.owner.query(
      "SELECT status, rule, actor, anonymized FROM privacy.erasure_certificate WHERE institution_id = $1",
      [institution.id],
    );
    expect(rows).to.deep.equal([{ status: "PENDING", rule: "INACTIVITY:36", actor: "dpo", anonymized: 1 }]);
  });

  it("is refused without a plan, of one older than seven days, of a later day, and beside another", async () => {
    await customer("2019-01-01");
    lives.at("2025-01-10");
    const codes = async (planHash: string) =>
      (await batch.call("runAnonymization", { planHash })).userErrors.map(({ code }) => code);
    const { planHash } = await batch.simulate();
    const ahead = await batch.simulate({ asOf: "2026-01-10" }, batch.context({}, "operator:admin"));

    expect(await codes("f".repeat(64))).to.deep.equal(["SIMULATION_NOT_FOUND"]);
    expect(await codes("'; --")).to.deep.equal(["SIMULATION_NOT_FOUND"]);
    expect(await codes(ahead.planHash!)).to.deep.equal(["SIMULATION_OF_A_LATER_DAY"]);
    const { anonymizationRun } = await batch.call("runAnonymization", { planHash: planHash! });
    expect(await codes(planHash!)).to.deep.equal(["RUN_IN_PROGRESS"]);
    await batch.call("cancelAnonymizationRun", { id: anonymizationRun!.id });
    lives.at("2025-01-17");
    expect((await batch.call("runAnonymization", { planHash: planHash! })).anonymizationRun?.mode).to.equal("RUN");
    lives.at("2025-01-18");
    expect(await codes(planHash!)).to.deep.equal(["SIMULATION_TOO_OLD"]);
    const elsewhere = await Batch.of(db, await db.institution());
    expect((await elsewhere.call("runAnonymization", { planHash: planHash! })).userErrors[0]?.code).to.equal(
      "SIMULATION_NOT_FOUND",
    );
  });

  it("is ended by who may begin one, and by nobody who may only simulate", async () => {
    await customer("2019-01-01");
    lives.at("2025-01-10");
    const { planHash } = await batch.simulate();
    const { id } = (await batch.call("runAnonymization", { planHash: planHash! })).anonymizationRun!;
    const planner = batch.withRights("contact:read", "privacy:simulate");

    const refused = await batch.call("cancelAnonymizationRun", { id }, planner);
    const simulation = (await batch.call("simulateAnonymization", {}, planner)).anonymizationRun!;
    const own = await batch.call("cancelAnonymizationRun", { id: simulation.id }, planner);
    await db.owner.query(
      "UPDATE privacy.anonymization_run SET status = 'QUEUED', is_carried_out = true WHERE id = $1",
      [decodeId("AnonymizationRun", simulation.id)],
    );
    const scheduled = await batch.call("cancelAnonymizationRun", { id: simulation.id }, planner);

    expect(refused.userErrors).to.deep.equal([{ code: "RUN_NOT_PERMITTED", field: ["id"] }]);
    expect((await batch.read(id))!.status).to.equal("QUEUED");
    expect(own.anonymizationRun!.status).to.equal("CANCELLED");
    expect(scheduled.userErrors.map(({ code }) => code)).to.deep.equal(["RUN_NOT_PERMITTED"]);
    expect((await batch.call("cancelAnonymizationRun", { id })).anonymizationRun!.status).to.equal("CANCELLED");
  });

  it("does nothing when the plan does not say any more what was confirmed", async () => {
    const [doomed, added] = [await customer("2019-01-01"), await customer("2024-01-01")];
    lives.at("2025-01-10");
    const plan = await batch.simulate();
    await db.owner.query(
      "UPDATE privacy.anonymization_run_item SET outcomes = '{ANONYMIZE}' WHERE institution_id = $1 AND contact_id = $2",
      [institution.id, added.id],
    );

    const run = await batch.run(plan.planHash!);

    expect(run).to.include({ status: "FAILED", failure: "The plan does not say any more what was confirmed." });
    expect(await left(doomed, added)).to.deep.equal(["Muster", "Muster"]);
  });
});
