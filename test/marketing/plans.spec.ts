import { expect } from "chai";
import { historyPort } from "../../src/history/index.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../support/database.js";
import { explainStatements, keepPlans, mostRows } from "../support/plans.js";
import { exported } from "./audience/exports.js";
import { Sender } from "./campaigns/sender.js";
import { type ReportMutation, report, senderOf } from "./reports/reporting.js";

const people = 1_000;
const senders = 900;
/** One row for each pair of contacts would be a million. */
const bound = 40_000;

describe("statements about the recipients of a campaign", () => {
  const db = useDatabase();
  const plans: string[] = [];

  before(() => explainStatements(db));

  /** Nothing for each pair of contacts. */
  function expectLinear(what: string): void {
    const quadratic = plans.filter((plan) => mostRows(plan) > bound);
    expect(plans.length, what).to.be.at.least(5);
    expect(quadratic, `${what}:\n${quadratic.join("\n")}`).to.have.length(0);
    plans.length = 0;
  }

  /** One in ten refuses. */
  async function crowd(sender: Sender): Promise<string[]> {
    const { rows } = await db.owner.query<{ id: string }>(
      `WITH made AS (
         INSERT INTO contacts.contact (institution_id, contact_type, last_name, email, language)
         SELECT $1, 'INDIVIDUAL', 'Muster', 'p' || n || '@example.org', 'fr' FROM generate_series(1, $2::int) n
         RETURNING id, email_key),
       copied AS (
         INSERT INTO marketing.contact_marketing (institution_id, contact_id, contact_type, confidentiality_level,
           has_email, email_hash, institution_email)
         SELECT $1, id, 'INDIVIDUAL', 0, true, platform.address_hash(email_key), id % 10 <> 0 FROM made)
       SELECT id FROM made ORDER BY id`,
      [sender.institution.id, people],
    );
    return rows.map(({ id }) => encodeId("Contact", id));
  }

  async function expectAllLinear(): Promise<void> {
    const sender = await Sender.of(db);
    const { services, institution } = sender;
    keepPlans(plans, services.pools.bulk, services.pools.api);
    const ids = await crowd(sender);
    const id = await sender.campaign();
    plans.length = 0;

    await exported(sender.as({}, "audience:export"), id);
    expectLinear("export");

    await sender.send(id, 250);
    expect(await sender.shipped()).to.have.length(senders);
    expectLinear("dispatch");

    const sam = senderOf(db, { history: historyPort }, { institution, services });
    const reports: Partial<Record<ReportMutation, object>> = {
      reportDeliveries: {},
      reportClicks: { method: "GET", userAgent: "Mozilla/5.0", kind: "CLICK" },
      reportBounces: { kind: "FAILURE", statusCode: "5.1.1" },
      reportUnsubscribes: { codes: ["INSTITUTION_EMAIL"] },
    };
    for (const [mutation, more] of Object.entries(reports)) {
      const isAddressed = mutation !== "reportClicks" && mutation !== "reportUnsubscribes";
      const batch = ids.map((contactId, n) => ({
        ...{ contactId, campaignId: id, ...more },
        ...(isAddressed && { address: `p${n + 1}@example.org` }),
      }));
      const answer = await report(sam, mutation as ReportMutation, batch);
      expect(answer, mutation).to.deep.include({ recorded: people, userErrors: [] });
      expectLinear(mutation);
    }
  }

  it("look them up one by one in a database that has no statistics", expectAllLinear).timeout(120_000);

  it("look them up one by one in an institution that statistics do not know beside another one", async () => {
    await db.owner.query("ANALYZE");
    await expectAllLinear();
  }).timeout(120_000);
});
