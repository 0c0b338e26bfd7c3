import { expect } from "chai";
import fc from "fast-check";
import type { Outcome } from "../../../src/marketing/audience/index.js";
import type { GatedCampaign } from "../../../src/marketing/gates/gates.js";
import { useDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";
import { audienceOfEverybody, everybodysOutcomes, recipientsOf } from "./audiences.js";

interface Person {
  /** Of a few; null: he has none. */
  readonly address: number | null;
  readonly legal: boolean | null;
  readonly mean: boolean | null;
  readonly isHidden: boolean;
  readonly isValid: boolean;
  readonly isMember: boolean;
}

/** A structure has the person of this place as its relay; null: none. */
interface Structure {
  readonly relay: number | null;
  readonly isMember: boolean;
}

interface World {
  readonly people: readonly Person[];
  readonly structures: readonly Structure[];
  /** Contact numbers, in the order of the ids: people first. */
  readonly numbers: readonly string[];
}

const numbers = ["7", "0008", "10", "0011", "1200", "00001201", "98", "0099"];
const consent = fc.constantFrom(true, true, true, false, null);
const person = fc.record<Person>({
  address: fc.constantFrom(0, 0, 1, 2, null),
  legal: consent,
  mean: consent,
  isHidden: fc.constantFrom(false, false, false, true),
  isValid: fc.constantFrom(true, true, true, false),
  isMember: fc.constantFrom(true, true, false),
});
const world: fc.Arbitrary<World> = fc.record({
  people: fc.array(person, { minLength: 1, maxLength: 5 }),
  structures: fc.array(fc.record({ relay: fc.constantFrom(null, 0, 1, 2), isMember: fc.boolean() }), { maxLength: 3 }),
  numbers: fc.shuffledSubarray(numbers, { minLength: numbers.length }),
});

/** What 5.2 says of a newsletter by e-mail, read from the top; null for whom nobody is told of. */
function expectedOutcomes({ people, structures, numbers }: World, refusalByAddress: boolean): (Outcome | null)[] {
  const seen = people.filter(({ isHidden }) => !isHidden);
  const refuses = ({ legal, mean }: Person) => legal === false || mean === false;
  const reasonOf = (recipient: Person | null): Outcome | null => {
    if (recipient === null || recipient.address === null) return "NO_ADDRESS";
    const shares = refusalByAddress ? seen.filter(({ address }) => address === recipient.address) : [recipient];
    if (shares.some(refuses)) return "CONSENT_REFUSED";
    return recipient.legal === null ? "CONSENT_MISSING" : null;
  };
  const relays = structures.map(({ relay }) => (relay === null ? null : (people[relay] ?? null)));
  const asked = [
    ...people.map((each) => ({ recipient: each, isAsked: each.isMember && !each.isHidden, isValid: each.isValid })),
    ...structures.map(({ isMember }, index) => {
      const relay = relays[index] ?? null;
      return { recipient: relay?.isValid && !relay.isHidden ? relay : null, isAsked: isMember, isValid: true };
    }),
  ].map((each, index) => ({ ...each, number: BigInt(numbers[index]!) }));
  const reasons = asked.map(({ recipient, isValid }) => (isValid ? reasonOf(recipient) : "INVALID_CONTACT"));
  return asked.map(({ recipient, isAsked, number }, index) => {
    if (!isAsked) return null;
    if (reasons[index]) return reasons[index];
    const isLater = asked.some(
      (other, place) =>
        other.isAsked && !reasons[place] && other.recipient?.address === recipient?.address && other.number < number,
    );
    return isLater ? "DUPLICATE_EMAIL" : "SEND";
  });
}

describe("an audience whose members share e-mail addresses (5.2 G7, 5.6, Q-14)", () => {
  const db = useDatabase();
  const newsletter: GatedCampaign = { channel: "EMAIL", isPurchaseInformation: false, isForBusinessContacts: false };

  async function insert(institution: TestInstitution, { people, structures, numbers }: World): Promise<string[]> {
    const ids: string[] = [];
    for (const { address, isHidden, isValid, legal, mean } of people) {
      const { id } = await db.insertContact({
        ...{ institution, level: isHidden ? 1 : 0 },
        ...(address !== null && { email: `${ids.length % 2 ? "Shared" : "shared"}${address}@example.org` }),
        ...(!isValid && { validityEndDate: "2026-03-09" }),
      });
      await db.owner.query(
        "UPDATE marketing.contact_marketing SET institution_email = $2, email = $3 WHERE contact_id = $1",
        [id, legal, mean],
      );
      ids.push(id);
    }
    for (const { relay } of structures) {
      const { id } = await db.insertContact({ institution, structureName: "Lycée", email: "shared0@example.org" });
      if (relay !== null && people[relay])
        await db.owner.query(
          `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
           VALUES ($1, 'RELAY_OF', $2, $3)`,
          [institution.id, ids[relay], id],
        );
      ids.push(id);
    }
    for (const [index, id] of ids.entries())
      await db.owner.query("UPDATE contacts.contact SET contact_number = $2 WHERE id = $1", [id, numbers[index]]);
    return ids;
  }

  for (const refusalByAddress of [false, true])
    it(`has one mail for each, whoever they are, ${refusalByAddress ? "and none where anybody refuses" : "refused or not"}`, async () => {
      await fc.assert(
        fc.asyncProperty(world, async (given) => {
          const institution = await db.institution();
          const ids = await insert(institution, given);
          const { db: sql } = db.contextWith({ institution });
          const members = ids.filter((_, index) => [...given.people, ...given.structures][index]!.isMember);
          const listed = `m.contact_id IN (${[0, ...members].join(", ")})`;
          const audience = audienceOfEverybody(db, { ...newsletter, refusalByAddress }, institution, [listed, listed]);
          const expected = new Map(
            expectedOutcomes(given, refusalByAddress).flatMap((one, index) => (one ? [[ids[index]!, one]] : [])),
          );

          const single = await audience.of(sql, ids);
          const counts = await audience.count(sql);
          const sent = [];
          for (let after = "0"; ; ) {
            const rows = await audience.page(sql, { outcomes: ["SEND"], after, limit: 2 });
            sent.push(...rows.map(({ contactId }) => contactId));
            if (rows.length < 2) break;
            after = rows.at(-1)!.contactId;
          }

          expect(new Map(single.map(({ contactId, outcome }) => [contactId, outcome]))).to.deep.equal(expected);
          expect(await everybodysOutcomes(sql, audience)).to.deep.equal(expected);
          expect(sent).to.deep.equal([...expected.keys()].filter((id) => expected.get(id) === "SEND"));
          expect([counts.get("SEND") ?? 0, await audience.countRecipients(sql)]).to.deep.equal([
            sent.length,
            sent.length,
          ]);
          expect(await recipientsOf(sql, audience)).to.deep.equal(sent);
          expect([...counts.values()].reduce((sum, count) => sum + count, 0)).to.equal(expected.size);
        }),
        { numRuns: 40 },
      );
    });
});
