import { expect } from "chai";
import { insertDefinitions } from "../../contacts/criteria/criteria.js";
import { ProductGraph } from "../../privacy/erasure/product-graph.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { mutate as mutateTarget } from "../targets/targets.js";
import { answered } from "./campaigns.js";
import { Sender } from "./sender.js";

const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const dayMs = 86_400_000;

describe("what campaigns are to the activity of a contact (A6 to A8)", () => {
  const db = useDatabase();
  let sender: Sender;
  let events = 0;

  beforeEach(async () => {
    db.clock.set("2026-03-10T09:00:00.000Z");
    sender = await Sender.of(db);
  });

  /** Kinds of activity with the latest day of each, as marketing and contacts publish them. */
  const activityOf = ({ id }: TestContact): Promise<string[]> =>
    sender.as({ clearance: 2 }).transaction(async (sql) => {
      const { rows } = await sql.query<{ entry: string }>(
        `SELECT kind || ' ' || max(day) AS entry FROM (
           SELECT kind, latest_day AS day FROM marketing.visible_activity WHERE institution_id = $1 AND contact_id = $2
           UNION ALL SELECT kind, day FROM contacts.activity WHERE institution_id = $1 AND contact_id = $2) each
         GROUP BY kind ORDER BY 1`,
        [sql.institutionId, id],
      );
      return rows.map(({ entry }) => entry);
    });
  const report = async (mutation: string, contact: TestContact, campaignId: string, more: object = {}) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    const event = { eventId: `a${++events}`, contactId: contact.opaqueId, occurredAt: db.clock.now().toISOString() };
    const sam = sender.as({ clearance: 2, login: "sam", kind: "SERVICE" }, "marketing:report");
    const answer = await answered(sam, document, { input: { reports: [{ ...event, campaignId, ...more }] } });
    expect(answer[mutation]).to.deep.equal({ userErrors: [] });
  };

  it("does not count that it is sent, arrives, comes back or is opened, and counts a link that he follows (F68)", async () => {
    const contact = await sender.person("EMPTY");
    const id = await sender.campaign({ type: "PURCHASE_INFORMATION" });
    await sender.send(id);
    await report("reportDeliveries", contact, id);
    await report("reportClicks", contact, id, { kind: "OPEN", method: "GET", userAgent: browser });
    await report("reportClicks", contact, id, { method: "HEAD", userAgent: browser });
    const before = await activityOf(contact);

    db.clock.advance(dayMs);
    await report("reportClicks", contact, id, { method: "GET", userAgent: browser });

    expect(before).to.deep.equal([]);
    expect(await activityOf(contact)).to.deep.equal(["CLICK 2026-03-11"]);
  });

  it("counts who unsubscribes from one while something else stays TRUE, and not who takes back his last yes (F70)", async () => {
    const [keeps, ends] = [await sender.person("TRUE"), await sender.person("TRUE")];
    await sender.says(keeps, "TRUE", "SMS");
    // by the rule of 5.4 EMAIL was made TRUE as well
    await sender.says(ends, "FALSE", "EMAIL");
    await sender.says(ends, "EMPTY", "EMAIL");
    const id = await sender.campaign();
    await sender.send(id);
    expect(await sender.outcomes(keeps, ends)).to.deep.equal(["SEND", "SEND"]);
    db.clock.advance(dayMs);

    await report("reportUnsubscribes", keeps, id);
    await report("reportUnsubscribes", ends, id);

    expect(await activityOf(keeps)).to.deep.equal(["AUTHORIZATION 2026-03-11"]);
    expect(await activityOf(ends)).to.deep.equal(["AUTHORIZATION 2026-03-10"]);
  });

  it("reaches whom a changed criterion brings into its target, a change that counts once, and no sending does (F69)", async () => {
    await insertDefinitions(db, [{ code: "VIP", kind: "YES_NO" }], sender.institution);
    const graph = new ProductGraph(db);
    const set = ({ opaqueId: contactId }: TestContact) =>
      graph.change("contacts", "setCriteria", { contactId, criteria: [{ code: "VIP", yesNo: true }] }, sender);
    const contact = await sender.person("EMPTY");
    const filter = { condition: { field: "criterion.VIP", operator: "IS_ANY_OF", values: ["TRUE"] } };
    const { target } = await mutateTarget(sender.context, "createTarget", { name: "VIP", kind: "DYNAMIC", filter });
    const campaign = () => sender.campaign({ targetIds: [target!.id], type: "PURCHASE_INFORMATION" });
    await sender.send(await campaign());
    const before = await sender.outcomes(contact);

    await set(contact);
    db.clock.advance(dayMs);
    await set(contact);
    await sender.send(await campaign());

    expect([before, await sender.outcomes(contact)]).to.deep.equal([[undefined], ["SEND"]]);
    expect(await activityOf(contact)).to.deep.equal(["CRITERION 2026-03-10"]);
  });
});
