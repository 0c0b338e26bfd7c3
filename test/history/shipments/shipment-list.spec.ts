import { expect } from "chai";
import fc from "fast-check";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import type { ShipmentOutcome } from "../../../src/platform/ports.js";
import { codesOf } from "../../support/ask.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { historySchema, operatorOf, readContact, ship } from "./support.js";

const subjects = "shipments(first: 9) { organization totalCount nodes { subject } }";
const on = (day: string) => new Date(`${day}T10:00:00Z`);

describe("the shipment list (F28)", () => {
  const db = useDatabase();
  const operator = (wish: ContextWish = {}) => operatorOf(db, wish);
  const raised = (...fields: string[]) => ({
    raisedLevels: new Map<string, Clearance>(fields.map((field) => [field, 1])),
  });

  async function list(contact: TestContact, args = "first: 9", wish: ContextWish = {}) {
    const { shipments } = await readContact(
      operator(wish),
      contact,
      `shipments(${args}) { organization totalCount period { from to } nodes { subject } }`,
    );
    return { ...shipments, nodes: shipments.nodes.map(({ subject }: { subject: string }) => subject) };
  }

  it("holds what an organization sent, the newest first, also what came back, with state and response code", async () => {
    const contact = await db.insertContact();
    const outcomes: ShipmentOutcome[] = ["DELIVERED", "SOFT_BOUNCED", "HARD_BOUNCED", "REFUSED", "OPENED", "FOLLOWED"];
    for (const [index, outcome] of outcomes.entries())
      await ship(db, contact, { createdAt: on(`2026-03-0${index + 1}`) }, outcome);
    await ship(db, contact, { state: "FAILED", sentAt: null, createdAt: on("2026-03-07") });
    await ship(db, contact, { state: "QUEUED", sentAt: null, createdAt: on("2026-03-08") });

    const { shipments } = await readContact(
      operator(),
      contact,
      "shipments(first: 9) { totalCount nodes { state responseCode sentAt } }",
    );

    const shown = shipments.nodes.map(({ state, responseCode }: Record<string, string>) => [state, responseCode]);
    expect(shown).to.deep.equal([
      ["QUEUED", null],
      ["FAILED", null],
      ["DELIVERED", "FOLLOWED"],
      ["DELIVERED", "OPENED"],
      ["REFUSED", null],
      ["BOUNCED", "HARD_BOUNCED"],
      ["BOUNCED", "SOFT_BOUNCED"],
      ["DELIVERED", null],
    ]);
    expect(shipments.totalCount).to.equal(8);
    expect(shipments.nodes.map(({ sentAt }: { sentAt: string }) => sentAt).slice(0, 3)).to.deep.equal([
      null,
      null,
      "2026-03-06T10:00:00.000Z",
    ]);
  });

  it("says what was sent, how, and where", async () => {
    const contact = await db.insertContact();
    await ship(db, contact, { kind: "INVOICE", channel: "LETTER", recipient: "Rue 1, 1700 Fribourg" });

    const { shipments } = await readContact(
      operator(),
      contact,
      `shipments(first: 1) { nodes { contact { id } organization kind channel subject recipient createdAt
         order { id } redactions { field } } }`,
    );

    expect(shipments.nodes).to.deep.equal([
      {
        ...{ contact: { id: contact.opaqueId }, organization: "OPERA", kind: "INVOICE", channel: "LETTER" },
        ...{ subject: "Spring", recipient: "Rue 1, 1700 Fribourg", createdAt: "2026-03-01T10:00:00.000Z" },
        ...{ order: null, redactions: [] },
      },
    ]);
  });

  it("is kept by each organization: an operator sees his own's, at first his current one's", async () => {
    const contact = await db.insertContact();
    for (const organization of ["OPERA", "MUSEUM", "ZOO"])
      await ship(db, contact, { organization, subject: organization });
    await ship(db, contact, { organization: null, subject: "institution", createdAt: on("2026-02-01") });
    const both = { organizations: ["MUSEUM", "OPERA"] };

    const shown = async (args: string, wish: ContextWish = {}) => {
      const { organization, nodes, totalCount } = await list(contact, args, wish);
      expect(totalCount).to.equal(nodes.length);
      return [organization, ...nodes];
    };

    expect(await shown("first: 9")).to.deep.equal(["OPERA", "OPERA", "institution"]);
    expect(await shown("first: 9", both)).to.deep.equal(["MUSEUM", "MUSEUM", "institution"]);
    expect(await shown('first: 9, organizationId: "OPERA"', both)).to.deep.equal(["OPERA", "OPERA", "institution"]);
    for (const foreign of ["ZOO", "NOTHING", ""])
      expect(await shown(`first: 9, organizationId: "${foreign}"`, both)).to.deep.equal([null, "institution"]);
    expect(await shown("first: 9", { organizations: [] })).to.deep.equal([null, "institution"]);
  });

  it("shows an internet user what every organization has sent to him", async () => {
    const contact = await db.insertContact();
    for (const organization of ["OPERA", "ZOO"]) await ship(db, contact, { organization, subject: organization });
    const himself = { kind: "CONTACT", ownContactId: contact.id, clearance: 2, organizations: [] } as const;

    expect((await list(contact, "first: 9", himself)).nodes).to.have.members(["OPERA", "ZOO"]);
    expect((await list(contact, 'first: 9, organizationId: "ZOO"', himself)).nodes).to.deep.equal(["ZOO"]);
  });

  it("covers the last 12 months and the future, and says so; other periods are asked for (F34)", async () => {
    const contact = await db.insertContact();
    for (const day of ["2025-03-09", "2025-03-10", "2026-12-24"])
      await ship(db, contact, { createdAt: on(day), subject: day });

    const byDefault = await list(contact);
    const asked = await list(contact, 'first: 9, period: { from: "2025-01-01", to: "2025-12-31" }');

    expect([byDefault.period, byDefault.nodes]).to.deep.equal([
      { from: "2025-03-10", to: null },
      ["2026-12-24", "2025-03-10"],
    ]);
    expect([asked.totalCount, asked.nodes]).to.deep.equal([2, ["2025-03-10", "2025-03-09"]]);
  });

  it("is filtered by kind, channel, state and response code", async () => {
    const contact = await db.insertContact();
    await ship(db, contact, { subject: "campaign" }, "OPENED");
    await ship(db, contact, { subject: "invoice", kind: "INVOICE", channel: "LETTER" });
    await ship(db, contact, { subject: "bounced" }, "HARD_BOUNCED");

    const filtered = async (filter: string) => (await list(contact, `first: 9, filter: { ${filter} }`)).nodes.sort();

    expect(await filtered("kinds: [INVOICE, TICKETS]")).to.deep.equal(["invoice"]);
    expect(await filtered("channels: [EMAIL]")).to.deep.equal(["bounced", "campaign"]);
    expect(await filtered("states: [BOUNCED, SENT]")).to.deep.equal(["bounced", "invoice"]);
    expect(await filtered("responseCodes: [OPENED]")).to.deep.equal(["campaign"]);
    expect(await filtered("kinds: []")).to.deep.equal([]);
  });

  it("of a structure is also its relays', and names whom each was sent to (F33)", async () => {
    const structure = await db.insertContact({ structureName: "School" });
    const [relay, hidden] = [await db.insertContact(), await db.insertContact({ level: 1 })];
    for (const { id } of [relay, hidden])
      await db.owner.query(
        `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
         VALUES ($1, 'RELAY_OF', $2, $3)`,
        [db.home.id, id, structure.id],
      );
    for (const contact of [structure, relay, hidden]) await ship(db, contact, {});

    const fields = (args: string) => `shipments(${args}) { totalCount nodes { contact { id } } }`;
    const all = await readContact(operator(), structure, fields("first: 9"));
    const own = await readContact(operator(), structure, fields("first: 9, includeRelays: false"));

    const sentTo = ({ shipments }: { shipments: { nodes: { contact: { id: string } }[] } }) =>
      shipments.nodes.map(({ contact }) => contact.id);
    expect(sentTo(all)).to.have.members([structure.opaqueId, relay.opaqueId]);
    expect(all.shipments.totalCount).to.equal(2);
    expect(sentTo(own)).to.deep.equal([structure.opaqueId]);
  });

  it("has pages that together hold each shipment once, however many were made at one moment", async () => {
    const days = ["2026-03-01", "2026-03-02"].map(on);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...days), { maxLength: 9 }),
        fc.integer({ min: 1, max: 4 }),
        async (made, first) => {
          const contact = await db.insertContact();
          const ids: string[] = [];
          for (const createdAt of made) ids.push(await ship(db, contact, { createdAt }));

          const seen: string[] = [];
          for (let after = "null"; after !== ""; ) {
            const fields = `shipments(first: ${first}, after: ${after}) { nodes { id } pageInfo { hasNextPage endCursor } }`;
            const { nodes, pageInfo } = (await readContact(operator(), contact, fields)).shipments;
            seen.push(...nodes.map(({ id }: { id: string }) => Buffer.from(id, "base64url").toString().split(":")[1]!));
            after = pageInfo.hasNextPage ? JSON.stringify(pageInfo.endCursor) : "";
          }

          const order = ids
            .map((id, index) => ({ id, at: +made[index]! }))
            .sort((a, b) => b.at - a.at || +b.id - +a.id);
          expect(seen).to.deep.equal(order.map(({ id }) => id));
        },
      ),
      { numRuns: 15 },
    );
  });

  it("is none of a contact who is invisible or anonymized (F05)", async () => {
    const [hidden, gone] = [
      await db.insertContact({ level: 2 }),
      await db.insertContact({ anonymizedAt: new Date(0) }),
    ];
    for (const contact of [hidden, gone]) await ship(db, contact);

    expect(await readContact(operator({ clearance: 1 }), hidden, subjects)).to.equal(null);
    expect((await readContact(operator({ clearance: 2 }), hidden, subjects)).shipments.totalCount).to.equal(1);
    expect((await readContact(operator(), gone, subjects)).shipments).to.deep.include({ totalCount: 0, nodes: [] });
  });

  it("shows no recipient to who may not see where a contact is reached, and no list without history:read", async () => {
    const contact = await db.insertContact();
    await ship(db, contact, { recipient: "zoe@example.org" });
    const fields = "shipments(first: 1) { nodes { recipient redactions { field } } }";

    const { shipments } = await readContact(operator(raised("Contact.email")), contact, fields);

    expect(shipments.nodes).to.deep.equal([{ recipient: null, redactions: [{ field: "recipient" }] }]);
    const blind = db.contextWith("contact:read", { services: operator().services, organizations: ["OPERA"] });
    expect(await readContact(blind, contact, fields)).to.deep.equal({ shipments: null });
    expect(await readContact(operator(raised("Shipment.createdAt")), contact, fields)).to.deep.equal({
      shipments: null,
    });
  });

  it("refuses to filter by what is withheld", async () => {
    const contact = await db.insertContact();
    const query = `query ($contacts: [_Any!]!) { _entities(representations: $contacts) { ... on Contact {
      shipments(first: 1, filter: { states: [SENT] }) { totalCount } } } }`;
    const contacts = [{ __typename: "Contact", id: contact.opaqueId }];

    const codes = await codesOf(await historySchema(), operator(raised("Shipment.state")), query, { contacts });

    expect(codes).to.deep.equal(["FIELD_NOT_AVAILABLE"]);
  });
});
