import { expect } from "chai";
import { campaignSchedule } from "../../../src/marketing/index.js";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { TestClock } from "../../support/clock.js";
import { useDatabase } from "../../support/database.js";
import { insertOrder, insertProduct } from "../../support/history-rows.js";
import { answered, type CampaignAnswer, codesOf, mutate, readCampaign } from "./campaigns.js";
import { counts, Sender } from "./sender.js";

describe("a campaign before it is sent", () => {
  const db = useDatabase();
  let sender: Sender;

  beforeEach(async () => {
    sender = await Sender.of(db);
  });

  const preview = async (id: string, by = sender.context) => {
    const document = `mutation ($input: PreviewCampaignInput!) { previewCampaign(input: $input) {
      campaign { id state previewedAt } recipientsWithoutPurchase
      userErrors { code field elementIndex } warnings { code } } }`;
    return (await answered(by, document, { input: { id } })).previewCampaign as CampaignAnswer & {
      recipientsWithoutPurchase: number | null;
    };
  };
  const in_ = (minutes: number) => new Date(db.clock.now().getTime() + minutes * 60_000).toISOString();

  describe("when it is previewed", () => {
    it("counts by outcome whom it would reach now", async () => {
      await sender.person("TRUE");
      await sender.person("FALSE");
      await sender.person("EMPTY");
      await sender.person("TRUE", { level: 2 });
      const id = await sender.campaign();

      expect((await preview(id)).campaign).to.include({ state: "PREVIEWED" });

      const { preview: found } = await sender.read(id);
      expect(found!.total).to.equal(3);
      expect(counts(found!.outcomes)).to.deep.equal({ SEND: 1, CONSENT_REFUSED: 1, CONSENT_MISSING: 1 });
      expect(await sender.shipped()).to.deep.equal([]);
    });

    it("keeps its type from then on, and everything else changes still (F41)", async () => {
      const id = await sender.campaign();
      expect(codesOf(await mutate(sender.context, "updateCampaign", { id, type: "PROMOTION" }))).to.deep.equal([]);

      await preview(id);

      expect(
        codesOf(await mutate(sender.context, "updateCampaign", { id, type: "PURCHASE_INFORMATION" })),
      ).to.deep.equal(["CAMPAIGN_TYPE_LOCKED type"]);
      const { campaign } = await mutate(sender.context, "updateCampaign", { id, type: "PROMOTION", name: "April" });
      expect(campaign).to.include({ name: "April", type: "PROMOTION", state: "DRAFT" });
      expect((await sender.read(id)).preview).to.equal(null);
      expect(codesOf(await mutate(sender.context, "updateCampaign", { id, type: "OTHER" }))).to.deep.equal([
        "CAMPAIGN_TYPE_LOCKED type",
      ]);
    });

    it("says in the audit who fixed the type", async () => {
      const id = await sender.campaign({ type: "PURCHASE_INFORMATION" });
      await preview(id, sender.as({ login: "colleague" }));
      await preview(id);

      const { rows } = await db.owner.query(
        "SELECT actor, new_value FROM marketing.audit_campaign WHERE institution_id = $1 AND field = 'typeFixedBy'",
        [sender.institution.id],
      );
      expect(rows).to.deep.equal([{ actor: "colleague", new_value: "PURCHASE_INFORMATION" }]);
    });

    it("as purchase information warns of those who have none of what it names, and holds nobody back (Q-19)", async () => {
      const place = { owner: db.owner, home: sender.institution };
      const [buyer, guest, stranger] = [await sender.person(), await sender.person(), await sender.person("FALSE")];
      const product = await insertProduct(place);
      const order = await insertOrder(place, buyer, { lines: [{ product, tickets: [{ culturalContact: guest }] }] });
      await insertOrder(place, stranger);
      const about = (wish: object) => sender.campaign({ type: "PURCHASE_INFORMATION", ...wish });

      const byProduct = await preview(await about({ productIds: [product.opaqueId] }));
      const byOrder = await preview(await about({ orderIds: [order.opaqueId] }));
      const byNothing = await preview(await about({}));
      const newsletter = await preview(await sender.campaign());

      expect(byProduct).to.deep.include({
        recipientsWithoutPurchase: 1,
        warnings: [{ code: "RECIPIENTS_WITHOUT_PURCHASE" }],
      });
      expect(byOrder.recipientsWithoutPurchase).to.equal(1);
      expect(byNothing).to.deep.include({ recipientsWithoutPurchase: 0, warnings: [] });
      expect(newsletter.recipientsWithoutPurchase).to.equal(null);
      await sender.send(await about({ productIds: [product.opaqueId] }));
      expect(await sender.outcomes(buyer, guest, stranger)).to.deep.equal(["SEND", "SEND", "SEND"]);
    });

    it("counts nothing for who may not see what the gates decide by, or ask its targets", async () => {
      await sender.person();
      const id = await sender.campaign();
      await preview(id);
      const raised = (field: string) => sender.as({ raisedLevels: new Map<string, Clearance>([[field, 2]]) });

      expect((await sender.read(id)).preview).not.to.equal(null);
      for (const field of ["Contact.authorizations", "Contact.bounceStatus", "Contact.email", "Contact.language"])
        expect((await sender.read(id, raised(field))).preview, field).to.equal(null);
    });

    it("does not exist for who sees less than its owner, who learns nothing of its counts (F05)", async () => {
      await sender.person("TRUE", { level: 1 });
      const id = await sender.campaign();
      await preview(id);
      const stranger = sender.as({ clearance: 0 });

      expect(await readCampaign(stranger, id)).to.equal(null);
      for (const mutation of ["runCampaign", "cancelCampaign", "scheduleCampaign"])
        expect(codesOf(await mutate(stranger, mutation, { id })), mutation).to.deep.equal(["CAMPAIGN_NOT_FOUND id"]);
      expect(codesOf(await preview(id, stranger))).to.deep.equal(["CAMPAIGN_NOT_FOUND id"]);
    });

    it("is refused for an owner who has left", async () => {
      const id = await sender.campaign();
      sender.today = { hasLeft: true };

      expect(codesOf(await preview(id))).to.deep.equal(["CAMPAIGN_OWNER_NOT_PERMITTED id"]);
    });
  });

  describe("when contacts are added by hand (F11)", () => {
    const add = (campaignId: string, contactId: string, by = sender.context) =>
      mutate(by, "addToCampaign", { campaignId, contactId });

    it("has them pass the same gates as everybody", async () => {
      const [agreed, refused, silent] = [
        await sender.person("TRUE", { language: "de" }),
        await sender.person("FALSE", { language: "de" }),
        await sender.person("EMPTY", { language: "de" }),
      ];
      const id = await sender.campaign();
      for (const { opaqueId } of [agreed, refused, silent]) expect(codesOf(await add(id, opaqueId))).to.deep.equal([]);

      await sender.send(id);

      expect(await sender.outcomes(agreed, refused, silent)).to.deep.equal([
        ...["SEND", "CONSENT_REFUSED", "CONSENT_MISSING"],
      ]);
    });

    it("sends once to who is in a target already, and says so", async () => {
      const contact = await sender.person();
      const id = await sender.campaign();

      const { warnings } = await add(id, contact.opaqueId);
      await add(id, contact.opaqueId);
      await sender.send(id);

      expect(warnings).to.deep.equal([{ code: "CONTACT_ALREADY_TARGETED" }]);
      expect(await sender.shipped()).to.deep.equal([contact.id]);
      expect(await sender.manifest()).to.have.length(1);
    });

    it("takes them out again", async () => {
      const contact = await sender.person("TRUE", { language: "de" });
      const id = await sender.campaign();
      await add(id, contact.opaqueId);
      const added = async () => {
        const { campaign } = await answered(
          sender.context,
          `query ($id: ID!) { campaign(id: $id) { additions(first: 9) { nodes { contact { id } } } } }`,
          { id },
        );
        return (campaign as { additions: { nodes: { contact: { id: string } }[] } }).additions.nodes.map(
          ({ contact }) => contact.id,
        );
      };
      expect(await added()).to.deep.equal([contact.opaqueId]);

      await mutate(sender.context, "removeFromCampaign", { campaignId: id, contactId: contact.opaqueId });

      expect(await added()).to.deep.equal([]);
      await sender.send(id);
      expect(await sender.manifest()).to.deep.equal([]);
    });

    it("refuses invalid, anonymized and invisible contacts, the last as unknown ones (F07, F05)", async () => {
      const id = await sender.campaign();
      const refused: [object, string][] = [
        [{ validityEndDate: "2020-01-01" }, "CONTACT_INVALID contactId"],
        [{ anonymizedAt: new Date("2026-01-01") }, "CONTACT_ANONYMIZED contactId"],
        [{ level: 2 }, "CONTACT_NOT_FOUND contactId"],
      ];
      for (const [wish, code] of refused) {
        const { opaqueId } = await sender.person("EMPTY", wish);
        expect(codesOf(await add(id, opaqueId)), code).to.deep.equal([code]);
      }
      expect(codesOf(await add(id, "nobody"))).to.deep.equal(["CONTACT_NOT_FOUND contactId"]);
    });

    it("refuses them once it was run, and when it was cancelled (Q-37)", async () => {
      const contact = await sender.person();
      const [sent, cancelled] = [await sender.campaign(), await sender.campaign()];
      await sender.send(sent);
      await mutate(sender.context, "cancelCampaign", { id: cancelled });

      expect(codesOf(await add(sent, contact.opaqueId))).to.deep.equal(["CAMPAIGN_ALREADY_SENT campaignId"]);
      expect(codesOf(await add(cancelled, contact.opaqueId))).to.deep.equal(["CAMPAIGN_CANCELLED campaignId"]);
    });

    it("stands in the audit of the contact", async () => {
      const contact = await sender.person();
      const id = await sender.campaign();
      await add(id, contact.opaqueId);

      const { rows } = await db.owner.query(
        `SELECT actor, entity, field, old_value, new_value FROM privacy.audit_entry
         WHERE contact_id = $1 AND entity = 'Campaign'`,
        [contact.id],
      );
      expect(rows).to.deep.equal([
        { actor: "marketer", entity: "Campaign", field: "isAdded", old_value: "false", new_value: "true" },
      ]);
    });
  });

  describe("when it is scheduled", () => {
    const run = (clock = db.clock) => campaignSchedule({ ...sender.services, clock }).run(new AbortController().signal);
    const stateOf = async (id: string) => (await sender.read(id)).state;

    it("runs when its time has come, and not before, with the rights of its owner", async () => {
      const contact = await sender.person();
      const id = await sender.campaign();
      const { campaign } = await mutate(sender.as({ login: "colleague" }), "scheduleCampaign", { id, at: in_(60) });
      expect(campaign).to.include({ state: "SCHEDULED" });

      await run();
      expect(await stateOf(id)).to.equal("SCHEDULED");
      await run(new TestClock(in_(61)));
      expect(await stateOf(id)).to.equal("RUNNING");
      await run(new TestClock(in_(61)));
      await sender.work(await sender.latestRun());

      expect((await sender.read(id)).run).to.include({ status: "DONE", startedBy: "marketer" });
      expect(await sender.shipped()).to.deep.equal([contact.id]);
    });

    it("waits unchanged, until it is taken off the schedule", async () => {
      const id = await sender.campaign();
      await mutate(sender.context, "scheduleCampaign", { id, at: in_(60) });

      expect(codesOf(await mutate(sender.context, "updateCampaign", { id, name: "x" }))).to.deep.equal([
        "CAMPAIGN_SCHEDULED id",
      ]);
      const { campaign } = await mutate(sender.context, "scheduleCampaign", { id });
      await run(new TestClock(in_(61)));

      expect(campaign).to.include({ state: "DRAFT" });
      expect(await stateOf(id)).to.equal("DRAFT");
    });

    it("is not scheduled in the past, nor after it was run", async () => {
      await sender.person();
      const id = await sender.campaign();
      expect(codesOf(await mutate(sender.context, "scheduleCampaign", { id, at: in_(-1) }))).to.deep.equal([
        "SCHEDULE_IN_PAST at",
      ]);
      await sender.send(id);
      expect(codesOf(await mutate(sender.context, "scheduleCampaign", { id, at: in_(60) }))).to.deep.equal([
        "CAMPAIGN_ALREADY_SENT id",
      ]);
    });
  });
});
