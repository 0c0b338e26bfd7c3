import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { answered, mutate } from "./campaigns.js";
import { Sender } from "./sender.js";

interface Explained {
  outcome: string | null;
  recipient: { id: string } | null;
  targets: { id: string }[];
  isAddedByHand: boolean;
  gates: { reason: string; state: string }[];
  authorizationEventId: string | null;
  recorded: { outcome: string; decidedAt: string } | null;
}

describe("audienceExplain", () => {
  const db = useDatabase();
  let sender: Sender;

  beforeEach(async () => {
    sender = await Sender.of(db);
  });

  const explain = async (campaignId: string, contact: TestContact, by = sender.as()) => {
    const document = `query ($campaignId: ID!, $contactId: ID!) {
      audienceExplain(campaignId: $campaignId, contactId: $contactId) {
        outcome recipient { id } targets { id } isAddedByHand gates { reason state } authorizationEventId
        recorded { outcome decidedAt } } }`;
    const { audienceExplain } = await answered(by, document, { campaignId, contactId: contact.opaqueId });
    return audienceExplain as Explained | null;
  };
  /** What each gate says, by the first letter of its state. */
  const states = (explained: Explained | null) => explained!.gates.map(({ state }) => state[0]).join("");

  it("says of each gate what it says, in their order, and which one decides", async () => {
    const id = await sender.campaign();
    const cases: [TestContact, string, string][] = [
      [await sender.person("TRUE"), "SEND", "PPPPPPP"],
      [await sender.person("FALSE"), "CONSENT_REFUSED", "PPPPHPN"],
      [await sender.person("EMPTY"), "CONSENT_MISSING", "PPPPPHN"],
      [await sender.person("EMPTY", { validityEndDate: "2020-01-01" }), "INVALID_CONTACT", "PHPPPHN"],
    ];
    for (const [contact, outcome, expected] of cases) {
      const explained = await explain(id, contact);
      expect(explained!.outcome).to.equal(outcome);
      expect(states(explained), outcome).to.equal(expected);
    }
    const [first] = cases;
    const twin = await sender.person("TRUE", { email: "twin@example.org" });
    const other = await sender.person("TRUE", { email: "twin@example.org" });
    expect(states(await explain(id, twin))).to.equal("PPPPPPP");
    expect(states(await explain(id, other))).to.equal("PPPPPPH");
    expect((await explain(id, first![0]))!.authorizationEventId).not.to.equal(null);
  });

  it("asks of purchase information and web links less (F41, 5.5)", async () => {
    const refused = await sender.person("FALSE");

    expect(states(await explain(await sender.campaign({ type: "PURCHASE_INFORMATION" }), refused))).to.equal("PPPPNNP");
    expect(states(await explain(await sender.campaign({ channel: "WEB_LINK" }), refused))).to.equal("PPNNNNN");
  });

  it("says through which targets he is in it, and whether somebody added him (F11)", async () => {
    const [targeted, added, stranger] = [
      await sender.person(),
      await sender.person("TRUE", { language: "de" }),
      await sender.person("TRUE", { language: "de" }),
    ];
    const id = await sender.campaign();
    await mutate(sender.context, "addToCampaign", { campaignId: id, contactId: added.opaqueId });

    expect((await explain(id, targeted))!.targets).to.have.length(1);
    expect(await explain(id, targeted)).to.include({ isAddedByHand: false });
    expect(await explain(id, added)).to.deep.include({ targets: [], isAddedByHand: true, outcome: "SEND" });
    expect(await explain(id, stranger)).to.deep.include({ targets: [], isAddedByHand: false, outcome: null });
  });

  it("says beside how things are now what was recorded when it was sent", async () => {
    const contact = await sender.person();
    const id = await sender.campaign();
    expect((await explain(id, contact))!.recorded).to.equal(null);

    await sender.send(id);
    await sender.says(contact, "FALSE");

    const explained = await explain(id, contact);
    expect(explained!.outcome).to.equal("CONSENT_REFUSED");
    expect(explained!.recorded).to.deep.include({ outcome: "SEND" });
  });

  it("is null for what the caller does not see, and where something is withheld from him (F05)", async () => {
    const [contact, hidden] = [await sender.person(), await sender.person("TRUE", { level: 2 })];
    const id = await sender.campaign();
    const raised = sender.as({ raisedLevels: new Map<string, Clearance>([["Contact.authorizations", 2]]) });

    expect(await explain(id, hidden)).to.equal(null);
    expect(await explain(id, hidden, sender.as({ clearance: 2 }))).to.equal(null);
    expect(await explain(id, contact, sender.as({ clearance: 0 }))).to.equal(null);
    expect(await explain(id, contact, raised)).to.equal(null);
    expect(await explain(id, contact)).not.to.equal(null);
  });
});
