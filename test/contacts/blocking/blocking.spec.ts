import { expect } from "chai";
import fc from "fast-check";
import { purchaseRefusals } from "../../../src/contacts/index.js";
import { ask, codesOf } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { auditOf, callerOf, changer, contactsSchema } from "../support.js";

const errors = `userErrors { code field message elementIndex }`;
const contact = `contact { version isBlocked blockedSince blockedReason }`;
const block = `mutation ($input: BlockContactInput!) { blockContact(input: $input) { ${contact} legalNotice { code } ${errors} } }`;
const unblock = `mutation ($input: UnblockContactInput!) { unblockContact(input: $input) { ${contact} ${errors} } }`;
const eligibility = `query ($id: ID!) { purchaseEligibility(contactId: $id) { eligible reasons } }`;

describe("blockContact (F15)", () => {
  const db = useDatabase();
  const { change, problemsOf } = changer(db);
  const guard = (wish = {}) => callerOf(db, "contact:read", "contact:block", { clearance: 1, ...wish });

  async function purchaseEligibility(id: string, context = db.context) {
    return (await ask(await contactsSchema(), context, eligibility, { id })).purchaseEligibility;
  }

  it("refuses purchases in every organization from then on, with a notice and an audit", async () => {
    const { id, opaqueId: contactId } = await db.insertContact();
    const now = db.clock.now().toISOString();

    const answer = await change(block, { contactId, reason: " Threw a flare " }, guard());

    expect(answer.contact).to.deep.equal({
      version: 2,
      isBlocked: true,
      blockedSince: now,
      blockedReason: "Threw a flare",
    });
    expect(answer.legalNotice.code).to.equal("FREE_TEXT_CONTENT");
    expect(await purchaseEligibility(contactId)).to.deep.equal({ eligible: false, reasons: ["BLOCKED"] });
    expect((await auditOf(db, id)).map(({ entity, field, old, new: to }) => [entity, field, old, to])).to.deep.equal([
      ["Contact", "blockedSince", null, now],
      ["Contact", "blockedReason", null, "Threw a flare"],
    ]);
  });

  it("keeps the first reason and instant when asked twice", async () => {
    const { id, opaqueId: contactId } = await db.insertContact();
    const { contact: first } = await change(block, { contactId, reason: "first" }, guard());
    db.clock.advance(60_000);

    const { contact: second } = await change(block, { contactId, reason: "second" }, guard());

    expect(second).to.deep.equal(first);
    expect(await auditOf(db, id)).to.have.lengthOf(2);
  });

  it("is undone by unblockContact, once", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    await change(block, { contactId, reason: "banned" }, guard());

    const free = { version: 3, isBlocked: false, blockedSince: null, blockedReason: null };
    expect((await change(unblock, { contactId }, guard())).contact).to.deep.equal(free);
    expect((await change(unblock, { contactId }, guard())).contact).to.deep.equal(free);
    expect(await purchaseEligibility(contactId)).to.deep.equal({ eligible: true, reasons: [] });
  });

  it("needs a reason, which only callers of sufficient clearance read", async () => {
    const { opaqueId: contactId } = await db.insertContact();

    expect(await problemsOf(block, { contactId, reason: "  " }, guard())).to.deep.equal(["FIELD_REQUIRED reason"]);
    expect(await problemsOf(block, { contactId, reason: "x".repeat(501) }, guard())).to.deep.equal([
      "VALUE_TOO_LONG reason",
    ]);
    const { contact: blocked } = await change(block, { contactId, reason: "banned" }, guard({ clearance: 0 }));
    expect(blocked).to.deep.include({ isBlocked: true, blockedReason: null });
  });

  it("leaves a blocked contact valid, found by search, and able to log in", async () => {
    const { opaqueId: contactId } = await db.insertContact({ lastName: "Ausgesperrt" });
    await change(block, { contactId, reason: "banned" }, guard());

    const query = `{ searchContacts(filter: { name: "ausgesperrt" }, first: 5) { nodes { isValid isBlocked } } }`;
    expect((await ask(await contactsSchema(), db.context, query)).searchContacts.nodes).to.deep.equal([
      { isValid: true, isBlocked: true },
    ]);
    const login = `query ($id: ID!) { loginEligibility(contactId: $id) { reasons } }`;
    const answer = await ask(await contactsSchema(), callerOf(db, "contact:read"), login, { id: contactId });
    expect(answer.loginEligibility.reasons).to.deep.equal(["NO_ACCOUNT"]);
  });

  it("answers as for an unknown id when the contact is above the caller's clearance (F05)", async () => {
    const { opaqueId: hidden } = await db.insertContact({ level: 2 });
    const unknown = Buffer.from("Contact:999999999").toString("base64url");

    for (const mutation of [block, unblock]) {
      const more = mutation === block ? { reason: "banned" } : {};
      const refused = await change(mutation, { contactId: hidden, ...more }, guard());
      expect(refused).to.deep.equal(await change(mutation, { contactId: unknown, ...more }, guard()));
      expect(refused.userErrors[0].code).to.equal("CONTACT_NOT_FOUND");
    }
    expect(await purchaseEligibility(hidden)).to.equal(null);
    expect(await purchaseEligibility(unknown)).to.equal(null);
  });

  it("takes a permission of its own, and sight of whether contacts are blocked", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const raised = guard({ raisedLevels: new Map([["Contact.isBlocked", 2]]) });

    expect(
      await codesOf(await contactsSchema(), callerOf(db, "contact:read", "contact:write"), unblock, {
        input: { contactId },
      }),
    ).to.deep.equal(["FORBIDDEN"]);
    expect(await problemsOf(block, { contactId, reason: "x" }, raised)).to.deep.equal(["FIELD_NOT_AVAILABLE reason"]);
    expect(await codesOf(await contactsSchema(), raised, eligibility, { id: contactId })).to.deep.equal([
      "FIELD_NOT_AVAILABLE",
    ]);
  });

  describe("purchaseEligibility (F07, F15)", () => {
    it("names every reason", async () => {
      const { id, opaqueId } = await db.insertContact({ validityEndDate: "2020-01-01", anonymizedAt: new Date(0) });
      const values = "blocked_since = '2020-01-01', blocked_reason = 'banned'";
      await db.owner.query(`UPDATE contacts.contact SET ${values} WHERE id = $1`, [id]);

      expect(await purchaseEligibility(opaqueId)).to.deep.equal({
        eligible: false,
        reasons: ["BLOCKED", "INVALID", "ANONYMIZED"],
      });
    });

    it("refuses from the day after the end date on, and no longer when that is taken back", async () => {
      const { id, opaqueId } = await db.insertContact({ validityEndDate: "2026-03-10" });
      const end = (day: string | null) =>
        db.owner.query("UPDATE contacts.contact SET validity_end_date = $2 WHERE id = $1", [id, day]);

      expect(await purchaseEligibility(opaqueId)).to.deep.equal({ eligible: true, reasons: [] });
      await end("2026-03-09");
      expect(await purchaseEligibility(opaqueId)).to.deep.equal({ eligible: false, reasons: ["INVALID"] });
      await end(null);
      expect(await purchaseEligibility(opaqueId)).to.deep.equal({ eligible: true, reasons: [] });
    });

    it("of many at an instant agrees with each date in the institution's time zone (D-07)", async () => {
      const institution = await db.institution({ timeZone: "Pacific/Auckland" });
      const days = Array.from({ length: 9 }, (_, index) => `2026-04-0${index + 1}`);
      const contacts = await Promise.all(
        days.map((validityEndDate) => db.insertContact({ institution, validityEndDate })),
      );
      const context = db.contextWith("contact:read", { institution });
      const instant = fc.date({ min: new Date("2026-03-30"), max: new Date("2026-04-12"), noInvalidDate: true });
      const dayOf = (at: Date) => at.toLocaleDateString("en-CA", { timeZone: "Pacific/Auckland" });

      await fc.assert(
        fc.asyncProperty(instant, async (at) => {
          const rows = await purchaseRefusals(
            context.db,
            contacts.map(({ id }) => id),
            at,
          );
          const invalid = rows.filter(({ reasons }) => reasons.includes("INVALID")).map(({ contactId }) => contactId);
          const expected = contacts.filter((_, index) => days[index]! < dayOf(at)).map(({ id }) => id);
          expect(rows).to.have.lengthOf(9);
          expect(invalid.sort()).to.deep.equal(expected.sort());
        }),
        { numRuns: 40 },
      );
    });

    it("leaves out the unknown and the invisible", async () => {
      const hidden = await db.insertContact({ level: 1 });
      const seen = await db.insertContact();

      expect(await purchaseRefusals(db.context.db, [hidden.id, seen.id, "999999"], db.clock.now())).to.deep.equal([
        { contactId: seen.id, reasons: [] },
      ]);
    });
  });
});
