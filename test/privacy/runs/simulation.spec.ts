import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { Lives } from "../lives.js";
import { Batch } from "./batch.js";
import { examples } from "./examples.js";

describe("a simulation of the batch for inactive contacts (F53, F54, domain 4.3)", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let lives: Lives;
  let batch: Batch;

  beforeEach(async () => {
    institution = await db.institution();
    lives = new Lives(db, institution);
    batch = await Batch.of(db, institution);
  });

  for (const [title, live, createdOn, runOn, outcome, recency] of examples)
    it(`says ${outcome} of ${title}`, async () => {
      const contact = await lives.person(createdOn);
      await live(lives, contact);
      lives.at(runOn);

      const run = await batch.simulate();

      expect(await batch.outcomes(run, contact)).to.deep.equal([outcome]);
      expect(await batch.stored(contact)).to.equal(recency);
    });

  it("works a recency out only when the one that is kept would be inactive, and keeps it otherwise (E1, F46)", async () => {
    const contact = await lives.person("2018-01-01");
    await lives.buys(contact, { on: "2018-05-01", until: "2018-06-15" });
    const on = async (day: string) => {
      lives.at(day);
      const [outcome] = await batch.outcomes(await batch.simulate(), contact);
      return [outcome, await batch.stored(contact)];
    };

    expect(await on("2018-06-20"), "E1a").to.deep.equal(["KEPT_ACTIVE", "2018-06-15"]);
    await lives.buys(contact, { on: "2018-07-10", until: "2018-09-01" });
    expect(await on("2018-08-01"), "E1b").to.deep.equal([undefined, "2018-06-15"]);
    expect(await on("2021-06-14"), "E1c").to.deep.equal([undefined, "2018-06-15"]);
    expect(await on("2021-06-15"), "E1d").to.deep.equal(["KEPT_ACTIVE", "2018-09-01"]);
    expect(await on("2021-08-31"), "E1e").to.deep.equal([undefined, "2018-09-01"]);
    expect(await on("2021-09-01"), "E1f").to.deep.equal(["ANONYMIZE", "2018-09-01"]);
  });

  it("ignores payments, and lists who owes, until he has paid (E11, E12, E13, F45, F55)", async () => {
    const [settled, debtor] = [await lives.person("2010-01-01"), await lives.person("2010-01-01")];
    const product = await lives.books.product("PERFORMANCE", "2021-12-15");
    const reserve = (by: TestContact) =>
      lives.books.order({
        by,
        kind: "RESERVATION",
        at: "2021-09-01T12:00:00Z",
        total: "40",
        lines: [{ product, amount: "40" }],
      });
    await lives.books.payment(settled, await reserve(settled), "40", { paidAt: "2024-11-01T12:00:00Z" });
    const open = await reserve(debtor);
    lives.at("2025-01-10");

    const before = await batch.simulate();
    expect(await batch.outcomes(before, settled, debtor)).to.deep.equal(["ANONYMIZE", "EXCLUDED_DEBTOR"]);
    const [item] = await batch.items(before, "EXCLUDED_DEBTOR");
    expect(item).to.deep.include({
      balances: [{ organization: "OPERA", currency: "CHF", amount: "40.00" }],
      lastTicketEndDate: "2021-12-15",
    });

    await lives.books.payment(debtor, open, "40", { paidAt: "2025-01-20T12:00:00Z" });
    lives.at("2025-02-01");
    expect(await batch.outcomes(await batch.simulate(), debtor)).to.deep.equal(["ANONYMIZE"]);
  });

  it("lists who is owed, and who owes one organization and is owed by another, without netting (E14, E15)", async () => {
    const [creditor, both] = [await lives.person("2010-01-01"), await lives.person("2010-01-01")];
    for (const contact of [creditor, both]) await lives.buys(contact, { on: "2019-01-01", until: "2019-03-03" });
    await lives.books.payment(creditor, null, "15", { paidAt: "2019-04-01T12:00:00Z" });
    await lives.books.order({ by: both, at: "2019-01-01T12:00:00Z", total: "10" });
    await lives.books.payment(both, null, "10", { paidAt: "2019-04-01T12:00:00Z", organization: "MUSEUM" });
    lives.at("2025-01-10");

    const run = await batch.simulate();

    expect(await batch.outcomes(run, creditor, both)).to.deep.equal([
      "EXCLUDED_CREDITOR",
      "EXCLUDED_DEBTOR+EXCLUDED_CREDITOR",
    ]);
    expect((await batch.items(run, "EXCLUDED_CREDITOR")).map(({ balances }) => balances)).to.deep.equal([
      [{ organization: "OPERA", currency: "CHF", amount: "-15.00" }],
      [
        { organization: "MUSEUM", currency: "CHF", amount: "-10.00" },
        { organization: "OPERA", currency: "CHF", amount: "10.00" },
      ],
    ]);
    expect(run.counts).to.include({ excludedCreditor: 2, excludedDebtor: 1, anonymize: 0 });
  });

  it("counts what was done in any organization, whichever runs it (E16, F44)", async () => {
    const contact = await lives.person("2010-01-01");
    await lives.buys(contact, { on: "2023-01-01", until: "2024-02-02", organization: "MUSEUM" });
    lives.at("2025-01-10");

    const run = await batch.simulate({ organizationId: "OPERA" });

    expect(run.organization).to.equal("OPERA");
    expect(await batch.outcomes(run, contact)).to.deep.equal(["KEPT_ACTIVE"]);
  });

  it("does not list structures and who has another role, but their relays (E17, E18, F47)", async () => {
    const guide = await lives.person("2010-01-01", { roles: ["PUBLIC", "GUIDE"] });
    const structure = await lives.person("2010-01-01", { structureName: "School", roles: [] });
    const relay = await lives.person("2010-01-01", { roles: ["RELAY"] });
    for (const contact of [guide, structure, relay])
      await lives.buys(contact, { on: "2012-01-01", until: "2012-02-02" });
    lives.at("2025-01-10");

    const run = await batch.simulate();

    expect(await batch.outcomes(run, guide, structure, relay)).to.deep.equal([undefined, undefined, "ANONYMIZE"]);
  });

  it("counts who attends as well as who bought (E19)", async () => {
    const [child, mother] = [await lives.person("2010-01-01"), await lives.person("2010-01-01")];
    await lives.buys(mother, { on: "2023-01-01", until: "2023-05-05", for: child });
    lives.at("2025-01-10");

    expect(await batch.outcomes(await batch.simulate(), child, mother)).to.deep.equal(["KEPT_ACTIVE", "KEPT_ACTIVE"]);
  });

  it("leaves alone who is active by what is kept, though a performance has moved back since (E26)", async () => {
    const contact = await lives.person("2010-01-01");
    const product = await lives.buys(contact, { on: "2021-01-01", until: "2023-06-01" });
    lives.at("2023-06-02");
    await batch.simulate();
    await lives.books.again(product, { validityEndDate: "2021-06-01" });
    lives.at("2025-01-10");

    expect(await batch.outcomes(await batch.simulate(), contact)).to.deep.equal([undefined]);
    expect(await batch.stored(contact)).to.equal("2023-06-01");
  });

  it("finds a performance in the future that was bought since (E34)", async () => {
    const contact = await lives.person("2010-01-01");
    await lives.buys(contact, { on: "2018-01-01", until: "2019-01-01" });
    lives.at("2019-02-01");
    await batch.simulate();
    await lives.buys(contact, { on: "2025-01-09", until: "2025-06-01" });
    lives.at("2025-01-10");

    expect(await batch.outcomes(await batch.simulate(), contact)).to.deep.equal(["KEPT_ACTIVE"]);
    expect(await batch.stored(contact)).to.equal("2025-06-01");
  });

  it("takes other months, also of customers and prospects apart, each with the recency of his own (E27)", async () => {
    const [customer, prospect] = [await lives.person("2010-01-01"), await lives.person("2022-09-09")];
    await lives.buys(customer, { on: "2022-01-01", until: "2022-09-09" });
    lives.at("2025-01-10");
    const outcomes = async (input: object) => batch.outcomes(await batch.simulate(input), customer, prospect);

    expect(await outcomes({})).to.deep.equal(["KEPT_ACTIVE", "KEPT_ACTIVE"]);
    expect(await outcomes({ prospectInactivityMonths: 24 })).to.deep.equal([undefined, "DELETE"]);
    expect(await outcomes({ customerInactivityMonths: 24 })).to.deep.equal(["ANONYMIZE", undefined]);
    expect(await outcomes({ inactivityMonths: 24 })).to.deep.equal(["ANONYMIZE", "DELETE"]);
    expect((await batch.simulate({ inactivityMonths: 24 })).cutoffDate).to.equal("2023-01-10");
  });

  it("takes the months of the institution's settings when none are given (F53)", async () => {
    await db.owner.query(
      "INSERT INTO privacy.institution_setting (institution_id, inactivity_months) VALUES ($1, 48)",
      [institution.id],
    );
    lives.at("2025-01-10");

    expect(await batch.simulate()).to.include({ inactivityMonths: 48, cutoffDate: "2021-01-10", day: "2025-01-10" });
  });

  it("keeps who is held, and says why; a hold that has run out keeps nobody (D-12)", async () => {
    const [held, past] = [await lives.person("2010-01-01"), await lives.person("2010-01-01")];
    const insert = (contact: TestContact, until: string | null) =>
      db.owner.query(
        `INSERT INTO privacy.retention_hold (institution_id, contact_id, reason, until_date, set_by)
         VALUES ($1, $2, 'claim at law', $3, 'x')`,
        [institution.id, contact.id, until],
      );
    await insert(held, "2025-01-10");
    await insert(past, "2025-01-09");
    lives.at("2025-01-10");

    const run = await batch.simulate();

    expect(await batch.outcomes(run, held, past)).to.deep.equal(["EXCLUDED_HOLD", "DELETE"]);
    expect((await batch.items(run, "EXCLUDED_HOLD")).map(({ holdReason }) => holdReason)).to.deep.equal([
      "claim at law",
    ]);
    expect(run.counts).to.include({ excludedHold: 1, delete: 1 });
  });

  it("includes the invalid and the blocked, and says who was blocked (D-12)", async () => {
    const contact = await lives.person("2010-01-01", { validityEndDate: "2012-01-01" });
    await db.owner.query(
      "UPDATE contacts.contact SET blocked_since = '2011-01-01', blocked_reason = 'banned' WHERE id = $1",
      [contact.id],
    );
    lives.at("2025-01-10");

    const [item] = await batch.items(await batch.simulate());

    expect(item).to.deep.include({ outcomes: ["DELETE"], wasBlocked: true, contact: { id: contact.opaqueId } });
  });
});
