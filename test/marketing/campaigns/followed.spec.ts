import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import type { Permission } from "../../../src/platform/access/permissions.js";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { readContact } from "../../history/shipments/support.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { condition, preview } from "../targets/targets.js";
import { answered, catalogue, mutate } from "./campaigns.js";
import { Sender } from "./sender.js";

const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

describe("what follows from a campaign", () => {
  const db = useDatabase();
  let sender: Sender;
  let events = 0;

  beforeEach(async () => {
    sender = await Sender.of(db);
  });

  const sam = () => sender.as({ clearance: 2, login: "sam", kind: "SERVICE" }, "marketing:report");
  const report = async (mutation: string, contact: TestContact, more: object) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { recorded warnings { code } userErrors { code } } }`;
    const event = { eventId: `e${++events}`, contactId: contact.opaqueId, occurredAt: db.clock.now().toISOString() };
    return (await answered(sam(), document, { input: { reports: [{ ...event, ...more }] } }))[mutation] as {
      recorded: number;
      warnings: { code: string }[];
      userErrors: { code: string }[];
    };
  };
  const statistics = async (id: string, by = sender.as()) => {
    const document = `query ($id: ID!) { campaign(id: $id) { statistics { sent delivered bounced clicked unsubscribed } } }`;
    return ((await answered(by, document, { id })).campaign as { statistics: object }).statistics;
  };
  const shipmentOf = async ({ id }: TestContact) => {
    const { rows } = await db.owner.query("SELECT max(id) AS id FROM history.shipment WHERE contact_id = $1", [id]);
    return encodeId("Shipment", rows[0].id);
  };

  describe("when it is reported", () => {
    it("counts deliveries, bounces, clicks and unsubscribes of its own shipments, each once (F12, F68)", async () => {
      const [a, b, c, d] = [await sender.person(), await sender.person(), await sender.person(), await sender.person()];
      const id = await sender.campaign();
      await sender.send(id);
      await sender.send(await sender.campaign());
      const campaignId = id;

      await report("reportDeliveries", a, { campaignId });
      await report("reportDeliveries", a, { campaignId });
      await report("reportClicks", a, { campaignId, method: "GET", userAgent: browser });
      await report("reportClicks", a, { campaignId, method: "GET", userAgent: browser });
      await report("reportClicks", b, { campaignId, method: "HEAD", userAgent: browser });
      await report("reportClicks", b, { campaignId, kind: "OPEN", method: "GET", userAgent: browser });
      await report("reportBounces", c, { campaignId, kind: "FAILURE", statusCode: "5.1.1", address: "x@example.org" });
      await report("reportUnsubscribes", d, { campaignId });

      expect(await statistics(id)).to.deep.equal({ sent: 4, delivered: 1, bounced: 1, clicked: 1, unsubscribed: 1 });
    });

    it("takes the shipment itself as well, and warns of what was never sent", async () => {
      const [contact, stranger] = [await sender.person(), await sender.person("FALSE")];
      const id = await sender.campaign();
      await sender.send(id);

      const known = await report("reportDeliveries", contact, { shipmentId: await shipmentOf(contact) });
      const unknown = await report("reportDeliveries", stranger, { campaignId: id });
      const malformed = await report("reportDeliveries", contact, { campaignId: "nothing" });

      expect(known).to.deep.equal({ recorded: 1, warnings: [], userErrors: [] });
      for (const answer of [unknown, malformed])
        expect(answer).to.deep.equal({ recorded: 1, warnings: [{ code: "SHIPMENT_NOT_FOUND" }], userErrors: [] });
      expect(await statistics(id)).to.deep.equal({ sent: 1, delivered: 1, bounced: 0, clicked: 0, unsubscribed: 0 });
    });

    it("changes no shipment to somebody else than it is about", async () => {
      const [contact, other] = [await sender.person(), await sender.person()];
      const id = await sender.campaign();
      await sender.send(id);
      const shipmentId = await shipmentOf(other);
      const bounce = { kind: "FAILURE", statusCode: "5.1.1", address: "x@example.org" };

      const answers = [
        await report("reportBounces", contact, { shipmentId, ...bounce }),
        await report("reportDeliveries", contact, { shipmentId }),
        await report("reportClicks", contact, { shipmentId, method: "GET", userAgent: browser }),
        await report("reportUnsubscribes", contact, { shipmentId }),
      ];

      expect(answers.map(({ recorded }) => recorded)).to.deep.equal([1, 1, 1, 1]);
      expect(answers[0]!.warnings).to.deep.equal([{ code: "SHIPMENT_NOT_FOUND" }]);
      expect(await statistics(id)).to.deep.equal({ sent: 2, delivered: 0, bounced: 0, clicked: 0, unsubscribed: 0 });
    });

    it("counts nothing of what is withheld", async () => {
      await sender.person();
      const id = await sender.campaign();
      await sender.send(id);

      for (const field of ["Shipment.state", "Contact.authorizations", "Contact.bounceStatus"]) {
        const raised = sender.as({ raisedLevels: new Map<string, Clearance>([[field, 2]]) });
        expect(await statistics(id, raised), field).to.equal(null);
      }
    });

    it("counts contacts whom the caller sees (F05)", async () => {
      const contact = await sender.person();
      await sender.person();
      const id = await sender.campaign();
      await sender.send(id);
      await db.owner.query("UPDATE contacts.contact SET confidentiality_level = 2 WHERE id = $1", [contact.id]);

      expect(await statistics(id)).to.include({ sent: 1 });
      expect(await statistics(id, sender.as({ clearance: 2 }))).to.include({ sent: 2 });
    });
  });

  describe("in the contact's file", () => {
    const campaigns = async (contact: TestContact, by = sender.as(), args = "first: 9") => {
      const document = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Contact { campaigns(${args}) { nodes { campaign { id name } outcome isAddedByHand decidedAt
          redactions { field } } pageInfo { hasNextPage endCursor } } } } }`;
      const representations = [{ __typename: "Contact", id: contact.opaqueId }];
      const { _entities: entities } = await answered(by, document, { representations });
      return (
        entities as {
          campaigns: {
            nodes: { campaign: { id: string }; outcome: string; isAddedByHand: boolean; redactions: object[] }[];
            pageInfo: { hasNextPage: boolean; endCursor: string };
          } | null;
        }[]
      )[0]?.campaigns;
    };

    it("lists the campaigns that he was in, with what became of him, and those that he was added to", async () => {
      const contact = await sender.person("FALSE");
      const news = await sender.campaign();
      const info = await sender.campaign({ type: "PURCHASE_INFORMATION" });
      const next = await sender.campaign();
      await sender.campaign();
      await mutate(sender.context, "addToCampaign", { campaignId: next, contactId: contact.opaqueId });
      await sender.send(news);
      await sender.send(info);

      const found = await campaigns(contact);
      const first = await campaigns(contact, sender.as(), "first: 1");

      expect(
        found!.nodes.map(({ campaign, outcome, isAddedByHand }) => [campaign.id, outcome, isAddedByHand]),
      ).to.deep.equal([
        [next, null, true],
        [info, "SEND", false],
        [news, "CONSENT_REFUSED", false],
      ]);
      expect(first!.pageInfo.hasNextPage).to.equal(true);
      const rest = await campaigns(contact, sender.as(), `first: 9, after: "${first!.pageInfo.endCursor}"`);
      expect(rest!.nodes.map(({ campaign }) => campaign.id)).to.deep.equal([info, news]);
    });

    it("withholds why, from whom what decides it is withheld, and campaigns of those who see more", async () => {
      const contact = await sender.person("FALSE");
      await sender.send(await sender.campaign());
      const raised = sender.as({ raisedLevels: new Map<string, Clearance>([["Contact.authorizations", 2]]) });

      const [seen] = (await campaigns(contact, raised))!.nodes;
      expect(seen).to.deep.include({ outcome: null, redactions: [{ field: "outcome" }] });
      expect((await campaigns(contact, sender.as({ clearance: 0 })))!.nodes).to.deep.equal([]);
    });

    it("names the campaign with each of its shipments, if there is one for the caller", async () => {
      const contact = await sender.person();
      const id = await sender.campaign();
      await sender.send(id);
      const asked = "shipments(first: 9) { nodes { campaign { id } redactions { field } } }";
      const read = async (wish: ContextWish, ...more: Permission[]) => {
        const services = db.services({ catalogue });
        const { institution } = sender;
        const who = { services, institution, organizations: ["OPERA"], ...wish };
        const caller = db.contextWith("contact:read", "history:read", ...more, who);
        return (await readContact(caller, contact, asked)).shipments.nodes[0];
      };

      expect(await read({ clearance: 1 }, "target:read")).to.deep.equal({ campaign: { id }, redactions: [] });
      expect((await read({ clearance: 0 }, "target:read")).campaign).to.equal(null);
      expect(await read({ clearance: 1 })).to.deep.equal({ campaign: null, redactions: [{ field: "campaign" }] });
    });
  });

  describe("for the next targets", () => {
    it("finds who received it, who did not, and who followed a link of it", async () => {
      const [clicked, received] = [await sender.person(), await sender.person()];
      const refused = await sender.person("FALSE");
      const id = await sender.campaign({ targetIds: undefined });
      for (const { opaqueId } of [clicked, received, refused])
        await mutate(sender.context, "addToCampaign", { campaignId: id, contactId: opaqueId });
      await sender.send(id);
      await report("reportClicks", clicked, { campaignId: id, method: "GET", userAgent: browser });
      const count = async (field: string, operator: string, ...values: string[]) =>
        (await preview(sender.as(), condition(field, operator, values))).count;

      expect(await count("campaign.received", "IS_ANY_OF", id)).to.equal(2);
      expect(await count("campaign.received", "IS_NONE_OF", id)).to.equal(1);
      expect(await count("campaign.received", "IS_ANY_OF", "nothing")).to.equal(0);
      expect(await count("campaign.clicked", "IS_ANY_OF", id)).to.equal(1);
      expect(await count("campaign.clicked", "IS_NOT_SET")).to.equal(2);
      expect(await count("shipment.kind", "IS_ANY_OF", "CAMPAIGN")).to.equal(2);
      expect(await count("shipment.channel", "IS_ANY_OF", "SMS")).to.equal(0);
      expect(await count("shipment.day", "WITHIN_LAST_DAYS", "1")).to.equal(2);
      const below = sender.as({ clearance: 0 });
      expect((await preview(below, condition("campaign.received", "IS_ANY_OF", [id]))).count).to.equal(0);
    });

    it("does not ask what is withheld", async () => {
      const raised = sender.as({ raisedLevels: new Map<string, Clearance>([["Shipment.state", 2]]) });

      const { userErrors } = await preview(raised, condition("campaign.received", "IS_SET"));
      expect(userErrors.map(({ code }) => code)).to.deep.equal(["FIELD_NOT_AVAILABLE"]);
    });
  });
});
