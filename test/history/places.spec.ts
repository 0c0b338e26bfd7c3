import { expect } from "chai";
import fc from "fast-check";
import { contactFields } from "../../src/contacts/contact.fields.js";
import { historyFields } from "../../src/history/history.fields.js";
import { historyModule } from "../../src/history/index.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { mergeCatalogues } from "../../src/platform/access/fields.js";
import type { OperationContext } from "../../src/platform/context.js";
import { ask, run } from "../support/ask.js";
import { type ContextWish, useDatabase } from "../support/database.js";
import { insertOrder, insertPayment, insertProduct } from "../support/history.js";
import type { ContactWish, TestContact, TestInstitution } from "../support/rows.js";

type Place = readonly [country: string | null, postcode: string | null, town: string | null];
interface Report {
  readonly period: unknown;
  readonly totalCount: number;
  readonly contactCount: number;
  readonly nodes: {
    country: string | null;
    postcode: string | null;
    town: string | null;
    contactCount: number;
    anonymizedCount: number;
  }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const geneva: Place = ["CH", "1204", "Genève"];
const lyon: Place = ["FR", "69003", "Lyon"];

describe("contactsByPlace (F48)", () => {
  const db = useDatabase();
  const catalogue = mergeCatalogues([contactFields, historyFields]);
  const reader = (institution: TestInstitution, wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", { institution, services: db.services({ catalogue }), ...wish });

  async function report(context: OperationContext, args = "first: 100"): Promise<Report> {
    const { schema } = await historyModule.buildSubgraph();
    const query = `{ contactsByPlace(${args}) { period { from to } totalCount contactCount
      nodes { country postcode town contactCount anonymizedCount } pageInfo { hasNextPage endCursor } } }`;
    const { contactsByPlace } = (await ask(schema, context, query)) as { contactsByPlace: Report };
    return contactsByPlace;
  }
  const linesOf = ({ nodes }: Report) =>
    nodes.map(({ country, postcode, town, contactCount }) => [country, postcode, town, contactCount]);

  /** A contact with a main address there, and an invoice address somewhere else. */
  async function contactFrom(institution: TestInstitution, place: Place | null, wish: ContactWish = {}) {
    const contact = await db.insertContact({ institution, ...wish });
    const addresses = [...(place ? [["MAIN", ...place]] : []), ["INVOICE", "DE", "10115", "Berlin"]];
    for (const [kind, country, postcode, town] of addresses)
      await db.owner.query(
        `INSERT INTO contacts.contact_address (institution_id, contact_id, kind, country, postcode, town)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [institution.id, contact.id, kind, country, postcode, town],
      );
    return contact;
  }

  it("counts contacts by their main address, anonymized ones too, most first; without a period all of them", async () => {
    const institution = await db.institution();
    await contactFrom(institution, lyon);
    await contactFrom(institution, geneva);
    await contactFrom(institution, geneva, { structureName: "École" });
    await contactFrom(institution, geneva, { anonymizedAt: new Date("2026-01-01T00:00:00Z") });
    await contactFrom(institution, ["CH", null, "Genève"]);
    await contactFrom(institution, null);

    const answer = await report(reader(institution));

    expect(linesOf(answer)).to.deep.equal([
      [...geneva, 3],
      [null, null, null, 1],
      ["CH", null, "Genève", 1],
      [...lyon, 1],
    ]);
    expect(answer.nodes.map(({ anonymizedCount }) => anonymizedCount)).to.deep.equal([1, 0, 0, 0]);
    expect(answer).to.include({ totalCount: 4, contactCount: 6, period: null });
  });

  it("counts the same before and after an anonymization that keeps country, post code and town", async () => {
    const institution = await db.institution();
    const contact = await contactFrom(institution, geneva);
    await insertOrder(db, contact, { institution });
    const both = async () => [
      linesOf(await report(reader(institution))),
      linesOf(await report(reader(institution), 'first: 9, period: { from: "2026-01-01" }')),
    ];
    const before = await both();

    await db.owner.query("UPDATE contacts.contact SET anonymized_at = $2 WHERE id = $1", [contact.id, new Date()]);

    expect(await both()).to.deep.equal(before);
    expect(before).to.deep.equal([[[...geneva, 1]], [[...geneva, 1]]]);
  });

  it("counts with a period who ordered in it or attends something dated in it, each once", async () => {
    const institution = await db.institution();
    const people: Record<string, TestContact> = {};
    for (const name of ["buyer", "spectator", "later", "returned", "undated", "payer", "prospect"])
      people[name] = await contactFrom(institution, ["CH", null, name]);
    const show = (validityEnd?: string) => insertProduct(db, { institution, validityEnd });
    const [inPeriod, after, mug] = [await show("2026-02-28"), await show("2026-03-01"), await show()];
    await insertOrder(db, people.buyer!, {
      ...{ institution, orderedAt: "2026-01-31T23:30:00Z" },
      lines: [
        { product: inPeriod, tickets: [{ culturalContact: people.buyer }, { culturalContact: people.spectator }] },
        { product: inPeriod, tickets: [{ culturalContact: people.returned, state: "RETURNED" }] },
        { product: after, tickets: [{ culturalContact: people.later }] },
        { product: mug, tickets: [{ culturalContact: people.undated }] },
      ],
    });
    await insertPayment(db, people.payer!, { institution, paidAt: "2026-02-10T10:00:00Z" });

    const period = 'period: { from: "2026-02-01", to: "2026-02-28" }';
    const answer = await report(reader(institution), `first: 9, ${period}`);

    expect(linesOf(answer)).to.deep.equal([
      ["CH", null, "buyer", 1],
      ["CH", null, "spectator", 1],
    ]);
    expect(answer).to.deep.include({
      totalCount: 2,
      contactCount: 2,
      period: { from: "2026-02-01", to: "2026-02-28" },
    });
    const later = await report(reader(institution), 'first: 9, period: { from: "2026-03-01" }');
    expect(linesOf(later)).to.deep.equal([["CH", null, "later", 1]]);
  });

  it("counts only contacts whom the caller sees, of his institution (F05)", async () => {
    const [institution, other] = [await db.institution(), await db.institution()];
    await contactFrom(institution, geneva);
    await contactFrom(institution, geneva, { level: 1 });
    await contactFrom(institution, lyon, { level: 2 });
    await contactFrom(other, geneva);

    expect(linesOf(await report(reader(institution)))).to.deep.equal([[...geneva, 1]]);
    expect(await report(reader(institution, { clearance: 1 }))).to.include({ totalCount: 1, contactCount: 2 });
    expect(await report(reader(institution, { clearance: 2 }))).to.include({ totalCount: 2, contactCount: 3 });
  });

  it("turns its pages without losing or repeating a place, however many have as many contacts", async () => {
    const text = fc.constantFrom("A", "B", "", null);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom("CH", "FR", null), text, text), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (places, first) => {
          const institution = await db.institution();
          for (const place of places) await contactFrom(institution, place);
          const nodes: Report["nodes"] = [];
          for (let after = ""; ; ) {
            const page = await report(reader(institution), `first: ${first}${after && `, after: "${after}"`}`);
            nodes.push(...page.nodes);
            expect(page.contactCount).to.equal(places.length);
            if (!page.pageInfo.hasNextPage) {
              expect(page.totalCount).to.equal(nodes.length);
              break;
            }
            after = page.pageInfo.endCursor!;
          }
          const key = (place: readonly (string | null)[]) => place.map((each) => each ?? "").join("|");
          const expected = new Map<string, number>();
          for (const place of places) expected.set(key(place), (expected.get(key(place)) ?? 0) + 1);

          expect(nodes).to.have.length(expected.size);
          for (const { country, postcode, town, contactCount } of nodes)
            expect(contactCount).to.equal(expected.get(key([country, postcode, town])));
          const counts = nodes.map(({ contactCount }) => contactCount);
          expect(counts).to.deep.equal(counts.toSorted((a, b) => b - a));
        },
      ),
      { numRuns: 8 },
    );
  });

  it("is refused where addresses are withheld and, with a period, where the histories are", async () => {
    const institution = await db.institution();
    const { schema } = await historyModule.buildSubgraph();
    const refusal = async (field: string, args: string) => {
      const context = reader(institution, { raisedLevels: new Map([[field, 1 as Clearance]]) });
      const { errors } = await run(schema, context, `{ contactsByPlace(${args}) { totalCount } }`);
      return errors?.[0]?.message ?? null;
    };

    expect(await refusal("Contact.addresses", "first: 1")).to.contain("Contact.addresses");
    expect(await refusal("Order.orderedAt", "first: 1")).to.equal(null);
    expect(await refusal("Order.orderedAt", "first: 1, period: {}")).to.contain("Contact.purchaseHistory");
    expect(await refusal("Ticket.state", "first: 1, period: {}")).to.contain("Contact.culturalHistory");
    expect(await refusal("Contact.phone", 'first: 1, after: "WzFd"')).to.contain("`after`");
    expect(await refusal("Contact.phone", "first: 101")).to.contain("`first`");
  });
});
