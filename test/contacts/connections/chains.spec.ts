import { expect } from "chai";
import fc from "fast-check";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { add, connector, remove } from "./operations.js";

type Edge = readonly [from: number, to: number];

describe("chains of parents (F24)", () => {
  const db = useDatabase();
  const { writer, change, connect, codesOf, structure } = connector(db);

  const put = async (from: TestContact, to: TestContact, wish = {}) =>
    (await codesOf(add, { type: "SUBSIDIARY_OF", fromId: from.opaqueId, toId: to.opaqueId }, writer(wish))).codes.map(
      (code) => code.split(" ")[0]!,
    );

  const persons = (count: number) => Promise.all(Array.from({ length: count }, () => db.insertContact()));

  /** Contacts that stand above themselves, whoever looks. */
  async function cycles(): Promise<number> {
    const { rows } = await db.owner.query<{ count: number }>(
      `WITH RECURSIVE above AS (
         SELECT from_contact_id AS start, to_contact_id AS id FROM contacts.contact_connection
         WHERE connection_type = 'SUBSIDIARY_OF'
         UNION SELECT above.start, l.to_contact_id FROM above
         JOIN contacts.contact_connection l ON l.from_contact_id = above.id AND l.connection_type = 'SUBSIDIARY_OF')
       SELECT count(*)::int AS count FROM above WHERE start = id`,
    );
    return rows[0]!.count;
  }

  it("do not go round: a parent of B, B parent of A is refused", async () => {
    const [a, b, c] = (await persons(3)) as [TestContact, TestContact, TestContact];
    await connect("SUBSIDIARY_OF", a, b);
    await connect("SUBSIDIARY_OF", b, c);

    expect(await put(c, a)).to.deep.equal(["CONNECTION_CYCLE"]);
    expect(await put(c, b)).to.deep.equal(["CONNECTION_CYCLE"]);
  });

  it("answer as a model does, whatever is connected and ended in whatever order", async () => {
    const step = fc.record({ from: fc.nat(5), to: fc.nat(5), ends: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const contacts = await persons(6);
        const parents = new Map<number, { parent: number; id: string }>();
        for (const { from, to, ends } of steps) {
          const held = parents.get(from);
          if (ends && held) {
            await change(remove, { id: held.id });
            parents.delete(from);
            continue;
          }
          const expected = expectedRefusal(parents, [from, to]);
          const input = { type: "SUBSIDIARY_OF", fromId: contacts[from]!.opaqueId, toId: contacts[to]!.opaqueId };
          const { codes, payload } = await codesOf(add, input);
          expect(codes.map((code) => code.split(" ")[0])).to.deep.equal(expected ? [expected] : []);
          if (!expected) parents.set(from, { parent: to, id: payload.connection.id });
        }
        expect(await cycles()).to.equal(0);
      }),
      { numRuns: 12 },
    );
  }).timeout(60_000);

  it("do not go round either when several operators connect at the same time", async () => {
    const edge = fc.tuple(fc.nat(5), fc.nat(5)).filter(([from, to]) => from !== to);
    const rounds = fc.array(fc.array(edge, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(rounds, async (all: Edge[][]) => {
        const contacts = await persons(6);
        for (const edges of all) await Promise.all(edges.map(([from, to]) => put(contacts[from]!, contacts[to]!)));
        expect(await cycles()).to.equal(0);
      }),
      { numRuns: 20 },
    );
  }).timeout(60_000);

  it("do not go round when two changes that share no contact close a circle", async () => {
    for (let round = 0; round < 12; round++) {
      const [a, b, c, d] = (await persons(4)) as [TestContact, TestContact, TestContact, TestContact];
      await connect("SUBSIDIARY_OF", a, b);
      await connect("SUBSIDIARY_OF", c, d);

      const answers = await Promise.all([put(b, c), put(d, a)]);

      expect(answers.flat()).to.deep.equal(["CONNECTION_CYCLE"]);
    }
    expect(await cycles()).to.equal(0);
  });

  describe("that lead over a contact whom the caller does not see (F05)", () => {
    const hiddenAbove = async (isCircle: boolean) => {
      const [bottom, middle] = [await structure("Unten"), await structure("Mitte")];
      const hidden = await structure("Geheim", { level: 1 });
      await connect("SUBSIDIARY_OF", middle, hidden, { clearance: 1 });
      if (isCircle) await connect("SUBSIDIARY_OF", hidden, bottom, { clearance: 1 });
      return { bottom, middle, hidden };
    };

    it("refuse him alike, whether a circle would close up there or not", async () => {
      for (const isCircle of [true, false]) {
        const { bottom, middle } = await hiddenAbove(isCircle);

        expect(await put(bottom, middle)).to.deep.equal(["CONNECTION_CHAIN_HIDDEN"]);
      }
    });

    it("tell him who sees it", async () => {
      const circle = await hiddenAbove(true);
      const open = await hiddenAbove(false);

      expect(await put(circle.bottom, circle.middle, { clearance: 1 })).to.deep.equal(["CONNECTION_CYCLE"]);
      expect(await put(open.bottom, open.middle, { clearance: 1 })).to.deep.equal([]);
    });

    it("do not matter where only those below are hidden", async () => {
      const [top, hidden] = [await structure("Oben"), await structure("Geheim", { level: 1 })];
      await connect("SUBSIDIARY_OF", hidden, top, { clearance: 1 });

      expect(await put(await structure("Neu"), top)).to.deep.equal([]);
    });

    it("never close a circle, whoever connects whom", async () => {
      const step = fc.record({ from: fc.nat(4), to: fc.nat(4), clearance: fc.constantFrom(0 as const, 1 as const) });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
          const contacts = await Promise.all([0, 0, 0, 1, 1].map((level, index) => structure(`S${index}`, { level })));
          for (const { from, to, clearance } of steps)
            if (from !== to) await put(contacts[from]!, contacts[to]!, { clearance });
          expect(await cycles()).to.equal(0);
        }),
        { numRuns: 15 },
      );
    }).timeout(60_000);
  });
});

/** What the rules refuse, for a caller who sees everybody. */
function expectedRefusal(parents: ReadonlyMap<number, { parent: number }>, [from, to]: Edge): string | null {
  if (from === to) return "CONNECTION_TO_ITSELF";
  const held = parents.get(from);
  if (held?.parent === to) return "CONNECTION_EXISTS";
  if (held) return "SUBSIDIARY_HAS_PARENT";
  for (let above: number | undefined = to; above !== undefined; above = parents.get(above)?.parent)
    if (above === from) return "CONNECTION_CYCLE";
  return null;
}
