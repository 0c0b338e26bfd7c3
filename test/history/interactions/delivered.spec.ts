import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { ingest, named } from "../../support/ingest.js";
import type { TestContact } from "../../support/rows.js";
import { operatorOf, readContact } from "../shipments/support.js";

describe("interactions of shipments that a ticketing system delivers (F25)", () => {
  const db = useDatabase();

  const shipment = (contact: TestContact, version: number, state: string, responseCode?: string) => ({
    shipment: {
      ...{ organization: "OPERA", externalId: `Q-${contact.id}`, version, contact: named(contact), state },
      ...{ kind: "QUOTATION", channel: "LETTER", createdAt: "2026-03-01T08:00:00Z", sentAt: "2026-03-01T09:00:00Z" },
      ...(responseCode && { responseCode }),
    },
  });

  async function shown(contact: TestContact) {
    const { interactions, shipments } = await readContact(
      operatorOf(db),
      contact,
      `interactions(first: 9) { nodes { origin medium status occurredAt shipment { state } } }
       shipments(first: 9) { nodes { state responseCode } }`,
    );
    return { interactions: interactions.nodes, shipments: shipments.nodes };
  }

  it("are one each, however often and in whatever order its versions come", async () => {
    const [once, often] = [await db.insertContact(), await db.insertContact()];
    const versions = (contact: TestContact) => [
      shipment(contact, 1, "QUEUED"),
      shipment(contact, 2, "SENT"),
      shipment(contact, 3, "BOUNCED", "HARD_BOUNCED"),
    ];
    for (const record of versions(once)) await ingest(db, [record]);
    for (const record of [...versions(often).reverse(), ...versions(often)]) await ingest(db, [record]);

    const interaction = { origin: "AUTOMATIC", medium: "LETTER", status: "OPEN", shipment: { state: "BOUNCED" } };
    expect(await shown(once)).to.deep.equal({
      interactions: [{ ...interaction, occurredAt: "2026-03-01T09:00:00.000Z" }],
      shipments: [{ state: "BOUNCED", responseCode: "HARD_BOUNCED" }],
    });
    expect(await shown(often)).to.deep.equal(await shown(once));
  });

  it("are none of what waits or failed", async () => {
    const contact = await db.insertContact();

    await ingest(db, [shipment(contact, 1, "SENT")]);
    await ingest(db, [shipment(contact, 2, "FAILED")]);

    expect(await shown(contact)).to.deep.equal({
      interactions: [],
      shipments: [{ state: "FAILED", responseCode: null }],
    });
  });
});
