import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { useDatabase } from "../../support/database.js";
import type { ContactWish, TestInstitution } from "../../support/rows.js";
import { ask } from "../graph.js";
import { mutate as mutateTarget } from "../targets/targets.js";
import { campaignOf, operator, readAudience, setClearance } from "./audience-pages.js";

describe("audience(campaignId, outcome, first, after)", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let context: OperationContext;
  let people = 0;

  beforeEach(async () => {
    institution = await db.institution();
    context = await operator(db, institution, { clearance: 1 });
  });

  const set = (id: string, assignments: string) =>
    db.owner.query(`UPDATE marketing.contact_marketing SET ${assignments} WHERE contact_id = $1`, [id]);
  const person = async (wish: ContactWish = {}, consent = "institution_email = true, sms = true, letter = true") => {
    const email = `p${people++}@example.org`;
    const contact = await db.insertContact({ institution, language: "fr", lastName: "Roux", email, ...wish });
    await set(contact.id, consent);
    return { ...contact, email };
  };
  const sam = (wish = {}) => operator(db, institution, { login: "sam", kind: "SERVICE", clearance: 2, ...wish });

  it("shows each contact with his outcome, what the message is addressed with, and how many there are of each", async () => {
    const fine = await person();
    const silent = await person({}, "institution_email = NULL");
    const campaign = await campaignOf(context);

    const page = await readAudience(await sam(), campaign);

    expect(page!.nodes.map(({ contact, outcome, address }) => [contact.id, outcome, address])).to.deep.equal([
      [fine.opaqueId, "SEND", fine.email],
      [silent.opaqueId, "CONSENT_MISSING", null],
    ]);
    expect(page!.nodes.map(({ lastName, recipient }) => [lastName, recipient?.id])).to.deep.equal([
      ["Roux", fine.opaqueId],
      [null, silent.opaqueId],
    ]);
    expect(page!.recipientCount).to.equal(1);
    expect(page!.counts).to.deep.equal([
      { outcome: "SEND", count: 1 },
      { outcome: "CONSENT_MISSING", count: 1 },
    ]);
  });

  it("comes in pages, for one outcome, for all reasons together, and for everybody", async () => {
    const sent = [await person(), await person(), await person()];
    const refused = await person({}, "institution_email = false");
    const bounced = await person({}, "institution_email = true, bounce_status = 2");
    const campaign = await campaignOf(context);
    const idsOf = async (wish: object) => {
      const page = await readAudience(context, campaign, wish);
      return page!.nodes.map(({ contact }) => contact.id);
    };

    const first = await readAudience(context, campaign, { outcome: "SEND", first: 2 });
    const second = await readAudience(context, campaign, {
      outcome: "SEND",
      first: 2,
      after: first!.pageInfo.endCursor,
    });

    expect([...first!.nodes, ...second!.nodes].map(({ contact }) => contact.id)).to.deep.equal(
      sent.map(({ opaqueId }) => opaqueId),
    );
    expect([first!.pageInfo.hasNextPage, second!.pageInfo.hasNextPage]).to.deep.equal([true, false]);
    expect(await idsOf({ outcome: "EXCLUDED" })).to.deep.equal([refused.opaqueId, bounced.opaqueId]);
    expect(await idsOf({ outcome: "HARD_BOUNCE" })).to.deep.equal([bounced.opaqueId]);
    expect(await idsOf({})).to.have.length(5);
  });

  it("gives each recipient of a newsletter his link to unsubscribe with the headers of RFC 8058, and none for purchases", async () => {
    await person();
    const newsletter = await readAudience(context, await campaignOf(context));
    const purchase = await readAudience(context, await campaignOf(context, { type: "PURCHASE_INFORMATION" }));

    const { url, headers } = newsletter!.nodes[0]!.unsubscribeLink!;
    expect(url).to.match(/\/consent\/unsubscribe\?token=/);
    expect(headers).to.deep.equal([
      { name: "List-Unsubscribe", value: `<${url}>` },
      { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
    ]);
    expect(purchase!.nodes.map(({ outcome, unsubscribeLink }) => [outcome, unsubscribeLink])).to.deep.equal([
      ["SEND", null],
    ]);
  });

  it("has what the channel takes: a number for SMS, an address for letters, nothing for a web link", async () => {
    const { id } = await person({ mobile: "+41791234567" });
    await db.owner.query(
      `INSERT INTO contacts.contact_address (institution_id, contact_id, kind, street1, town)
       VALUES ($1, $2, 'INVOICE', 'Rue 9', 'Bern'), ($1, $2, 'DELIVERY', 'Rue 1', 'Lausanne')`,
      [institution.id, id],
    );
    await set(id, "has_postal_address = true");
    const shownBy = async (channel: string) => {
      const page = await readAudience(context, await campaignOf(context, { channel }));
      return page!.nodes.map(({ outcome, address, letterAddress }) => [outcome, address, letterAddress]);
    };

    expect(await shownBy("SMS")).to.deep.equal([["SEND", "+41791234567", null]]);
    expect(await shownBy("LETTER")).to.deep.equal([["SEND", null, { street1: "Rue 1", town: "Lausanne" }]]);
    expect(await shownBy("WEB_LINK")).to.deep.equal([["SEND", null, null]]);
  });

  it("sends what is for a structure to its primary relay, by his address and in his name (5.6)", async () => {
    const structure = await db.insertContact({ institution, structureName: "Lycée", language: "fr" });
    const relay = await person({ roles: ["RELAY"], language: "de" });
    await db.owner.query(
      `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
       VALUES ($1, 'RELAY_OF', $2, $3)`,
      [institution.id, relay.id, structure.id],
    );

    const page = await readAudience(context, await campaignOf(context));

    expect(page!.nodes).to.have.length(1);
    expect(page!.nodes[0]).to.deep.include({
      ...{ contact: { id: structure.opaqueId }, recipient: { id: relay.opaqueId }, outcome: "SEND" },
      ...{ address: relay.email, lastName: "Roux", structureName: "Lycée" },
    });
  });

  describe("tells a caller nothing of whom he does not see", () => {
    it("neither in pages nor in counts, nor by cursors, whoever owns the campaign (F05)", async () => {
      const [seen, hidden] = [await person(), await person({ level: 1 })];
      const campaign = await campaignOf(await operator(db, institution, { login: "low" }));

      const page = await readAudience(await operator(db, institution, { login: "low" }), campaign);
      const asSam = await readAudience(await sam(), campaign, { first: 1 });
      const behind = Buffer.from(JSON.stringify([String(Number(hidden.id) - 1)])).toString("base64url");
      const after = await readAudience(await sam(), campaign, { after: behind });

      expect(page!.nodes.map(({ contact }) => contact.id)).to.deep.equal([seen.opaqueId]);
      expect(page!.counts).to.deep.equal([{ outcome: "SEND", count: 1 }]);
      // his owner does not see him either: a caller who sees more is told no more
      expect(asSam).to.deep.include({ counts: [{ outcome: "SEND", count: 1 }] });
      expect([asSam!.pageInfo.hasNextPage, after!.nodes]).to.deep.equal([false, []]);
    });

    it("when the clearance of its owner is lowered (Q-41)", async () => {
      await person({ level: 1 });
      const campaign = await campaignOf(context);
      const before = await readAudience(await sam(), campaign);

      await setClearance(db, institution, { login: "op-1", clearance: 0 });
      const after = await readAudience(await sam(), campaign);

      expect([before!.counts, after!.counts, after!.nodes]).to.deep.equal([[{ outcome: "SEND", count: 1 }], [], []]);
    });

    it("nor of a campaign of somebody who sees more, nor of one that there is not", async () => {
      await person();
      const campaign = await campaignOf(context);
      const low = await operator(db, institution, { login: "low" });

      expect(await readAudience(low, campaign)).to.equal(null);
      expect(await readAudience(low, "nothing")).to.equal(null);
    });

    it("when a field is withheld from him that the gates decide by, or that the targets ask for", async () => {
      await person();
      const campaign = await campaignOf(context);
      for (const field of ["Contact.authorizations", "Contact.bounceStatus", "Contact.email", "Contact.language"]) {
        await db.owner.query(
          `INSERT INTO privacy.field_level (institution_id, type_name, field_name, level) VALUES ($1, $2, $3, 2)`,
          [institution.id, ...field.split(".")],
        );
        const raised = await operator(db, institution, { clearance: 1, raisedLevels: new Map([[field, 2]]) });

        expect(await readAudience(raised, campaign), field).to.equal(null);
        await db.owner.query("DELETE FROM privacy.field_level WHERE institution_id = $1", [institution.id]);
      }
    });

    it("of a name that is withheld", async () => {
      await person();
      const campaign = await campaignOf(context);
      const raised = await operator(db, institution, {
        clearance: 1,
        raisedLevels: new Map([["Contact.lastName", 2]]),
      });

      const [entry] = (await readAudience(raised, campaign))!.nodes;

      expect([entry!.lastName, entry!.redactions]).to.deep.equal([null, [{ field: "lastName" }]]);
    });

    it("without the permission, also a partner", async () => {
      const campaign = await campaignOf(context);
      const other = await operator(db, institution, { login: "x", permissions: ["contact:read", "target:read"] });
      const partner = await operator(db, institution, { login: "pa", kind: "PARTNER", clearance: 2 });
      const { errors } = await ask(other, `{ audience(campaignId: "${campaign}", first: 1) { nodes { outcome } } }`);

      expect(errors?.map(({ extensions }) => extensions?.code)).to.deep.equal(["FORBIDDEN"]);
      expect(await readAudience(partner, campaign)).to.equal(null);
    });
  });

  it("is not there when its owner has left, or may not ask its targets any more", async () => {
    await person();
    const own = {
      name: "Made",
      kind: "DYNAMIC",
      filter: { condition: { field: "contact.isBlocked", operator: "IS_ANY_OF", values: ["FALSE"] } },
    };
    const { target } = await mutateTarget(context, "createTarget", own);
    const campaign = await campaignOf(context, { targetIds: [target!.id] });
    const reader = await sam();
    const before = await readAudience(reader, campaign);

    await db.owner.query(
      `INSERT INTO privacy.field_level (institution_id, type_name, field_name, level) VALUES ($1, 'Contact', 'isBlocked', 2)`,
      [institution.id],
    );
    await db.owner.query("UPDATE platform.institution SET settings_version = settings_version + 1 WHERE id = $1", [
      institution.id,
    ]);
    const withheld = await readAudience(await sam(), campaign);
    await db.owner.query("UPDATE privacy.operator SET is_active = false WHERE login = 'op-1' AND institution_id = $1", [
      institution.id,
    ]);

    expect(before!.nodes).to.have.length(1);
    expect([withheld, await readAudience(await sam(), campaign)]).to.deep.equal([null, null]);
  });
});
