import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { explainStatements, keepPlans, mostRows } from "../../support/plans.js";
import type { TestInstitution } from "../../support/rows.js";
import { Lives } from "../lives.js";
import { Batch } from "./batch.js";
import { insertCrowd } from "./crowd.js";

const people = 1_000;
/** Rows of the audit and of digests are some for each contact; one row for each pair of contacts would be a million. */
const bound = 40_000;

describe("statements of a run for inactive contacts", () => {
  const db = useDatabase();
  const plans: string[] = [];

  before(() => explainStatements(db));

  /** Nothing for each pair of contacts. */
  async function expectLinear(institution: TestInstitution): Promise<void> {
    const officer = await Batch.of(db, institution);
    keepPlans(plans, officer.services.pools.bulk);
    new Lives(db, institution).at("2025-01-10");
    await insertCrowd(db, institution, people);
    plans.length = 0;

    const run = await officer.simulateAndRun();

    expect(run.counts).to.include({ anonymize: people / 2, delete: people / 2 });
    expect(plans.some((plan) => plan.includes("/* insertItems */"))).to.equal(true);
    expect(plans.some((plan) => plan.includes("/* deleteRows */"))).to.equal(true);
    const quadratic = plans.filter((plan) => mostRows(plan) > bound);
    expect(quadratic, quadratic.join("\n")).to.have.length(0);
  }

  it("look contacts up one by one in a database that has no statistics", () => expectLinear(db.home)).timeout(120_000);

  it("look contacts up one by one in an institution that statistics do not know beside another one", async () => {
    await db.owner.query("ANALYZE");
    await expectLinear(await db.institution());
  }).timeout(120_000);
});
