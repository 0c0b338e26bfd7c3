import { expect } from "chai";
import fc from "fast-check";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { auditOf } from "../support.js";
import { changeRole, connector, remove, setEnd, setLevel, setPrimary } from "./operations.js";

const past = "2020-01-01";
const changed = ["PRIMARY_RELAY_CHANGED"];

describe("the primary relay of a structure (F08, F33)", () => {
  const db = useDatabase();
  const { writer, change, connect, codesOf, read, structure } = connector(db);

  const primaryOf = async (house: TestContact, wish = {}): Promise<string | null> =>
    (await read(house, "primaryRelay { id }", wish)).primaryRelay?.id ?? null;
  const warningsOf = ({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code);

  async function house(relays: number) {
    const [contact, people] = [await structure("Haus"), [] as (TestContact & { link: string })[]];
    for (let index = 0; index < relays; index++) {
      const person = await db.insertContact();
      people.push({ ...person, link: await connect("RELAY_OF", person, contact) });
    }
    return { house: contact, relays: people };
  }

  it("is the first relay, without anybody saying so", async () => {
    const { house: contact, relays } = await house(2);

    expect(await primaryOf(contact)).to.equal(relays[0]!.opaqueId);
    expect(await primaryOf(await structure("Leer"))).to.equal(null);
  });

  it("can be chosen among the valid relays, which is audited at the structure", async () => {
    const { house: contact, relays } = await house(2);
    const stranger = await db.insertContact();
    const input = { structureId: contact.opaqueId, relayId: relays[1]!.opaqueId };

    const { contact: after } = await change(setPrimary, input);
    await change(setPrimary, input);

    expect(after).to.deep.equal({ version: 1, primaryRelay: { id: relays[1]!.opaqueId } });
    expect((await auditOf(db, contact.id)).filter(({ field }) => field === "primaryRelay")).to.have.length(1);
    expect((await codesOf(setPrimary, { ...input, relayId: stranger.opaqueId })).codes).to.deep.equal([
      "CONNECTION_NOT_FOUND relayId",
    ]);
    await change(setEnd, { id: relays[0]!.opaqueId, validityEndDate: past });
    expect((await codesOf(setPrimary, { ...input, relayId: relays[0]!.opaqueId })).codes).to.deep.equal([
      "RELAY_INVALID relayId",
    ]);
  });

  it("becomes another valid relay, with a warning, when it is invalidated, and none after the last", async () => {
    const { house: contact, relays } = await house(3);
    await change(setEnd, { id: relays[1]!.opaqueId, validityEndDate: past });

    const first = await change(setEnd, { id: relays[0]!.opaqueId, validityEndDate: past });
    const second = await primaryOf(contact);
    const last = await change(setEnd, { id: relays[2]!.opaqueId, validityEndDate: past });

    expect([warningsOf(first), warningsOf(last)]).to.deep.equal([changed, changed]);
    expect([second, await primaryOf(contact)]).to.deep.equal([relays[2]!.opaqueId, null]);
  });

  it("stays, without a warning, when another relay is invalidated or the end is still to come", async () => {
    const { house: contact, relays } = await house(2);

    const other = await change(setEnd, { id: relays[1]!.opaqueId, validityEndDate: past });
    const future = await change(setEnd, { id: relays[0]!.opaqueId, validityEndDate: "2099-01-01" });

    expect([...warningsOf(other), ...warningsOf(future)]).to.deep.equal([]);
    expect(await primaryOf(contact)).to.equal(relays[0]!.opaqueId);
  });

  it("becomes another one on the day after an end that was set before", async () => {
    const { house: contact, relays } = await house(2);
    await change(setEnd, { id: relays[0]!.opaqueId, validityEndDate: "2026-03-10" });
    const before = await primaryOf(contact);

    db.clock.set("2026-03-11T09:00:00Z");
    const after = await primaryOf(contact);
    db.clock.set("2026-03-10T09:00:00Z");

    expect([before, after]).to.deep.equal([relays[0]!.opaqueId, relays[1]!.opaqueId]);
  });

  it("becomes another valid relay, with a warning, when it is disconnected or gets another role", async () => {
    const { house: contact, relays } = await house(3);

    const gone = await change(remove, { id: relays[0]!.link });
    const second = await primaryOf(contact);
    const guide = await change(changeRole, { contactId: relays[1]!.opaqueId, from: "RELAY", to: "GUIDE" });
    const other = await change(remove, { id: relays[2]!.link });

    expect([gone, guide, other].map(warningsOf)).to.deep.equal([changed, changed, changed]);
    expect([second, await primaryOf(contact)]).to.deep.equal([relays[1]!.opaqueId, null]);
  });

  it("is never an anonymized one", async () => {
    const { house: contact, relays } = await house(2);

    await db.owner.query("UPDATE contacts.contact SET anonymized_at = now() WHERE id = $1", [relays[0]!.id]);

    expect(await primaryOf(contact)).to.equal(relays[1]!.opaqueId);
  });

  it("is for each caller one whom he sees: nobody learns that another one is there (F05)", async () => {
    const { house: contact, relays } = await house(3);
    await change(setPrimary, { structureId: contact.opaqueId, relayId: relays[2]!.opaqueId });
    await change(setLevel, { id: relays[2]!.opaqueId, level: "RESTRICTED" }, writer({ clearance: 1 }));

    const free = await primaryOf(contact);
    const cleared = await primaryOf(contact, { clearance: 1 });
    const ended = await change(setEnd, { id: relays[2]!.opaqueId, validityEndDate: past }, writer({ clearance: 1 }));

    expect([free, cleared]).to.deep.equal([relays[0]!.opaqueId, relays[2]!.opaqueId]);
    expect(warningsOf(ended)).to.deep.equal(changed);
    expect(await primaryOf(contact)).to.equal(free);
  });

  it("warns nobody of a structure that he does not see", async () => {
    const { house: contact, relays } = await house(2);
    await change(setLevel, { id: contact.opaqueId, level: "RESTRICTED" }, writer({ clearance: 1 }));

    const ended = await change(setEnd, { id: relays[0]!.opaqueId, validityEndDate: past });

    expect(warningsOf(ended)).to.deep.equal([]);
  });

  it("answers a repeated mutation with the same warning", async () => {
    const { relays } = await house(2);
    const input = { id: relays[0]!.opaqueId, validityEndDate: past, idempotencyKey: "k9" };

    const answers = [await change(setEnd, input), await change(setEnd, input)];

    expect(answers.map(warningsOf)).to.deep.equal([changed, changed]);
  });

  it("is what a model says, for every clearance, whatever happens to the relays", async () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant("choose" as const), relay: fc.nat(3) }),
      fc.record({ kind: fc.constant("invalidate" as const), relay: fc.nat(3) }),
      fc.record({ kind: fc.constant("revalidate" as const), relay: fc.nat(3) }),
      fc.record({ kind: fc.constant("raise" as const), relay: fc.nat(3) }),
      fc.record({ kind: fc.constant("remove" as const), relay: fc.nat(3) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 9 }), async (actions) => {
        const { house: contact, relays } = await house(4);
        const model = relays.map(({ opaqueId }) => ({ id: opaqueId, chosen: 0, valid: true, there: true, level: 0 }));
        for (const [turn, { kind, relay }] of actions.entries()) {
          const [row, state] = [relays[relay]!, model[relay]!];
          const all = writer({ clearance: 2 });
          const primaryBefore = primaryIn(model, 2);
          if (kind === "choose") {
            const input = { structureId: contact.opaqueId, relayId: row.opaqueId };
            const { codes } = await codesOf(setPrimary, input, all);
            expect(codes.length === 0).to.equal(state.valid && state.there);
            if (codes.length === 0 && primaryBefore !== state.id) state.chosen = turn + 1;
            continue;
          }
          let answer: { warnings: { code: string }[] };
          if (kind === "remove") {
            answer = await change(remove, { id: row.link }, all);
            state.there = false;
          } else if (kind === "raise") {
            answer = await change(setLevel, { id: row.opaqueId, level: "RESTRICTED" }, all);
            state.level = 1;
          } else {
            const validityEndDate = kind === "invalidate" ? past : null;
            answer = await change(setEnd, { id: row.opaqueId, validityEndDate }, all);
            state.valid = kind === "revalidate";
          }
          const primaryAfter = primaryIn(model, 2);
          expect(warningsOf(answer).length > 0).to.equal(primaryBefore !== primaryAfter);
          for (const clearance of [0, 1, 2] as Clearance[])
            expect(await primaryOf(contact, { clearance })).to.equal(primaryIn(model, clearance));
        }
      }),
      { numRuns: 12 },
    );
  }).timeout(60_000);
});

interface RelayState {
  readonly id: string;
  /** The turn in which it was chosen; 0 for never. */
  chosen: number;
  valid: boolean;
  there: boolean;
  level: number;
}

/** Of the valid relays that the caller sees, the one chosen last, else the oldest. */
function primaryIn(relays: readonly RelayState[], clearance: number): string | null {
  const able = relays.filter(({ valid, there, level }) => valid && there && level <= clearance);
  return [...able].sort((a, b) => b.chosen - a.chosen)[0]?.id ?? null;
}
