import { expect } from "chai";
import type { Permission } from "../../../src/platform/access/permissions.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import { ask, contextOf } from "../graph.js";
import { bounceOf, report, senderOf } from "../reports/reporting.js";

const mutation = `mutation ($input: ClearBounceInput!) { clearBounce(input: $input) {
  contact { bounceStatus bounce { reason } } userErrors { code field } warnings { code } } }`;

describe("clearBounce (F12)", () => {
  const db = useDatabase();
  const address = "a@example.org";

  const clear = async (contactId: string, ...wishes: (Permission | ContextWish)[]) => {
    const { data, errors } = await ask(contextOf(db, "contact:read", "bounce:clear", ...wishes), mutation, {
      input: { contactId },
    });
    if (errors) throw errors[0];
    return data?.clearBounce;
  };
  const bounce = (contactId: string, occurredAt = db.clock.now().toISOString(), statusCode = "5.1.1") =>
    report(senderOf(db), "reportBounces", [{ contactId, address, kind: "FAILURE", statusCode, occurredAt }]);

  it("lets a HARD address take mails again, and stands in the audit under the operator", async () => {
    const { id, opaqueId } = await db.insertContact({ email: address });
    await bounce(opaqueId);

    const answer = await clear(opaqueId);

    expect(answer).to.deep.equal({
      contact: { bounceStatus: "NONE", bounce: null },
      ...{ userErrors: [], warnings: [] },
    });
    const { rows } = await db.owner.query(
      "SELECT actor, source, old_status, new_status FROM marketing.audit_bounce WHERE contact_id = $1 ORDER BY id DESC LIMIT 1",
      [id],
    );
    expect(rows).to.deep.equal([{ actor: "test.operator", source: "OPERATOR", old_status: 2, new_status: 0 }]);
  });

  it("forgets what happened before, also what is reported later, and of a sender's clock that is ahead", async () => {
    const { opaqueId } = await db.insertContact({ email: address });
    await bounce(opaqueId, "2026-03-10T09:04:00Z");
    await clear(opaqueId);
    expect((await bounceOf(db, opaqueId)).bounceStatus).to.equal("NONE");

    await bounce(opaqueId, "2026-03-01T08:00:00Z");
    expect((await bounceOf(db, opaqueId)).bounceStatus).to.equal("NONE");
  });

  it("starts the count of failures anew, and does not shield from what bounces afterwards", async () => {
    const { opaqueId } = await db.insertContact({ email: address });
    await bounce(opaqueId, "2026-03-08T09:00:00Z", "5.2.2");
    await bounce(opaqueId, "2026-03-09T09:00:00Z", "5.2.2");
    await clear(opaqueId);

    await bounce(opaqueId, "2026-03-10T09:01:00Z", "5.2.2");
    expect((await bounceOf(db, opaqueId)).bounceStatus).to.equal("SOFT");

    await bounce(opaqueId, "2026-03-10T09:02:00Z", "5.1.1");
    expect((await bounceOf(db, opaqueId)).bounceStatus).to.equal("HARD");
  });

  it("changes nothing when there is no bounce, or no address", async () => {
    const { opaqueId } = await db.insertContact({ email: address });
    const { opaqueId: without } = await db.insertContact();

    expect((await clear(opaqueId)).contact.bounceStatus).to.equal("NONE");
    expect((await clear(without)).contact.bounceStatus).to.equal("NONE");
    const { rowCount } = await db.owner.query(
      "SELECT FROM marketing.report_event e WHERE kind = 'CLEARED' AND contact_id IN (SELECT id FROM contacts.contact WHERE email IS NULL)",
    );
    expect(rowCount).to.equal(0);
  });

  it("answers alike for an unknown contact and one above the caller's clearance, and refuses an anonymized one (F05)", async () => {
    const { opaqueId: hidden } = await db.insertContact({ email: address, level: 1 });
    const { opaqueId: erased } = await db.insertContact({ anonymizedAt: db.clock.now() });
    const codes = async (id: string) => (await clear(id)).userErrors.map(({ code }: { code: string }) => code);

    expect(await codes(hidden)).to.deep.equal(["CONTACT_NOT_FOUND"]);
    expect(await codes("Q29udGFjdDo5OTk5OTk")).to.deep.equal(["CONTACT_NOT_FOUND"]);
    expect(await codes("nonsense")).to.deep.equal(["CONTACT_NOT_FOUND"]);
    expect(await codes(erased)).to.deep.equal(["CONTACT_ANONYMIZED"]);
  });

  it("needs its permission, and the field to be readable", async () => {
    const { opaqueId } = await db.insertContact({ email: address });
    const raisedLevels = new Map([["Contact.bounceStatus", 1 as const]]);
    const { errors } = await ask(contextOf(db, "contact:read", "authorization:write"), mutation, {
      input: { contactId: opaqueId },
    });

    expect(errors?.[0]?.extensions).to.include({ code: "FORBIDDEN", permission: "bounce:clear" });
    expect((await clear(opaqueId, { raisedLevels })).userErrors[0].code).to.equal("FIELD_NOT_AVAILABLE");
  });
});
