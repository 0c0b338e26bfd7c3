import { expect } from "chai";
import { privacyMail } from "../../../src/contacts/index.js";
import { historyPort } from "../../../src/history/index.js";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { mailTask, smtpTransport } from "../../../src/platform/mail/index.js";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { startMailServer } from "../../support/mail-server.js";
import type { ContactWish, TestContact } from "../../support/rows.js";
import { auditOf, callerOf, changer, contactsSchema } from "../support.js";
import { community, onBehalf } from "./operations.js";

describe("createContactOnBehalf (F58-F60)", () => {
  const db = useDatabase();
  const { change } = changer(db);
  let mails = 0;
  const newEmail = () => `member-${++mails}@example.org`;

  const operator = (wish = {}) => callerOf(db, "contact:read", "contact:write", "community:write", wish);
  const himself = (own: TestContact, wish = {}) =>
    callerOf(db, "contact:read", "community:write", { kind: "CONTACT", clearance: 2, ownContactId: own.id, ...wish });

  const input = (wish: object = {}) => ({
    lastName: "Kind",
    createLogin: false,
    legalMentionAcknowledged: true,
    ...wish,
  });

  async function codesOf(wish: object, context = operator()) {
    const { userErrors, contact } = await change(onBehalf, input(wish), context);
    expect(contact).to.equal(null);
    return userErrors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join(".")}`);
  }

  const mailsTo = async (contactId: string) =>
    (
      await db.owner.query(
        "SELECT id, template, locale, mail_status AS status FROM platform.mail WHERE contact_id = $1",
        [contactId],
      )
    ).rows;
  const shipmentsTo = async (contactId: string) =>
    (
      await db.owner.query(
        `SELECT shipment_kind AS kind, channel, organization, current_state AS state, recipient, subject,
           (SELECT count(*)::int FROM history.interaction i WHERE i.shipment_id = s.id) AS interactions
         FROM history.shipment s WHERE contact_id = $1`,
        [contactId],
      )
    ).rows;
  const houseName = async () =>
    (await db.owner.query("SELECT name FROM platform.institution WHERE id = $1", [db.home.id])).rows[0].name;
  const keyOf = async (opaqueId: string) => Buffer.from(opaqueId, "base64url").toString().split(":")[1]!;

  it("creates a public contact without a login in the owner's community (F58)", async () => {
    const owner = await db.insertContact({ lastName: "Lead" });

    const { contact, userErrors } = await change(onBehalf, input({ ownerId: owner.opaqueId }), operator());

    expect(userErrors).to.deep.equal([]);
    expect(contact).to.deep.include({
      displayName: "Kind",
      roles: ["PUBLIC"],
      confidentialityLevel: "FREE",
      internetAccount: null,
      communityLeads: { nodes: [{ id: owner.opaqueId }], totalCount: 1 },
    });
    const answer = await ask(await contactsSchema(), operator(), community, { id: owner.opaqueId });
    expect(answer.contact.community).to.deep.equal({
      owner: { id: owner.opaqueId },
      members: {
        nodes: [{ contact: { id: contact.id }, consentStatus: "ACTIVE", createdByOwner: true }],
        totalCount: 1,
      },
    });
    expect(await mailsTo(await keyOf(contact.id))).to.deep.equal([]);
  });

  it("is audited on both files, each entry naming the other contact (F27)", async () => {
    const owner = await db.insertContact();

    const { contact } = await change(onBehalf, input({ ownerId: owner.opaqueId }), operator());

    const id = await keyOf(contact.id);
    const entries = (await auditOf(db, owner.id)).map(({ entity, key, field, new: now }) => [entity, key, field, now]);
    expect(entries).to.deep.equal([["Connection", id, "community", "ACTIVE"]]);
    const ofMember = (await auditOf(db, id)).map(({ entity, key, field }) => [entity, key, field]);
    expect(ofMember).to.deep.include.members([
      ["Contact", null, "lastName"],
      ["Role", null, "roles"],
      ["Connection", owner.id, "community"],
    ]);
  });

  it("needs the owner's word that he informs the person, without a login, and shows the mention in any case (F60)", async () => {
    const { opaqueId: ownerId } = await db.insertContact();

    const refused = await change(onBehalf, input({ ownerId, legalMentionAcknowledged: false }), operator());
    const made = await change(onBehalf, input({ ownerId }), operator({ locale: "fr" }));

    expect(refused.userErrors[0]).to.deep.include({
      code: "LEGAL_MENTION_NOT_ACKNOWLEDGED",
      field: ["legalMentionAcknowledged"],
    });
    expect(refused.legalNotice.code).to.equal("CREATION_ON_BEHALF");
    expect(made.legalNotice.text).to.match(/dites-lui/);
    const withLogin = await change(onBehalf, input({ ownerId, createLogin: true, email: newEmail() }), operator());
    const { rows } = await db.owner.query(
      "SELECT notice_version AS version FROM contacts.community_member WHERE owner_id = $1 ORDER BY id",
      [await keyOf(ownerId)],
    );
    expect(withLogin.userErrors).to.deep.equal([]);
    expect(rows).to.deep.equal([{ version: 1 }, { version: null }]);
  });

  it("with a login gives an account, and sends the privacy information in the person's language (F59)", async () => {
    const { opaqueId: ownerId } = await db.insertContact();
    const email = newEmail();
    const server = await startMailServer();
    await db.owner.query(
      `INSERT INTO contacts.point_of_sale (institution_id, code, name, channels, policy_url, show_summary)
       VALUES ($1, 'SHOP', 'Shop', '{TICKET_SHOP}', 'https://house.example.org/privacy', false)`,
      [db.home.id],
    );

    const wish = {
      ownerId,
      firstName: "Ève",
      email,
      language: "es",
      createLogin: true,
      legalMentionAcknowledged: false,
    };
    const { contact, userErrors, legalNotice } = await change(onBehalf, input(wish), operator());
    const memberId = await keyOf(contact.id);
    const [mail] = await mailsTo(memberId);
    const [queued] = await shipmentsTo(memberId);
    const mails = smtpTransport(server.url, { name: "", address: "house@example.org" });
    const services = db.services({ mail: mails, ports: { history: historyPort } });
    const task = mailTask(services, [privacyMail]);
    await task.run({ institutionId: db.home.id, id: mail.id }, new AbortController().signal).finally(server.stop);

    expect([userErrors, legalNotice]).to.deep.equal([[], null]);
    expect(contact.internetAccount).to.deep.equal({ login: email });
    expect(mail).to.include({ template: "PRIVACY_INFORMATION", locale: "es" });
    expect((await mailsTo(memberId))[0]).to.include({ status: "SENT" });
    const shipment = { kind: "PRIVACY_INFORMATION", channel: "EMAIL", organization: null };
    expect(queued).to.deep.equal({ ...shipment, state: "QUEUED", recipient: null, subject: null, interactions: 0 });
    expect(await shipmentsTo(memberId)).to.deep.equal([
      { ...shipment, state: "SENT", recipient: email, subject: `Sus datos en ${await houseName()}`, interactions: 1 },
    ]);
    const [{ to, raw } = { to: [], raw: "" }] = server.received;
    expect(to).to.deep.equal([email]);
    expect(decoded(raw)).to.include("Hola, Ève Kind:").and.include("Puede consultar, rectificar y suprimir");
    expect(decoded(raw)).to.include("Nuestra política de privacidad: https://house.example.org/privacy\r\n");
  });

  it("sends no privacy information to who was anonymized before its turn", async () => {
    const { opaqueId: ownerId } = await db.insertContact();
    const { contact } = await change(onBehalf, input({ ownerId, email: newEmail(), createLogin: true }), operator());
    const memberId = await keyOf(contact.id);
    const [{ id }] = await mailsTo(memberId);

    await db.owner.query("UPDATE contacts.contact SET anonymized_at = now() WHERE id = $1", [memberId]);
    const task = mailTask(db.services({ ports: { history: historyPort } }), [privacyMail]);
    await task.run({ institutionId: db.home.id, id }, new AbortController().signal);

    expect((await mailsTo(memberId))[0]).to.include({ status: "CANCELLED" });
    expect((await shipmentsTo(memberId))[0]).to.include({ state: "FAILED", recipient: null, interactions: 0 });
  });

  it("with a login needs an e-mail address, and one that nobody visible logs in with", async () => {
    const { opaqueId: ownerId } = await db.insertContact();
    const email = newEmail();
    const login = { ownerId, createLogin: true };
    await change(onBehalf, input({ ...login, email }), operator());

    expect(await codesOf(login)).to.deep.equal(["EMAIL_REQUIRED_FOR_LOGIN email"]);
    expect(await codesOf({ ...login, email: "nowhere" })).to.deep.equal(["INVALID_EMAIL email"]);
    expect(await codesOf({ ...login, email })).to.deep.equal(["LOGIN_NOT_AVAILABLE email"]);
  });

  it("is refused to an owner who is blocked, invalid or anonymized, who is a structure, or whom nobody sees", async () => {
    const refusals: [ContactWish, string][] = [
      [{ validityEndDate: "2020-01-01" }, "OWNER_INVALID ownerId"],
      [{ anonymizedAt: new Date(0) }, "CONTACT_ANONYMIZED ownerId"],
      [{ structureName: "Haus" }, "FIELD_NOT_APPLICABLE ownerId"],
      [{ level: 1 }, "CONTACT_NOT_FOUND ownerId"],
    ];
    for (const [wish, refusal] of refusals)
      expect(await codesOf({ ownerId: (await db.insertContact(wish)).opaqueId })).to.deep.equal([refusal]);

    const blocked = await db.insertContact();
    await db.owner.query(
      "UPDATE contacts.contact SET blocked_since = '2026-01-01', blocked_reason = 'banned' WHERE id = $1",
      [blocked.id],
    );
    expect(await codesOf({ ownerId: blocked.opaqueId })).to.deep.equal(["OWNER_BLOCKED ownerId"]);
    expect(await codesOf({})).to.deep.equal(["FIELD_REQUIRED ownerId"]);
    expect(await codesOf({ ownerId: encodeId("Contact", "999999999") })).to.deep.equal(["CONTACT_NOT_FOUND ownerId"]);
  });

  it("checks what it is given as createContact does", async () => {
    const { opaqueId: ownerId } = await db.insertContact();
    const raisedLevels = new Map<string, Clearance>([["Contact.phone", 1]]);

    expect(await codesOf({ ownerId, lastName: " " })).to.deep.equal(["FIELD_REQUIRED lastName"]);
    expect(await codesOf({ ownerId, firstName: "Ana2" })).to.deep.equal(["INVALID_NAME firstName"]);
    expect(await codesOf({ ownerId, phone: "021 000" }, operator({ raisedLevels }))).to.deep.equal([
      "FIELD_NOT_AVAILABLE phone",
    ]);
  });

  it("fills a community with 200 members, and no more", async () => {
    const owner = await db.insertContact();
    await db.owner.query(
      `WITH member AS (
         INSERT INTO contacts.contact (institution_id, contact_type, last_name)
         SELECT $1, 'INDIVIDUAL', 'M' FROM generate_series(1, 200) RETURNING id)
       INSERT INTO contacts.community_member (institution_id, owner_id, member_id, created_by_owner)
       SELECT $1, $2, id, true FROM member`,
      [db.home.id, owner.id],
    );

    expect(await codesOf({ ownerId: owner.opaqueId })).to.deep.equal(["COMMUNITY_FULL ownerId"]);
  });

  describe("by the internet user himself", () => {
    it("creates in his own community, and shows him the new member at once", async () => {
      const owner = await db.insertContact();
      const context = himself(owner);

      const first = await change(onBehalf, input(), context);
      const second = await change(
        onBehalf,
        input({ ownerId: owner.opaqueId, email: newEmail(), createLogin: true }),
        context,
      );

      expect([first.userErrors, second.userErrors]).to.deep.equal([[], []]);
      expect(first.contact).to.deep.include({
        displayName: "Kind",
        communityLeads: { nodes: [{ id: owner.opaqueId }], totalCount: 1 },
      });
      const members = await ask(await contactsSchema(), context, community, { id: owner.opaqueId });
      expect(members.contact.community.members.totalCount).to.equal(2);
      expect((await auditOf(db, owner.id)).map(({ source }) => source)).to.deep.equal(["CONTACT", "CONTACT"]);
    });

    it("creates in nobody else's community, not even a member's", async () => {
      const [owner, member, other] = [await db.insertContact(), await db.insertContact(), await db.insertContact()];
      const context = himself(owner, { communityIds: [member.id] });

      for (const { opaqueId: ownerId } of [member, other])
        expect(await codesOf({ ownerId }, context)).to.deep.equal(["CONTACT_NOT_FOUND ownerId"]);
    });

    it("learns of nobody through a login that a contact has whom he does not see", async () => {
      const [stranger, owner] = [await db.insertContact(), await db.insertContact()];
      const email = newEmail();
      await change(onBehalf, input({ ownerId: stranger.opaqueId, email, createLogin: true }), operator());

      const { contact, userErrors } = await change(onBehalf, input({ email, createLogin: true }), himself(owner));

      expect(userErrors).to.deep.equal([]);
      expect(contact.internetAccount).to.deep.equal({ login: email });
    });

    it("answers a repeat alike, and creates once", async () => {
      const owner = await db.insertContact();
      const keyed = input({ idempotencyKey: "again" });

      const first = await change(onBehalf, keyed, himself(owner));
      const memberId = await keyOf(first.contact.id);
      const second = await change(onBehalf, keyed, himself(owner, { communityIds: [memberId] }));

      expect(second.contact).to.deep.equal(first.contact);
    });
  });
});

/** A quoted-printable text as it was before. */
function decoded(raw: string): string {
  const bytes = raw
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
