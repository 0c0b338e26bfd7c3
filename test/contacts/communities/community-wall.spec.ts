import { expect } from "chai";
import { selectContacts } from "../../../src/contacts/contact.sql.js";
import { historyModule } from "../../../src/history/index.js";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { createPrivacyPort } from "../../../src/privacy/index.js";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { insertOrder, readHistory } from "../../support/history.js";
import type { ContactWish, TestContact } from "../../support/rows.js";
import { withoutPolicies } from "../../support/without-policies.js";
import { callerOf, contactsSchema } from "../support.js";
import { community } from "./operations.js";

describe("what an internet user sees (design 3)", () => {
  const db = useDatabase();
  const port = () => createPrivacyPort(db.services());

  async function joined(owner: TestContact, wish: ContactWish = {}, status = "ACTIVE") {
    const member = await db.insertContact(wish);
    await db.owner.query(
      `INSERT INTO contacts.community_member (institution_id, owner_id, member_id, consent_status, created_by_owner)
       VALUES ($1, $2, $3, $4, false)`,
      [db.home.id, owner.id, member.id, status],
    );
    return member;
  }

  /** The caller as his token makes him. */
  async function himself(own: TestContact) {
    const claims = { subject: own.opaqueId, kind: "CONTACT", institution: db.home.code } as const;
    const nothing = { organizations: [], roles: [], permissions: [], clearance: 0 as const };
    const caller = await port().callerOf({ ...claims, ...nothing });
    return {
      kind: "CONTACT" as const,
      clearance: caller!.clearance,
      ownContactId: caller!.ownContactId!,
      communityIds: caller!.communityIds ?? [],
    };
  }

  const sees = async (own: TestContact, others: readonly TestContact[]) => {
    const context = callerOf(db, "contact:read", await himself(own));
    const seen = await Promise.all(
      others.map(async ({ opaqueId: id }) => {
        const { contact } = await ask(await contactsSchema(), context, `query ($id: ID!) { contact(id: $id) { id } }`, {
          id,
        });
        return contact !== null;
      }),
    );
    return seen;
  };

  it("is his own file and the active members of his community, and not those who are not in it", async () => {
    const owner = await db.insertContact();
    const contacts = [
      owner,
      await joined(owner),
      await joined(owner, {}, "PENDING"),
      await joined(owner, {}, "REFUSED"),
      await db.insertContact(),
    ];

    expect(await sees(owner, contacts)).to.deep.equal([true, true, false, false, false]);
  });

  it("is not the owner, for a member, nor the owner's other members", async () => {
    const owner = await db.insertContact();
    const [member, other] = [await joined(owner), await joined(owner)];

    expect(await sees(member, [owner, member, other])).to.deep.equal([false, true, false]);
  });

  it("is no member whose file is above FREE, and of no file a field above FREE or what operators write", async () => {
    const owner = await db.insertContact({ level: 2 });
    const [member, hidden] = [await joined(owner, { phone: "021 000 00 00" }), await joined(owner, { level: 1 })];
    const raisedLevels = new Map<string, Clearance>([["Contact.phone", 1]]);
    const context = callerOf(db, "contact:read", { ...(await himself(owner)), raisedLevels });

    const fields = "phone redactions { field }";
    const { own, other, none } = await ask(
      await contactsSchema(),
      context,
      `query ($own: ID!, $other: ID!, $none: ID!) { own: contact(id: $own) { ${fields} } other: contact(id: $other) { ${fields} }
        none: contact(id: $none) { id } }`,
      { own: owner.opaqueId, other: member.opaqueId, none: hidden.opaqueId },
    );

    const withheld = ({ redactions }: { redactions: { field: string }[] }) => redactions.map(({ field }) => field);
    expect(none).to.equal(null);
    expect(other.phone).to.equal(null);
    expect(withheld(other)).to.include("phone");
    expect(withheld(own), "his own file, as far as it is not the operators' business").to.deep.equal(withheld(other));
    expect(withheld(own)).to.include.members(["remark", "notes", "hasNotes", "blockedReason"]);
  });

  it("is listed in his community alone, counted alike", async () => {
    const owner = await db.insertContact();
    const member = await joined(owner);
    await joined(owner, { level: 1 });
    await joined(await db.insertContact());

    const context = callerOf(db, "contact:read", await himself(owner));
    const { contact } = await ask(await contactsSchema(), context, community, { id: owner.opaqueId });

    expect(contact.community.members).to.deep.equal({
      nodes: [{ contact: { id: member.opaqueId }, consentStatus: "ACTIVE", createdByOwner: false }],
      totalCount: 1,
    });
  });

  it("is the same in what the other modules answer", async () => {
    const [owner, stranger] = [await db.insertContact(), await db.insertContact()];
    const member = await joined(owner);
    for (const contact of [member, stranger]) await insertOrder(db, contact);
    const services = db.services({ catalogue: historyModule.fields });
    const context = db.contextWith("contact:read", "history:read", { services, ...(await himself(owner)) });

    const { purchaseHistory } = await readHistory(context, member, "purchaseHistory(first: 5) { totalCount }");
    const refused = await readHistory(context, stranger, "id").catch((error: Error) => error.message);

    expect(purchaseHistory?.totalCount).to.equal(1);
    expect(refused).to.match(/no answer/);
  });

  it("is hidden by the statements themselves, even without policies", async () => {
    const [owner, stranger] = [await db.insertContact(), await db.insertContact()];
    const member = await joined(owner);
    const hidden = await joined(owner, { level: 1 });

    const contacts = [owner, member, hidden, stranger];
    const seen = await withoutPolicies(db, 2, async (sql) => {
      const settings = [owner.id, `{${member.id},${hidden.id}}`];
      await sql.query(
        "SELECT set_config('app.own_contact', $1, true), set_config('app.community', $2, true)",
        settings,
      );
      const ids = contacts.map(({ id }) => id);
      const { rows } = await sql.query("SELECT id FROM contacts.visible_contact WHERE id = ANY($1)", [ids]);
      return [(await selectContacts(sql, ids)).map(({ id }) => id), rows.map(({ id }) => id as string)];
    });

    for (const ids of seen) expect(ids).to.have.members([owner.id, member.id]);
  });
});
