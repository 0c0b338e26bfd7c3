import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { useDatabase } from "../../support/database.js";
import { ask, contextOf } from "../graph.js";
import { fieldsOf } from "./ledgers.js";

describe("wordings of authorizations", () => {
  const db = useDatabase();

  const publisher = () => contextOf(db, "contact:read", "wording:admin", "authorization:write", { login: "dpo" });

  async function publish(
    input: { code?: string; locale: string; text: string; idempotencyKey?: string },
    context: OperationContext = publisher(),
  ) {
    const document = `mutation ($input: PublishWordingInput!) {
      publishWording(input: $input) {
        wording { code locale version text publishedAt } userErrors { code field } warnings { code }
      }
    }`;
    const { data, errors } = await ask(context, document, { input: { code: "INSTITUTION_EMAIL", ...input } });
    if (errors) throw errors[0];
    return data?.publishWording;
  }

  const agree = async (contactId: string, wording: { locale: string; version: number }, code = "INSTITUTION_EMAIL") => {
    const document = `mutation ($input: SetAuthorizationsInput!) {
      setAuthorizations(input: $input) { contact { id } userErrors { code field elementIndex } }
    }`;
    const input = { contactId, authorizations: [{ code, value: "TRUE", wording }] };
    return (await ask(publisher(), document, { input })).data?.setAuthorizations;
  };

  it("count their versions up, in each language of each code", async () => {
    const versionOf = async (code: string, locale: string, text: string) =>
      (await publish({ code, locale, text })).wording.version;

    expect(await versionOf("SMS", "en", "One")).to.equal(1);
    expect(await versionOf("SMS", "en", "Two")).to.equal(2);
    expect(await versionOf("SMS", "fr", "Un")).to.equal(1);
    expect(await versionOf("PHONE", "en", "One")).to.equal(1);
    expect(await versionOf("SMS", "en", " Two\n"), "the same text again").to.equal(2);
  });

  it("each get a version of their own when they come at once", async () => {
    const texts = ["a", "b", "c", "d"];

    await Promise.all(texts.map((text) => publish({ code: "THIRD_PARTY_TRANSFER", locale: "es", text })));

    const { rows } = await db.owner.query<{ version: number }>(
      "SELECT version FROM marketing.authorization_wording WHERE code = 'THIRD_PARTY_TRANSFER' AND institution_id = $1 ORDER BY 1",
      [db.home.id],
    );
    expect(rows.map(({ version }) => version)).to.deep.equal([1, 2, 3, 4]);
  });

  it("stand in the ledger with what was agreed to, and keep their text when a new one is published", async () => {
    const { opaqueId } = await db.insertContact();
    const { wording } = await publish({ locale: "fr", text: "Oui, écrivez-moi." });

    const payload = await agree(opaqueId, { locale: "fr", version: wording.version });
    await publish({ locale: "fr", text: "Écrivez-moi donc." });

    expect(payload.userErrors).to.deep.equal([]);
    const fields = "authorizationHistory(first: 5) { nodes { code wording { locale version text } } }";
    const { authorizationHistory } = await fieldsOf(publisher(), opaqueId, fields);
    expect(authorizationHistory.nodes).to.deep.equal([
      { code: "EMAIL", wording: null },
      { code: "INSTITUTION_EMAIL", wording: { locale: "fr", version: wording.version, text: "Oui, écrivez-moi." } },
    ]);
  });

  it("are refused when there are none such: another version, language or code", async () => {
    const { opaqueId } = await db.insertContact();
    const { wording } = await publish({ code: "LETTER", locale: "en", text: "By letter?" });
    const { version } = wording;

    for (const [shown, code] of [
      [{ locale: "en", version: version + 1 }, "LETTER"],
      [{ locale: "es", version }, "LETTER"],
      [{ locale: "xx", version }, "LETTER"],
      [{ locale: "en", version }, "PARTNER_COMMUNICATION"],
    ] as const) {
      expect(await agree(opaqueId, shown, code)).to.deep.equal({
        contact: null,
        userErrors: [{ code: "WORDING_NOT_FOUND", field: ["authorizations", "wording"], elementIndex: 0 }],
      });
    }
  });

  it("are found: those in force, and any version", async () => {
    await publish({ code: "PARTNER_COMMUNICATION", locale: "en", text: "Old?" });
    await publish({ code: "PARTNER_COMMUNICATION", locale: "en", text: "New?" });
    await publish({ code: "PARTNER_COMMUNICATION", locale: "es", text: "¿Nuevo?" });

    const { data } = await ask(
      contextOf(db, "contact:read"),
      `{ inForce: authorizationWordings(code: PARTNER_COMMUNICATION) { locale version text }
         spanish: authorizationWordings(code: PARTNER_COMMUNICATION, locale: "es") { text }
         first: authorizationWording(code: PARTNER_COMMUNICATION, locale: "en", version: 1) { text }
         none: authorizationWording(code: PARTNER_COMMUNICATION, locale: "en", version: 9) { text } }`,
    );

    expect(data).to.deep.equal({
      inForce: [
        { locale: "en", version: 2, text: "New?" },
        { locale: "es", version: 1, text: "¿Nuevo?" },
      ],
      spanish: [{ text: "¿Nuevo?" }],
      first: { text: "Old?" },
      none: null,
    });
  });

  it("are refused when nobody could read them", async () => {
    const codesOf = async (locale: string, text: string) =>
      (await publish({ locale, text })).userErrors.map(({ code, field }: { code: string; field: string[] }) => [
        code,
        field.join("."),
      ]);

    expect(await codesOf("de", "Ja")).to.deep.equal([["UNKNOWN_LOCALE", "locale"]]);
    expect(await codesOf("en", "  ")).to.deep.equal([["FIELD_REQUIRED", "text"]]);
    expect(await codesOf("en", "x".repeat(4_001))).to.deep.equal([["VALUE_TOO_LONG", "text"]]);
    expect(await codesOf("en", "a\u0000b")).to.deep.equal([["INVALID_CHARACTERS", "text"]]);
    expect(await codesOf("en", "a\u202Eb")).to.deep.equal([["INVALID_CHARACTERS", "text"]]);
    expect(await codesOf("en", "Two\nlines")).to.deep.equal([]);
  });

  it("are published once per idempotency key, and only with the permission wording:admin", async () => {
    const input = { code: "EMAIL", locale: "en", text: "Mail?", idempotencyKey: "w1" };
    await publish(input);
    await publish({ ...input, text: "Other?", idempotencyKey: "w2" });

    const repeat = await publish(input);
    const error = await publish(input, contextOf(db, "contact:read", "authorization:write")).catch((reason) => reason);

    expect(repeat.wording).to.include({ version: 2, text: "Other?" });
    expect(error.extensions).to.include({ code: "FORBIDDEN", permission: "wording:admin" });
  });

  it("of another institution are not there", async () => {
    const institution = await db.institution();
    const { opaqueId } = await db.insertContact();
    const there = contextOf(db, "contact:read", "wording:admin", { institution });
    await publish({ code: "PHONE", locale: "es", text: "¿Por teléfono?" }, there);

    expect((await agree(opaqueId, { locale: "es", version: 1 }, "PHONE")).userErrors[0].code).to.equal(
      "WORDING_NOT_FOUND",
    );
  });
});

