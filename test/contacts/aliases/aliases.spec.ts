import { expect } from "chai";
import { ask, codesOf } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { auditOf, callerOf, changer, contactsSchema } from "../support.js";

const errors = `userErrors { code field message elementIndex }`;
const alias = `alias provider maskedNumber expiryMonth expiryYear isExpired consentAt consentConfirmedBy`;
const add = `mutation ($input: AddPaymentAliasInput!) { addPaymentAlias(input: $input) {
  contact { version } paymentAlias { id ${alias} } legalNotice { code text } ${errors} } }`;
const remove = `mutation ($input: RemovePaymentAliasInput!) { removePaymentAlias(input: $input) {
  contact { version paymentAliases { id } } ${errors} } }`;
const read = `query ($id: ID!) { contact(id: $id) { paymentAliases { id ${alias} redactions { field requiredPermission } } } }`;

describe("payment aliases (F13, F14)", () => {
  const db = useDatabase();
  const { change, problemsOf } = changer(db);
  const seller = (wish = {}) => callerOf(db, "contact:read", "alias:write", { login: "till-3", ...wish });
  let tokens = 0;
  const wish = (contactId: string, more: object = {}) => ({
    contactId,
    alias: `tok_${++tokens}`,
    buyerConsentConfirmed: true,
    ...more,
  });

  async function aliasesOf(id: string, context = seller()) {
    return (await ask(await contactsSchema(), context, read, { id })).contact.paymentAliases;
  }

  it("are kept with the instant of the buyer's consent and who confirmed it", async () => {
    const { id, opaqueId } = await db.insertContact();
    const card = { provider: " Bank A ", maskedNumber: "**** 1111", expiryMonth: 3, expiryYear: 2026 };

    const { contact, paymentAlias, legalNotice } = await change(
      add,
      wish(opaqueId, { alias: "tok_a", ...card }),
      seller(),
    );

    expect(contact.version).to.equal(2);
    expect(paymentAlias).to.deep.include({
      ...{ ...card, provider: "Bank A", alias: "tok_a", isExpired: false },
      consentAt: db.clock.now().toISOString(),
      consentConfirmedBy: "till-3",
    });
    expect(legalNotice.code).to.equal("ALIAS_CONSENT");
    const entries = (await auditOf(db, id)).map(({ entity, field, old, new: now }) => [entity, field, old, now]);
    expect(entries).to.deep.equal([
      ["PaymentAlias", "alias", null, null],
      ["PaymentAlias", "provider", null, "Bank A"],
      ["PaymentAlias", "maskedNumber", null, "**** 1111"],
      ["PaymentAlias", "expiry", null, "2026-03"],
      ["PaymentAlias", "buyerConsentConfirmed", null, "true"],
    ]);
  });

  it("are not kept without the buyer's consent; the notice says what to ask", async () => {
    const { opaqueId } = await db.insertContact();
    const { buyerConsentConfirmed: _, ...unsaid } = wish(opaqueId);

    for (const input of [unsaid, { ...unsaid, buyerConsentConfirmed: false }]) {
      const refused = await change(add, input, seller());
      expect(refused.userErrors[0]).to.deep.include({
        code: "BUYER_CONSENT_REQUIRED",
        field: ["buyerConsentConfirmed"],
      });
      expect(refused.legalNotice.text).to.match(/^Ask the buyer/);
    }
    expect(await aliasesOf(opaqueId)).to.deep.equal([]);
  });

  it("are never card numbers, in no text of the input, and the refusal does not repeat them", async () => {
    const { opaqueId } = await db.insertContact();
    const number = "4111111111111111";

    for (const more of [
      { alias: number },
      { alias: "4111-1111-1111-1111" },
      { provider: `Bank ${number}` },
      { maskedNumber: "4111 1111 1111 1111" },
      { idempotencyKey: `k${number}` },
    ]) {
      const refused = await change(add, wish(opaqueId, more), seller());
      expect(refused.userErrors[0]).to.deep.include({ code: "CARD_NUMBER_REFUSED", field: [Object.keys(more)[0]] });
      expect(JSON.stringify(refused)).not.to.include("1111");
    }
    expect(await aliasesOf(opaqueId)).to.deep.equal([]);
    const { rows } = await db.owner.query("SELECT FROM platform.idempotency_key WHERE key LIKE '%4111%'");
    expect(rows).to.deep.equal([]);
  });

  it("have a token, the last four digits at most, and a whole expiry", async () => {
    const { opaqueId } = await db.insertContact();
    const refused: [object, string][] = [
      [{ alias: " " }, "INVALID_ALIAS alias"],
      [{ alias: "two words" }, "INVALID_ALIAS alias"],
      [{ alias: "x".repeat(129) }, "INVALID_ALIAS alias"],
      [{ provider: "x".repeat(61) }, "VALUE_TOO_LONG provider"],
      [{ maskedNumber: "411111****1111" }, "INVALID_MASKED_NUMBER maskedNumber"],
      [{ maskedNumber: "111" }, "INVALID_MASKED_NUMBER maskedNumber"],
      [{ expiryMonth: 13, expiryYear: 2030 }, "INVALID_EXPIRY expiryMonth"],
      [{ expiryMonth: 1, expiryYear: 30 }, "INVALID_EXPIRY expiryMonth"],
      [{ expiryYear: 2030 }, "INVALID_EXPIRY expiryMonth"],
    ];

    for (const [more, problem] of refused)
      expect(await problemsOf(add, wish(opaqueId, more), seller()), JSON.stringify(more)).to.deep.equal([problem]);
  });

  it("are several for a contact, the oldest first, and show when they have expired", async () => {
    const { opaqueId } = await db.insertContact();
    for (const expiryMonth of [2, 3]) await change(add, wish(opaqueId, { expiryMonth, expiryYear: 2026 }), seller());
    await change(add, wish(opaqueId), seller());

    expect((await aliasesOf(opaqueId)).map(({ isExpired }: { isExpired: boolean }) => isExpired)).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it("are at most twenty, and each is one contact's", async () => {
    const { opaqueId } = await db.insertContact();
    const other = await db.insertContact();
    const first = wish(opaqueId);
    await change(add, first, seller());
    for (let count = 1; count < 20; count++) await change(add, wish(opaqueId), seller());

    expect(await problemsOf(add, wish(opaqueId), seller())).to.deep.equal(["TOO_MANY_ALIASES contactId"]);
    expect(await problemsOf(add, { ...first, contactId: other.opaqueId }, seller())).to.deep.equal([
      "ALIAS_EXISTS alias",
    ]);
  });

  it("tell nobody of an alias whose contact he does not see (F05)", async () => {
    const hidden = await db.insertContact({ level: 1 });
    const seen = await db.insertContact();
    const input = wish(hidden.opaqueId);
    await change(add, input, seller({ clearance: 1 }));

    const { userErrors } = await change(add, { ...input, contactId: seen.opaqueId }, seller());

    expect(userErrors).to.deep.equal([]);
  });

  it("are removed, with an audit; a second time there is none", async () => {
    const { id, opaqueId } = await db.insertContact();
    const { paymentAlias } = await change(add, wish(opaqueId, { provider: "Bank" }), seller());

    const { contact } = await change(remove, { id: paymentAlias.id, idempotencyKey: "bye" }, seller());

    expect(contact).to.deep.equal({ version: 3, paymentAliases: [] });
    expect((await change(remove, { id: paymentAlias.id, idempotencyKey: "bye" }, seller())).contact).to.deep.equal(
      contact,
    );
    expect(await problemsOf(remove, { id: paymentAlias.id }, seller())).to.deep.equal(["PAYMENT_ALIAS_NOT_FOUND id"]);
    const removed = (await auditOf(db, id)).slice(-3).map(({ field, old, new: now }) => [field, old, now]);
    expect(removed).to.deep.equal([
      ["alias", null, null],
      ["provider", "Bank", null],
      ["buyerConsentConfirmed", "true", null],
    ]);
  });

  it("answer for an invisible contact as for an unknown one, and not for an anonymized one (F05)", async () => {
    const { opaqueId: hidden, id } = await db.insertContact({ level: 1 });
    const { paymentAlias } = await change(add, wish(hidden), seller({ clearance: 1 }));
    const unknown = (type: string) => Buffer.from(`${type}:999999999`).toString("base64url");

    expect(await change(remove, { id: paymentAlias.id }, seller())).to.deep.equal(
      await change(remove, { id: unknown("PaymentAlias") }, seller()),
    );
    expect(await change(add, wish(hidden), seller())).to.deep.equal(
      await change(add, wish(unknown("Contact")), seller()),
    );
    await db.owner.query("UPDATE contacts.contact SET anonymized_at = now() WHERE id = $1", [id]);
    expect(await problemsOf(remove, { id: paymentAlias.id }, seller({ clearance: 1 }))).to.deep.equal([
      "CONTACT_ANONYMIZED id",
    ]);
  });

  it("show their token to who may charge with it only, and nothing when they are withheld", async () => {
    const { opaqueId } = await db.insertContact();
    await change(add, wish(opaqueId, { maskedNumber: "1234" }), seller());

    const [shown] = await aliasesOf(opaqueId, callerOf(db, "contact:read"));
    expect(shown).to.deep.include({ alias: null, maskedNumber: "1234" });
    expect(shown.redactions).to.deep.equal([{ field: "alias", requiredPermission: "alias:write" }]);
    const raised = seller({ raisedLevels: new Map([["Contact.paymentAliases", 1]]) });
    expect(await aliasesOf(opaqueId, raised)).to.equal(null);
    expect(await problemsOf(add, wish(opaqueId), raised)).to.deep.equal(["FIELD_NOT_AVAILABLE alias"]);
    expect(await problemsOf(remove, { id: shown.id }, raised)).to.deep.equal(["FIELD_NOT_AVAILABLE id"]);
    const writer = callerOf(db, "contact:read", "contact:write");
    expect(await codesOf(await contactsSchema(), writer, remove, { input: { id: shown.id } })).to.deep.equal([
      "FORBIDDEN",
    ]);
  });
});
