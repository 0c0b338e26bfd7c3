import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { Sender } from "../campaigns/sender.js";
import { ask } from "../graph.js";
import { readAudience, type ShownPage } from "./audience-pages.js";

describe("audience of a campaign that was run", () => {
  const db = useDatabase();
  let sender: Sender;

  beforeEach(async () => {
    sender = await Sender.of(db);
  });

  const reader = (wish: ContextWish = {}) => sender.as({ login: "sam", clearance: 1, ...wish }, "audience:export");
  const read = async (id: string, wish: { outcome?: string; first?: number; after?: string | null } = {}) =>
    (await readAudience(reader(), id, wish))!;
  const outcomesIn = ({ nodes }: ShownPage) =>
    Object.fromEntries(nodes.map(({ contact, outcome }) => [contact.id, outcome]));
  const set = ({ id }: TestContact, assignments: string) =>
    db.owner.query(`UPDATE marketing.contact_marketing SET ${assignments} WHERE contact_id = $1`, [id]);
  const raise = ({ id }: TestContact) =>
    db.owner.query(
      `WITH raised AS (UPDATE contacts.contact SET confidentiality_level = 2 WHERE id = $1)
       UPDATE marketing.contact_marketing SET confidentiality_level = 2 WHERE contact_id = $1`,
      [id],
    );

  it("is what its run recorded, with the shipments, and asks its targets no more", async () => {
    const [sent, refused] = [await sender.person(), await sender.person("FALSE")];
    const id = await sender.campaign();
    const before = await read(id);
    await sender.send(id);
    await sender.person();
    await db.owner.query("UPDATE contacts.contact SET language = 'de' WHERE id = $1", [sent.id]);
    await sender.says(refused, "TRUE");

    const page = await read(id);

    const rows = await sender.manifest();
    expect([before.runId, before.evaluatedAt]).to.deep.equal([null, null]);
    expect([page.runId, page.evaluatedAt]).to.deep.equal([
      encodeId("CampaignRun", await sender.latestRun()),
      db.clock.now().toISOString(),
    ]);
    expect(
      page.nodes.map(({ contact, outcome, shipmentId, address }) => [contact.id, outcome, shipmentId, !!address]),
    ).to.deep.equal([
      [sent.opaqueId, "SEND", encodeId("Shipment", rows[0]!.shipment_id!), true],
      [refused.opaqueId, "CONSENT_REFUSED", null, false],
    ]);
    expect(page.nodes.map(({ authorizationEventId }) => authorizationEventId)).to.deep.equal(
      rows.map(({ authorization_event_id: event }) => encodeId("AuthorizationEvent", event!)),
    );
    expect([page.recipientCount, page.counts]).to.deep.equal([
      1,
      [
        { outcome: "SEND", count: 1 },
        { outcome: "CONSENT_REFUSED", count: 1 },
      ],
    ]);
  });

  it("shows who was sent to and may not be any more with the reason of now, his shipment, and no link (F40, 5.7)", async () => {
    const [fine, refused, bounced, invalid] = [
      await sender.person(),
      await sender.person(),
      await sender.person(),
      await sender.person(),
    ];
    const id = await sender.campaign();
    await sender.send(id);

    await sender.says(refused, "FALSE");
    await set(bounced, "bounce_status = 2");
    await set(invalid, "validity_end_date = '2020-01-01'");
    const page = await read(id);

    expect(outcomesIn(page)).to.deep.equal({
      [fine.opaqueId]: "SEND",
      [refused.opaqueId]: "CONSENT_REFUSED",
      [bounced.opaqueId]: "HARD_BOUNCE",
      [invalid.opaqueId]: "INVALID_CONTACT",
    });
    expect(page.recipientCount).to.equal(1);
    for (const { outcome, shipmentId, unsubscribeLink, address } of page.nodes) {
      expect(shipmentId, outcome).not.to.equal(null);
      expect([unsubscribeLink === null, address === null]).to.deep.equal([outcome !== "SEND", outcome !== "SEND"]);
    }
    const { rows } = await db.owner.query(
      "SELECT max(id) AS id FROM marketing.authorization_event WHERE contact_id = $1 AND NOT new_value",
      [refused.id],
    );
    expect(page.nodes.find(({ contact }) => contact.id === refused.opaqueId)!.authorizationEventId).to.equal(
      encodeId("AuthorizationEvent", rows[0].id),
    );
  });

  it("comes in pages in the order in which they were dealt with, for one outcome, and refuses a cursor of before", async () => {
    const people = [];
    for (const value of ["TRUE", "FALSE", "TRUE", "TRUE"] as const) people.push(await sender.person(value));
    const id = await sender.campaign();
    const early = await read(id, { first: 1 });
    await sender.send(id, 2);

    const first = await read(id, { outcome: "SEND", first: 2 });
    const second = await read(id, { outcome: "SEND", first: 2, after: first.pageInfo.endCursor });

    expect([...first.nodes, ...second.nodes].map(({ contact }) => contact.id)).to.deep.equal(
      [people[0], people[2], people[3]].map((each) => each!.opaqueId),
    );
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).to.deep.equal([true, false]);
    expect(outcomesIn(await read(id, { outcome: "EXCLUDED" }))).to.deep.equal({
      [people[1]!.opaqueId]: "CONSENT_REFUSED",
    });
    const { errors } = await ask(
      reader(),
      `{ audience(campaignId: "${id}", first: 1, after: "${early.pageInfo.endCursor}") { nodes { outcome } } }`,
    );
    expect(errors?.map(({ extensions }) => extensions?.code)).to.deep.equal(["BAD_USER_INPUT"]);
  });

  it("has everybody once after several runs, with what the last one said that dealt with him", async () => {
    const [first, second, third] = [await sender.person(), await sender.person("FALSE"), await sender.person()];
    const id = await sender.campaign();
    let chunks = 0;
    sender.beforeShipments = async () => {
      if (++chunks === 2) throw new Error("the worker dies");
    };
    const run = await sender.ask(id);
    await sender.work(run, 2).catch(() => undefined);
    const underWay = await read(id);
    sender.today = { hasLeft: true };
    await sender.work(run, 2);
    sender.today = {};
    await sender.says(second, "TRUE");
    sender.beforeShipments = undefined;
    await sender.send(id, 2);

    const page = await read(id);

    expect(outcomesIn(underWay)).to.deep.equal({ [first.opaqueId]: "SEND", [second.opaqueId]: "CONSENT_REFUSED" });
    expect(outcomesIn(page)).to.deep.equal({
      [first.opaqueId]: "SEND",
      [second.opaqueId]: "SEND",
      [third.opaqueId]: "SEND",
    });
    expect([page.nodes.length, page.recipientCount, page.counts]).to.deep.equal([
      3,
      3,
      [{ outcome: "SEND", count: 3 }],
    ]);
    expect(new Set(page.nodes.map(({ shipmentId }) => shipmentId)).size).to.equal(3);
  });

  it("asks for a run that was refused before it began as if there had been none", async () => {
    const contact = await sender.person();
    const id = await sender.campaign();
    const run = await sender.ask(id);
    sender.today = { hasLeft: true };
    await sender.work(run);
    sender.today = {};

    const page = await read(id);

    expect([page.runId, outcomesIn(page)]).to.deep.equal([null, { [contact.opaqueId]: "SEND" }]);
  });

  it("tells nobody of contacts and relays above him, nor of a relay whom the structure has lost (F05)", async () => {
    const [seen, hidden] = [await sender.person(), await sender.person()];
    const relays = [await sender.person("TRUE", { language: "de" }), await sender.person("TRUE", { language: "de" })];
    const structures = [];
    for (const relay of relays) {
      const structure = await db.insertContact({
        institution: sender.institution,
        structureName: "Lycée",
        language: "fr",
      });
      await db.owner.query(
        `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
         VALUES ($1, 'RELAY_OF', $2, $3)`,
        [sender.institution.id, relay.id, structure.id],
      );
      structures.push(structure);
    }
    const id = await sender.campaign();
    await sender.send(id);
    const before = await read(id);

    await raise(hidden);
    await raise(relays[0]!);
    await db.owner.query("DELETE FROM contacts.contact_connection WHERE from_contact_id = $1", [relays[1]!.id]);
    const page = await read(id);

    expect(before.counts).to.deep.equal([{ outcome: "SEND", count: 4 }]);
    expect(outcomesIn(page)).to.deep.equal({
      [seen.opaqueId]: "SEND",
      [structures[0]!.opaqueId]: "NO_ADDRESS",
      [structures[1]!.opaqueId]: "NO_ADDRESS",
    });
    expect(page.nodes.map(({ recipient }) => recipient?.id)).to.deep.equal([seen.opaqueId, undefined, undefined]);
    expect(page.counts).to.deep.equal([
      { outcome: "SEND", count: 1 },
      { outcome: "NO_ADDRESS", count: 2 },
    ]);
  });

  it("stays when its owner has left, for who may ask its targets, and is there for nobody from whom a field is withheld", async () => {
    await sender.person();
    const id = await sender.campaign();
    await sender.send(id);
    const withoutTargets = () =>
      sender.as({ login: "sam", raisedLevels: new Map([["Contact.language", 2]]) }, "audience:export");
    const raised = new Map<string, Clearance>([["Contact.authorizations", 2]]);

    expect(await readAudience(reader({ raisedLevels: raised }), id)).to.equal(null);
    expect((await readAudience(withoutTargets(), id))?.nodes).to.have.length(1);
    sender.today = { hasLeft: true };
    expect((await read(id)).nodes).to.have.length(1);
    expect(await readAudience(withoutTargets(), id)).to.equal(null);
  });
});
