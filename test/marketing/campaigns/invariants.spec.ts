import { expect } from "chai";
import fc from "fast-check";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { Sender, type Value } from "./sender.js";

const value = fc.constantFrom<Value>("TRUE", "FALSE", "EMPTY");
const person = fc.record({
  legal: value,
  /** What he says of it while others are being sent to; null: nothing. */
  later: fc.option(fc.constantFrom<Value>("TRUE", "FALSE"), { nil: null }),
  isInvalid: fc.boolean(),
  isAnonymized: fc.boolean(),
  address: fc.nat(4),
});
const types = ["PURCHASE_INFORMATION", "INVITATION", "NEWSLETTER", "PROMOTION", "OTHER"];

describe("whatever contacts say, and whenever they say it (5.7)", () => {
  const db = useDatabase();

  it("who refuses receives nothing but purchase information, who is anonymized or invalid nothing, an address one mail", async () => {
    const houses = fc.record({
      people: fc.array(person, { minLength: 1, maxLength: 6 }),
      type: fc.constantFrom(...types),
      businessContactsOnly: fc.boolean(),
      together: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(houses, async ({ people, type, businessContactsOnly, together }) => {
        const sender = await Sender.of(db);
        const contacts: TestContact[] = [];
        for (const { legal, isInvalid, isAnonymized, address } of people) {
          contacts.push(
            await sender.person(isAnonymized || isInvalid ? "EMPTY" : legal, {
              email: `a${address}@example.org`,
              ...(isInvalid && { validityEndDate: "2020-01-01" }),
              ...(isAnonymized && { anonymizedAt: new Date("2026-01-01") }),
            }),
          );
        }
        // one of those who are still to come changes his mind while each chunk is sent
        const minds = people.flatMap(({ later, isInvalid, isAnonymized }, index) =>
          later && !isInvalid && !isAnonymized ? [{ index, later }] : [],
        );
        sender.beforeShipments = async () => {
          const dealtWith = (await sender.manifest(await sender.latestRun())).length + together;
          const next = minds.findIndex(({ index }) => index >= dealtWith);
          if (next >= 0) await sender.says(contacts[minds[next]!.index]!, minds.splice(next, 1)[0]!.later);
        };

        await sender.send(await sender.campaign({ type, businessContactsOnly }), together);

        const rows = await sender.manifest();
        expect(rows.map(({ contact_id }) => contact_id)).to.have.members(contacts.map(({ id }) => id));
        const { rows: stands } = await db.owner.query(
          "SELECT contact_id, institution_email AS legal, email AS mean FROM marketing.contact_marketing WHERE institution_id = $1",
          [sender.institution.id],
        );
        const sent = new Map<number, number>();
        for (const [index, { isInvalid, isAnonymized, address }] of people.entries()) {
          const { id } = contacts[index]!;
          const isSent = rows.find(({ contact_id }) => contact_id === id)!.outcome === "SEND";
          if (isSent) sent.set(address, (sent.get(address) ?? 0) + 1);
          const { legal } = stands.find(({ contact_id }) => contact_id === id);
          if (isInvalid || isAnonymized) expect(isSent).to.equal(false);
          if (type !== "PURCHASE_INFORMATION" && legal === false) expect(isSent).to.equal(false);
          if (type !== "PURCHASE_INFORMATION" && legal === null && !businessContactsOnly)
            expect(isSent).to.equal(false);
        }
        for (const times of sent.values()) expect(times).to.equal(1);
        const shipped = rows.filter(({ outcome }) => outcome === "SEND").map(({ contact_id }) => contact_id);
        expect(await sender.shipped()).to.have.members(shipped);
      }),
      { numRuns: 25 },
    );
  }).timeout(120_000);
});