describe("consentReceipt", () => {
  const db = useDatabase();
  const writer = () => contextOf(db, "contact:read", "wording:admin", "authorization:write");

  it("says what was agreed to and refused, when, how and by which words, as JSON", async () => {
    const { opaqueId } = await db.insertContact();
    const text = 'Write to me: "news" & more';
    await ask(
      writer(),
      `mutation ($text: String!) {
      publishWording(input: { code: SMS, locale: "en", text: $text }) { wording { version } } }`,
      { text },
    );
    await ask(
      writer(),
      `mutation ($id: ID!) { setAuthorizations(input: { contactId: $id, authorizations: [
        { code: SMS, value: TRUE, wording: { locale: "en", version: 1 } }, { code: LETTER, value: FALSE },
        { code: INSTITUTION_EMAIL, value: TRUE }] }) { userErrors { code } } }`,
      { id: opaqueId },
    );
    db.clock.advance(60_000);

    const document = `query ($id: ID!) { consentReceipt(contactId: $id) { contactId issuedAt json } }`;
    const { data } = await ask(writer(), document, { id: opaqueId });

    const { contactId, issuedAt, json } = data!.consentReceipt;
    const receipt = JSON.parse(json);
    expect([contactId, issuedAt]).to.deep.equal([opaqueId, "2026-03-10T09:01:00.000Z"]);
    expect(receipt).to.deep.include({
      schema: "contact-file-graph/consent-receipt/1",
      issuedAt: "2026-03-10T09:01:00.000Z",
      institution: { code: db.home.code, name: receipt.institution.name },
      contact: { id: opaqueId },
    });
    const since = "2026-03-10T09:00:00.000Z";
    const common = { since, source: "OPERATOR", actorKind: "OPERATOR" };
    const entries = receipt.authorizations.map(({ eventId, ...rest }: { eventId: string }) => {
      expect(eventId).to.be.a("string");
      return rest;
    });
    expect(entries).to.deep.equal([
      { code: "INSTITUTION_EMAIL", value: "TRUE", ...common, isAutomatic: false, wording: null },
      { code: "EMAIL", value: "TRUE", ...common, isAutomatic: true, wording: null },
      {
        ...{ code: "SMS", value: "TRUE", ...common, isAutomatic: false },
        wording: { locale: "en", version: 1, publishedAt: since, text },
      },
      { code: "LETTER", value: "FALSE", ...common, isAutomatic: false, wording: null },
    ]);
  });

  it("is there for nobody who has none: structures, the anonymized, the unknown, and whoever may not read them", async () => {
    const structure = await db.insertContact({ structureName: "School" });
    const gone = await db.insertContact({ anonymizedAt: db.clock.now() });
    const person = await db.insertContact();
    const document = `query ($id: ID!) { consentReceipt(contactId: $id) { json } }`;
    const raisedLevels = new Map([["Contact.authorizations", 1 as const]]);

    for (const id of [structure.opaqueId, gone.opaqueId, "Q29udGFjdDow", "nothing"])
      expect((await ask(writer(), document, { id })).data).to.deep.equal({ consentReceipt: null });
    const withheld = contextOf(db, "contact:read", { raisedLevels });
    expect((await ask(withheld, document, { id: person.opaqueId })).data).to.deep.equal({ consentReceipt: null });
  });
});
