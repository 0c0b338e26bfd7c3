import { expect } from "chai";
import { createPrivacyPort } from "../../../src/privacy/index.js";
import { ask, codesOf } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import type { ContactWish } from "../../support/rows.js";
import { auditOf, callerOf, changer, contactsSchema } from "../support.js";

const errors = `userErrors { code field message elementIndex }`;
const account = `contact { version internetAccount { login createdAt disabledAt } }`;
const create = `mutation ($input: CreateInternetAccountInput!) { createInternetAccount(input: $input) { ${account} ${errors} } }`;
const disable = `mutation ($input: DisableInternetAccountInput!) { disableInternetAccount(input: $input) { ${account} ${errors} } }`;
const eligibility = `query ($id: ID!) { loginEligibility(contactId: $id) { eligible reasons } }`;

describe("internet accounts", () => {
  const db = useDatabase();
  const { writer, change, problemsOf } = changer(db);
  let logins = 0;
  const newLogin = () => `login-${++logins}@example.org`;

  async function withAccount(wish: ContactWish = {}, login = newLogin()) {
    const contact = await db.insertContact(wish);
    const { userErrors } = await change(create, { contactId: contact.opaqueId, login }, writer({ clearance: 2 }));
    expect(userErrors).to.deep.equal([]);
    return { ...contact, login };
  }

  async function loginEligibility(id: string, clearance: 0 | 2 = 0) {
    const answer = await ask(await contactsSchema(), callerOf(db, "contact:read", { clearance }), eligibility, { id });
    return answer.loginEligibility;
  }

  it("are created, with an audit, and let the contact log in", async () => {
    const { id, opaqueId: contactId } = await db.insertContact();

    const { contact } = await change(create, { contactId, login: " Ana@Example.org " });

    expect(contact).to.deep.equal({
      version: 2,
      internetAccount: { login: "Ana@Example.org", createdAt: db.clock.now().toISOString(), disabledAt: null },
    });
    expect(await loginEligibility(contactId)).to.deep.equal({ eligible: true, reasons: [] });
    expect((await auditOf(db, id)).map(({ entity, field, old, new: now }) => [entity, field, old, now])).to.deep.equal([
      ["InternetAccount", "login", null, "Ana@Example.org"],
    ]);
  });

  it("stay as they are when the same is asked again; another login is refused", async () => {
    const { id, opaqueId: contactId, login } = await withAccount();

    const again = await change(create, { contactId, login: login.toUpperCase() });

    expect(again.contact.version).to.equal(2);
    expect(await problemsOf(create, { contactId, login: newLogin() })).to.deep.equal(["ACCOUNT_EXISTS login"]);
    expect(await auditOf(db, id)).to.have.lengthOf(1);
  });

  it("have an e-mail address for a login, and none is a structure's (F33)", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const structure = await db.insertContact({ structureName: "École" });

    expect(await problemsOf(create, { contactId, login: "ana" })).to.deep.equal(["INVALID_EMAIL login"]);
    expect(await problemsOf(create, { contactId: structure.opaqueId, login: newLogin() })).to.deep.equal([
      "FIELD_NOT_APPLICABLE login",
    ]);
  });

  it("share no login among public contacts, whatever its capitals (3.2)", async () => {
    const { login } = await withAccount();
    const { opaqueId: contactId } = await db.insertContact();
    const relay = await db.insertContact({ roles: ["RELAY"] });

    expect(await problemsOf(create, { contactId, login: login.toUpperCase() })).to.deep.equal([
      "LOGIN_NOT_AVAILABLE login",
    ]);
    expect((await change(create, { contactId: relay.opaqueId, login })).userErrors).to.deep.equal([]);
    expect(await loginEligibility(relay.opaqueId)).to.deep.equal({ eligible: true, reasons: [] });
  });

  it("give a login to one of two who ask at once", async () => {
    const contacts = await Promise.all([db.insertContact(), db.insertContact()]);
    const login = newLogin();

    const answers = await Promise.all(contacts.map(({ opaqueId }) => change(create, { contactId: opaqueId, login })));

    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code));
    expect(codes).to.deep.equal(["LOGIN_NOT_AVAILABLE"]);
  });

  it("tell nobody of a login whose contact he does not see; who sees both finds the younger shut out (F05)", async () => {
    const hidden = await withAccount({ level: 2 });
    const { opaqueId: contactId } = await db.insertContact();
    db.clock.advance(1_000);

    const { userErrors } = await change(create, { contactId, login: hidden.login });

    expect(userErrors).to.deep.equal([]);
    expect(await loginEligibility(contactId)).to.deep.equal({ eligible: true, reasons: [] });
    expect(await loginEligibility(contactId, 2)).to.deep.equal({ eligible: false, reasons: ["LOGIN_TAKEN"] });
    expect(await loginEligibility(hidden.opaqueId, 2)).to.deep.equal({ eligible: true, reasons: [] });
    expect(await loginEligibility(hidden.opaqueId)).to.equal(null);
  });

  it("are disabled once, with the first instant, and free their login", async () => {
    const { id, opaqueId: contactId, login } = await withAccount();
    const disabledAt = db.clock.now().toISOString();
    await change(disable, { contactId });
    db.clock.advance(60_000);

    const { contact } = await change(disable, { contactId });

    expect(contact).to.deep.include({ version: 3 });
    expect(contact.internetAccount.disabledAt).to.equal(disabledAt);
    expect(await loginEligibility(contactId)).to.deep.equal({ eligible: false, reasons: ["DISABLED"] });
    expect((await auditOf(db, id)).map(({ field, new: now }) => [field, now])).to.deep.equal([
      ["login", login],
      ["disabledAt", disabledAt],
    ]);
    await withAccount({}, login);
    expect(await problemsOf(create, { contactId, login })).to.deep.equal(["LOGIN_NOT_AVAILABLE login"]);
    expect((await change(create, { contactId, login: newLogin() })).contact.internetAccount.disabledAt).to.equal(null);
  });

  it("can only be disabled where there is one", async () => {
    const { opaqueId: contactId } = await db.insertContact();

    expect(await problemsOf(disable, { contactId })).to.deep.equal(["ACCOUNT_NOT_FOUND contactId"]);
    expect(await loginEligibility(contactId)).to.deep.equal({ eligible: false, reasons: ["NO_ACCOUNT"] });
  });

  it("let nobody log in whose validity has ended, and let him again when it is given back (F07)", async () => {
    const { opaqueId: id } = await withAccount();
    const end = `mutation ($input: SetValidityEndDateInput!) { setValidityEndDate(input: $input) { contact { id } ${errors} } }`;

    await change(end, { id, validityEndDate: "2026-01-31" });
    const ended = await loginEligibility(id);
    await change(end, { id, validityEndDate: null });

    expect(ended).to.deep.equal({ eligible: false, reasons: ["INVALID"] });
    expect(await loginEligibility(id)).to.deep.equal({ eligible: true, reasons: [] });
  });

  it("answer every mutation on an invisible contact as on an unknown one (F05)", async () => {
    const { opaqueId: hidden } = await withAccount({ level: 1 });
    const unknown = Buffer.from("Contact:999999999").toString("base64url");

    for (const [mutation, more] of [
      [create, { login: newLogin() }],
      [disable, {}],
    ] as const) {
      const refused = await change(mutation, { contactId: hidden, ...more });
      expect(refused).to.deep.equal(await change(mutation, { contactId: unknown, ...more }));
      expect(refused.userErrors[0].code).to.equal("CONTACT_NOT_FOUND");
    }
  });

  for (const [field, why] of [
    ["roles", "that a refusal would tell of"],
    ["email", "that a login is"],
  ])
    it(`are withheld together with the ${field} ${why}`, async () => {
      const { opaqueId: contactId, login } = await withAccount();
      const raised = writer({ raisedLevels: new Map([[`Contact.${field}`, 1]]) });

      expect(await problemsOf(create, { contactId, login }, raised)).to.deep.equal(["FIELD_NOT_AVAILABLE login"]);
      expect(await problemsOf(disable, { contactId }, raised)).to.deep.equal(["FIELD_NOT_AVAILABLE contactId"]);
      expect(await codesOf(await contactsSchema(), raised, eligibility, { id: contactId })).to.deep.equal([
        "FIELD_NOT_AVAILABLE",
      ]);
      const query = `query ($id: ID!) { contact(id: $id) { internetAccount { login } } }`;
      expect(await ask(await contactsSchema(), raised, query, { id: contactId })).to.deep.equal({
        contact: { internetAccount: null },
      });
    });

  it("that are disabled end what the contact's tokens may", async () => {
    const { opaqueId, id } = await withAccount();
    const claims = {
      subject: opaqueId,
      kind: "CONTACT" as const,
      institution: db.home.code,
      organizations: [],
      roles: [],
      permissions: [],
      clearance: 0 as const,
    };
    expect((await createPrivacyPort(db.services()).callerOf(claims))?.ownContactId).to.equal(id);

    await change(disable, { contactId: opaqueId });

    expect(await createPrivacyPort(db.services()).callerOf(claims)).to.equal(null);
  });
});
