import { expect } from "chai";
import { update } from "../../contacts/operations.js";
import { callerOf, contactsSchema } from "../../contacts/support.js";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { marketingPort } from "../../support/marketing.js";
import { bounceOf, report, senderOf } from "../reports/reporting.js";

const dayMs = 24 * 3_600_000;

describe("the bounce status of a contact (F12)", () => {
  const db = useDatabase();

  const bounce = (contactId: string, address: string, statusCode: string, daysAgo = 0) =>
    report(senderOf(db), "reportBounces", [
      {
        ...{ contactId, address, statusCode, kind: "FAILURE" },
        occurredAt: new Date(db.clock.now().getTime() - daysAgo * dayMs).toISOString(),
      },
    ]);
  const deliver = (contactId: string, address: string) =>
    report(senderOf(db), "reportDeliveries", [{ contactId, address }]);
  const reply = (contactId: string, address: string) =>
    report(senderOf(db), "reportBounces", [{ contactId, address, kind: "AUTOMATIC_REPLY" }]);
  const statusOf = async (opaqueId: string) => (await bounceOf(db, opaqueId)).bounceStatus;
  const changeEmail = async (opaqueId: string, email: string | null) => {
    const caller = callerOf(db, "contact:read", "contact:write");
    const { rows } = await db.owner.query("SELECT version FROM contacts.contact WHERE id = $1", [idOf(opaqueId)]);
    const input = { id: opaqueId, version: rows[0].version, email };
    const { updateContact } = await ask(await contactsSchema(), caller, update, { input });
    expect(updateContact.userErrors).to.deep.equal([]);
  };
  const idOf = (opaqueId: string) => Buffer.from(opaqueId, "base64url").toString().split(":")[1];

  it("is HARD for an address that does not exist, and tells since when and why", async () => {
    const { opaqueId } = await db.insertContact({ email: "a@example.org" });

    await bounce(opaqueId, "a@example.org", "5.1.1", 3);

    expect(await bounceOf(db, opaqueId)).to.deep.equal({
      bounceStatus: "HARD",
      bounce: { bouncedAt: "2026-03-07T09:00:00.000Z", reason: "INVALID_ADDRESS", statusCode: "5.1.1" },
    });
  });

  it("classifies by the status code (5.6)", async () => {
    const expected = { "5.1.0": "HARD", "5.1.10": "HARD", "5.4.4": "HARD", "5.4.1": "SOFT", "5.2.2": "SOFT" };
    for (const [code, status] of Object.entries({ ...expected, "5.10.1": "SOFT", "4.1.1": "SOFT", "4.4.4": "SOFT" })) {
      const { opaqueId } = await db.insertContact({ email: "a@example.org" });

      await bounce(opaqueId, "a@example.org", code);

      expect(await statusOf(opaqueId), code).to.equal(status);
    }
  });

  it("is SOFT after an automatic reply, with no code to show", async () => {
    const { opaqueId } = await db.insertContact({ email: "a@example.org" });

    await reply(opaqueId, "a@example.org");

    const { bounceStatus, bounce } = await bounceOf(db, opaqueId);
    expect([bounceStatus, bounce?.reason, bounce?.statusCode]).to.deep.equal(["SOFT", "AUTOMATIC_REPLY", null]);
  });

  it("is HARD after the third other permanent failure within 30 days, and not after one more day", async () => {
    const { opaqueId: quick } = await db.insertContact({ email: "a@example.org" });
    const { opaqueId: slow } = await db.insertContact({ email: "a@example.org" });

    for (const daysAgo of [30, 10, 0]) await bounce(quick, "a@example.org", "5.2.2", daysAgo);
    for (const daysAgo of [31, 10, 0]) await bounce(slow, "a@example.org", "5.2.2", daysAgo);

    expect((await bounceOf(db, quick)).bounce?.reason).to.equal("REPEATED_FAILURE");
    expect([await statusOf(quick), await statusOf(slow)]).to.deep.equal(["HARD", "SOFT"]);
  });

  it("stays HARD after a soft bounce and a delivery; a delivery ends SOFT", async () => {
    const { opaqueId: hard } = await db.insertContact({ email: "a@example.org" });
    const { opaqueId: soft } = await db.insertContact({ email: "a@example.org" });
    await bounce(hard, "a@example.org", "5.1.1", 2);
    await bounce(hard, "a@example.org", "4.2.2", 1);
    await bounce(soft, "a@example.org", "4.2.2", 1);

    await deliver(hard, "a@example.org");
    await deliver(soft, "a@example.org");

    expect([await statusOf(hard), await statusOf(soft)]).to.deep.equal(["HARD", "NONE"]);
    expect((await bounceOf(db, soft)).bounce).to.equal(null);
  });

  it("is of the contact it was sent to, never of another who shares the address", async () => {
    const { opaqueId: one, id: oneId } = await db.insertContact({ email: "shared@example.org" });
    const { opaqueId: other, id: otherId } = await db.insertContact({ email: "shared@example.org" });

    await bounce(one, "shared@example.org", "5.1.1");
    await reply(other, "shared@example.org");

    expect([await statusOf(one), await statusOf(other)]).to.deep.equal(["HARD", "SOFT"]);
    const { rows } = await db.owner.query(
      "SELECT count(DISTINCT address_digest)::int AS digests FROM marketing.report_event WHERE contact_id = ANY($1)",
      [[oneId, otherId]],
    );
    expect(rows[0].digests, "who reads the table does not see that they share it").to.equal(2);
  });

  it("is NONE for a new address, and again what it was when the old one comes back", async () => {
    const { opaqueId } = await db.insertContact({ email: "old@example.org" });
    await bounce(opaqueId, "OLD@Example.org ", "5.1.1");
    const seen = [await statusOf(opaqueId)];

    await changeEmail(opaqueId, "new@example.org");
    seen.push(await statusOf(opaqueId));
    await changeEmail(opaqueId, "Old@example.org");
    seen.push(await statusOf(opaqueId));
    await changeEmail(opaqueId, null);
    seen.push(await statusOf(opaqueId));

    expect(seen).to.deep.equal(["HARD", "NONE", "HARD", "NONE"]);
  });

  it("does not come from a report about an address that the contact no longer has", async () => {
    const { opaqueId } = await db.insertContact({ email: "old@example.org" });
    await changeEmail(opaqueId, "new@example.org");

    await bounce(opaqueId, "old@example.org", "5.1.1");
    expect(await statusOf(opaqueId)).to.equal("NONE");

    await changeEmail(opaqueId, "old@example.org");
    expect(await statusOf(opaqueId)).to.equal("HARD");
  });

  it("follows an international domain in both spellings", async () => {
    const { opaqueId } = await db.insertContact({ email: "camille@théâtre.example" });

    await bounce(opaqueId, "camille@xn--thtre-4qa2c.example", "5.1.1");

    expect(await statusOf(opaqueId)).to.equal("HARD");
  });

  it("is not touched by other changes of the contact, nor by a copy of what is right", async () => {
    const { id, opaqueId } = await db.insertContact({ email: "a@example.org" });
    await bounce(opaqueId, "a@example.org", "5.1.1");

    await db.context.transaction((sql) => marketingPort.copyContacts(sql, [id]));

    expect(await statusOf(opaqueId)).to.equal("HARD");
  });

  it("stands in the audit when it is reported; not when another address changes it, which tells of it to who must not see it", async () => {
    const { id, opaqueId } = await db.insertContact({ email: "a@example.org" });
    await bounce(opaqueId, "a@example.org", "5.1.1");
    await bounce(opaqueId, "a@example.org", "5.1.1");
    await changeEmail(opaqueId, "b@example.org");

    const { rows } = await db.owner.query(
      `SELECT concat_ws(' ', actor, source, entity, field, old_value, new_value) AS entry FROM privacy.audit_entry
       WHERE contact_id = $1 AND entity = 'Bounce' ORDER BY id`,
      [id],
    );
    expect(rows.map(({ entry }) => entry)).to.deep.equal(["sam SAM Bounce bounceStatus NONE HARD"]);
  });

  it("keeps no address where it keeps reports", async () => {
    const { rows } = await db.owner.query(
      "SELECT e::text || (SELECT string_agg(b::text, '') FROM marketing.address_bounce b) AS text FROM marketing.report_event e",
    );

    expect(rows.length).to.be.greaterThan(10);
    for (const { text } of rows) expect(text).not.to.match(/example|@/);
  });
});
