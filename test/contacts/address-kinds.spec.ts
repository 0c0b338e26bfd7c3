import { expect } from "chai";
import fc from "fast-check";
import { useDatabase } from "../support/database.js";
import { removeAddress, setAddress } from "./operations.js";
import { changer } from "./support.js";

const kinds = ["MAIN", "DELIVERY", "INVOICE"] as const;
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  town: fc.option(fc.constantFrom("Bern", "Genève", "Sion"), { nil: null }),
});

describe("addresses (F20)", () => {
  const db = useDatabase();
  const { change } = changer(db);

  it("are at most one of each kind, the one set last, after any changes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const { opaqueId: contactId } = await db.insertContact();
        const expected = new Map<string, string>();
        for (const { kind, town } of steps) {
          if (town === null) {
            const { userErrors } = await change(removeAddress, { contactId, kind });
            expect(userErrors.map(({ code }: { code: string }) => code)).to.deep.equal(
              expected.delete(kind) ? [] : ["ADDRESS_NOT_FOUND"],
            );
          } else {
            await change(setAddress, { contactId, kind, town });
            expected.set(kind, town);
          }
        }

        const { contact } = await change(setAddress, { contactId, kind: "MAIN", town: "Ende" });
        const wanted = new Map([...expected, ["MAIN", "Ende"]]);
        const found = contact.addresses.map(({ kind, town }: { kind: string; town: string }) => [kind, town]);
        expect(found).to.deep.equal(kinds.filter((kind) => wanted.has(kind)).map((kind) => [kind, wanted.get(kind)]));
      }),
      { numRuns: 15 },
    );
  });
});
