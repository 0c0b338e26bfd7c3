import { expect } from "chai";
import fc from "fast-check";
import { digestOfAddress } from "../../../src/marketing/bounces/address-digest.js";
import { replayBounces, replayByNewRule } from "../../../src/marketing/bounces/bounce-replay.task.js";
import { type TestDatabase, useDatabase } from "../../support/database.js";
import { testKeys } from "../../support/keys.js";
import { bounceOf, newEventId, report, senderOf } from "../reports/reporting.js";
import { type ModelEvent, statusAfter } from "./bounce-model.js";

const dayMs = 24 * 3_600_000;
const address = "camille@example.org";

/** Few, so that events often meet, and so that failures are just within and just beyond 30 days. */
const days = [0, 1, 2, 30, 31, 32, 60, 61];

const events = (...kinds: ModelEvent["kind"][]) =>
  fc.array(fc.record({ kind: fc.constantFrom(...kinds), day: fc.constantFrom(...days) }), {
    minLength: 1,
    maxLength: 7,
  });

/** Failures that only together are hard, above all: what is hard at once hides the rest of the rule. */
const third = ["5.2.2", "5.2.2", "5.2.2", "5.2.2", "5.2.2", "5.2.2", "5.2.2"] as const;
const reported = [...third, "DELIVERED", "AUTOMATIC_REPLY", "4.2.2", "5.1.1", "5.4.4"] as const;

describe("the bounce state of an address (F12, 5.6)", () => {
  const db = useDatabase();

  it("follows from the set of events alone, in whatever order and however often they are reported", async () => {
    await fc.assert(
      fc.asyncProperty(events(...reported), fc.infiniteStream(fc.nat(1_000)), async (given, draws) => {
        const { opaqueId } = await db.insertContact({ email: address });
        const named = given.map((event) => ({ ...event, eventId: newEventId() }));
        const twice = [...named, ...named.filter(() => draws.next().value! % 3 === 0)];
        const shuffled = twice
          .map((event) => ({ event, place: draws.next().value! }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ event }) => event);

        for (let sent = 0; sent < shuffled.length; ) {
          const size = 1 + (draws.next().value! % 4);
          await send(db, opaqueId, shuffled.slice(sent, sent + size));
          sent += size;
        }

        expect((await bounceOf(db, opaqueId)).bounceStatus).to.equal(statusAfter(given));
      }),
      { numRuns: 100 },
    );
  });

  it("can be worked out anew from what was kept, clearings by operators included", async () => {
    await fc.assert(
      fc.asyncProperty(events(...reported, "CLEARED", "CLEARED"), async (given) => {
        const institution = await db.institution();
        const { id, opaqueId } = await db.insertContact({ email: address, institution });
        await keep(db, institution.id, id, given);

        await replayBounces(db.services(), institution.id);

        expect((await bounceOf(db, opaqueId, { institution })).bounceStatus).to.equal(statusAfter(given));
      }),
      { numRuns: 100 },
    );
  });

  it("stays as it is when it is worked out anew by the same rule, without an entry in the audit", async () => {
    const institution = await db.institution();
    const contacts = await Promise.all(
      [["5.1.1"], ["4.2.2"], ["5.2.2", "DELIVERED"], ["DELIVERED"]].map(async (kinds) => {
        const contact = await db.insertContact({ email: address, institution });
        for (const [day, kind] of kinds.entries())
          await send(db, contact.opaqueId, [{ kind, day, eventId: newEventId() } as never], institution);
        return contact;
      }),
    );
    const look = async () => ({
      shown: await Promise.all(contacts.map(({ opaqueId }) => bounceOf(db, opaqueId, { institution }))),
      audit: (await db.owner.query("SELECT count(*) FROM marketing.audit_bounce")).rows,
      states: (await db.owner.query("SELECT * FROM marketing.address_bounce ORDER BY contact_id")).rows,
    });
    const before = await look();

    await replayBounces(db.services(), institution.id);

    expect(await look()).to.deep.equal(before);
    expect(before.shown.map(({ bounceStatus }) => bounceStatus)).to.deep.equal(["HARD", "SOFT", "NONE", "NONE"]);
  });

  it("is worked out anew once by a new version of the rule, in every institution", async () => {
    const institution = await db.institution();
    const { id, opaqueId } = await db.insertContact({ email: address, institution });
    await keep(db, institution.id, id, [{ kind: "5.1.1", day: 1 }]);
    const shown = async () => (await bounceOf(db, opaqueId, { institution })).bounceStatus;
    await db.owner.query("DELETE FROM marketing.bounce_rule");

    await replayByNewRule(db.services());
    const first = await shown();
    await keep(db, institution.id, id, [{ kind: "CLEARED", day: 2 }]);
    const again = await replayByNewRule(db.services());
    const second = await shown();
    await db.owner.query("UPDATE marketing.bounce_rule SET version = 0 WHERE institution_id = $1", [institution.id]);
    const updated = await replayByNewRule(db.services());

    expect([first, again, second, updated, await shown()]).to.deep.equal(["HARD", 0, "HARD", 1, "NONE"]);
  });
});

const at = (db: TestDatabase, day: number) => new Date(db.clock.now().getTime() - (70 - day) * dayMs).toISOString();

/** Reports events of one address in one batch of each kind. */
async function send(
  db: TestDatabase,
  contactId: string,
  batch: readonly (ModelEvent & { eventId: string })[],
  institution = db.home,
): Promise<void> {
  const common = ({ eventId, day }: ModelEvent & { eventId: string }) => ({
    ...{ eventId, contactId, address },
    occurredAt: at(db, day),
  });
  const context = senderOf(db, {}, { institution });
  const deliveries = batch.filter(({ kind }) => kind === "DELIVERED");
  if (deliveries.length > 0) await report(context, "reportDeliveries", deliveries.map(common));
  const bounces = batch.filter(({ kind }) => kind !== "DELIVERED");
  const inputs = bounces.map((event) => ({
    ...common(event),
    ...(event.kind === "AUTOMATIC_REPLY" ? { kind: event.kind } : { kind: "FAILURE", statusCode: event.kind }),
  }));
  if (inputs.length > 0) await report(context, "reportBounces", inputs);
}

/** Puts events where they are kept, without what follows from them. */
async function keep(db: TestDatabase, institutionId: number, contactId: string, given: readonly ModelEvent[]) {
  const digest = digestOfAddress(testKeys(), institutionId, contactId, address);
  for (const { kind, day } of given) {
    const isFailure = /^\d/.test(kind);
    await db.owner.query(
      `INSERT INTO marketing.report_event
         (institution_id, reporter, event_id, contact_id, kind, occurred_at, reported_at, address_digest, status_code)
       VALUES ($1, 'sam', $2, $3, $4, $5, now(), $6, $7)`,
      [
        institutionId,
        newEventId(),
        contactId,
        isFailure ? "FAILURE" : kind,
        at(db, day),
        digest,
        isFailure ? kind : null,
      ],
    );
  }
}
