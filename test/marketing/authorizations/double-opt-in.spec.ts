import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { set } from "../changes.js";
import { ask } from "../graph.js";
import { activityOf, brokenChains, fieldsOf, rowAndLedger } from "./ledgers.js";
import { type LinkPages, startLinkPages } from "./link-pages.js";

const dayMs = 86_400_000;

describe("double opt-in (domain 3.5)", () => {
  const db = useDatabase();
  let pages: LinkPages;
  before(async () => {
    pages = await startLinkPages(db);
  });
  after(() => pages.stop());
  beforeEach(() => db.clock.set("2026-03-10T09:00:00.000Z"));

  const post = (url: string) => fetch(url, { method: "POST" });
  const valuesOf = async (id: string) => (await rowAndLedger(db, [id]))[0]!.row;
  const nothing = "empty empty empty empty empty empty empty";

  /** A contact who was asked, and the link that he got. */
  async function asked(codes = ["INSTITUTION_EMAIL"], more: object = {}) {
    const contact = await db.insertContact({ email: `ada-${Math.random()}@example.org` });
    expect(await pages.request(pages.writer(), { contactId: contact.opaqueId, codes, ...more })).to.deep.equal([]);
    expect(await pages.send()).to.equal(1);
    return { ...contact, link: pages.lastLink() };
  }

  it("counts only after the contact has confirmed: neither when asked, nor sent, nor looked at", async () => {
    const { id, link } = await asked();

    const page = await fetch(link);
    const html = await page.text();
    const looked = await valuesOf(id);
    const done = await post(link);

    expect(page.status).to.equal(200);
    expect(html).to.include('<form method="post">').and.to.include("I agree").and.to.include("E-mails of House");
    expect(looked).to.equal(nothing);
    expect(done.status).to.equal(200);
    expect(await done.text()).to.include("Your agreement is recorded.");
    expect(await valuesOf(id)).to.equal("true empty empty true empty empty empty");
  });

  it("stands in the ledger as the contact's own word, by DOUBLE_OPT_IN, and counts as activity (5.4, F70)", async () => {
    const { id, opaqueId, link } = await asked(["INSTITUTION_EMAIL", "SMS"]);

    await post(link);

    const fields = "authorizationHistory(first: 5) { nodes { code newValue source actor actorKind isAutomatic } }";
    const { authorizationHistory } = await fieldsOf(pages.writer(), opaqueId, fields);
    const common = { newValue: "TRUE", source: "DOUBLE_OPT_IN", actor: opaqueId, actorKind: "CONTACT" };
    expect(authorizationHistory.nodes.toReversed()).to.deep.equal([
      { ...common, code: "INSTITUTION_EMAIL", isAutomatic: false },
      { ...common, code: "EMAIL", isAutomatic: true },
      { ...common, code: "SMS", isAutomatic: false },
    ]);
    expect(await activityOf(db, id)).to.deep.equal(["2026-03-10 AUTHORIZATION DOUBLE_OPT_IN"]);
  });

  it("proves what somebody else had recorded before: the receipt names the contact's own word (5.1)", async () => {
    const contact = await db.insertContact({ email: "told@example.org" });
    await set(pages.writer(), contact.opaqueId, { SMS: "TRUE", PHONE: "FALSE" });
    db.clock.advance(dayMs);
    await pages.request(pages.writer(), { contactId: contact.opaqueId, codes: ["SMS", "LETTER"] });
    await pages.send();
    const before = await valuesOf(contact.id);

    await post(pages.lastLink());

    const { data } = await ask(pages.writer(), "query ($id: ID!) { consentReceipt(contactId: $id) { json } }", {
      id: contact.opaqueId,
    });
    const { authorizations } = JSON.parse(data?.consentReceipt.json) as { authorizations: Record<string, unknown>[] };
    const said = authorizations.map(({ code, value, since, source, actorKind }) => [
      code,
      value,
      since,
      source,
      actorKind,
    ]);
    expect(said).to.deep.equal([
      ["SMS", "TRUE", "2026-03-11T09:00:00.000Z", "DOUBLE_OPT_IN", "CONTACT"],
      ["PHONE", "FALSE", "2026-03-10T09:00:00.000Z", "OPERATOR", "OPERATOR"],
      ["LETTER", "TRUE", "2026-03-11T09:00:00.000Z", "DOUBLE_OPT_IN", "CONTACT"],
    ]);
    const fields = "authorizationHistory(first: 2) { nodes { code oldValue newValue } }";
    const { authorizationHistory } = await fieldsOf(pages.writer(), contact.opaqueId, fields);
    expect(authorizationHistory.nodes).to.deep.equal([
      { code: "LETTER", oldValue: "EMPTY", newValue: "TRUE" },
      { code: "SMS", oldValue: "TRUE", newValue: "TRUE" },
    ]);
    expect([before, await valuesOf(contact.id)]).to.deep.equal([
      "empty empty empty empty true false empty",
      "empty empty empty empty true false true",
    ]);
    expect(await brokenChains(db)).to.equal(0);
  });

  it("is no activity where it changes nothing (A8, F70)", async () => {
    const { id, opaqueId } = await db.insertContact({ email: "same@example.org" });
    await set(pages.writer(), opaqueId, { SMS: "TRUE" });
    db.clock.advance(dayMs);
    await pages.request(pages.writer(), { contactId: opaqueId, codes: ["SMS"] });
    await pages.send();

    expect((await post(pages.lastLink())).status).to.equal(200);

    expect(await activityOf(db, id)).to.deep.equal(["2026-03-10 AUTHORIZATION OPERATOR"]);
  });

  it("shows the wording in force when it was asked for, in mail, page and ledger", async () => {
    const publish = (text: string) =>
      ask(
        pages.writer("wording:admin"),
        `mutation ($text: String!) { publishWording(input: { code: LETTER, locale: "fr", text: $text }) { wording { version } } }`,
        { text },
      );
    await publish("Écrivez-moi <par lettre> & plus");
    const { opaqueId, link } = await asked(["LETTER"], { locale: "fr" });
    await publish("Un autre texte");

    const html = await (await fetch(link, { headers: { "accept-language": "es" } })).text();
    await post(link);

    expect(html).to.include('lang="fr"').and.to.include("Écrivez-moi &lt;par lettre&gt; &amp; plus");
    const fields = "authorizationHistory(first: 1) { nodes { wording { locale version text } } }";
    const { authorizationHistory } = await fieldsOf(pages.writer(), opaqueId, fields);
    expect(authorizationHistory.nodes[0].wording).to.deep.equal({
      ...{ locale: "fr", version: 1 },
      text: "Écrivez-moi <par lettre> & plus",
    });
  });

  it("sends a plain mail to the contact's address alone, in the language that was asked for", async () => {
    const { id } = await asked(["SMS"], { locale: "es" });

    const { to, raw } = pages.mails.received.at(-1)!;
    const { rows } = await db.owner.query("SELECT email FROM contacts.contact WHERE id = $1", [id]);
    expect(to).to.deep.equal([rows[0].email]);
    expect(raw).to.include("Auto-Submitted: auto-generated").and.to.include("Content-Type: text/plain");
    expect(raw).to.match(/Subject: .*Confirme/);
  });

  it("works once: what was withdrawn afterwards stays so, whoever finds the link", async () => {
    const { id, opaqueId, link } = await asked();
    await post(link);
    await set(pages.writer(), opaqueId, { INSTITUTION_EMAIL: "FALSE" });

    const [again, look] = [await post(link), await fetch(link)];

    expect([again.status, look.status]).to.deep.equal([410, 410]);
    expect(await valuesOf(id)).to.match(/^false /);
  });

  it("is confirmed once when two come at the same time", async () => {
    const { id, link } = await asked(["SMS"]);

    const answers = await Promise.all([post(link), post(link), post(link)]);

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 410, 410]);
    const { rows } = await db.owner.query("SELECT FROM marketing.authorization_event WHERE contact_id = $1", [id]);
    expect(rows).to.have.length(1);
  });

  it("ends after seven days", async () => {
    const { id, link } = await asked();

    db.clock.advance(7 * dayMs - 1);
    const open = await fetch(link);
    db.clock.advance(1);
    const [late, look] = [await post(link), await fetch(link)];

    expect([open.status, late.status, look.status]).to.deep.equal([200, 410, 410]);
    expect(await valuesOf(id)).to.equal(nothing);
  });

  it("is worth nothing once the contact has another address, is invalid or anonymized (F07)", async () => {
    for (const change of [
      "email = 'other@example.org'",
      "email = NULL",
      "validity_end_date = '2026-03-09'",
      "anonymized_at = '2026-03-10T08:00:00Z'",
    ]) {
      const { id, link } = await asked();
      await db.owner.query(`UPDATE contacts.contact SET ${change} WHERE id = $1`, [id]);

      expect((await post(link)).status, change).to.equal(410);
      expect(await valuesOf(id), change).to.equal(nothing);
    }
  });

  it("is not even sent when it could not be confirmed any more", async () => {
    const { id, opaqueId } = await db.insertContact({ email: "soon@example.org" });
    await pages.request(pages.writer(), { contactId: opaqueId, codes: ["SMS"] });
    await db.owner.query("UPDATE contacts.contact SET email = 'later@example.org' WHERE id = $1", [id]);

    expect(await pages.send()).to.equal(0);

    const { rows } = await db.owner.query("SELECT mail_status AS status FROM platform.mail WHERE contact_id = $1", [
      id,
    ]);
    expect(rows).to.deep.equal([{ status: "CANCELLED" }]);
  });

  it("reaches a confidential contact too: the link is his own (F05)", async () => {
    const { id, opaqueId } = await db.insertContact({ email: "vip@example.org", level: 2 });
    await pages.request(pages.writer({ clearance: 2 }), { contactId: opaqueId, codes: ["SMS"] });
    await pages.send();

    expect((await post(pages.lastLink())).status).to.equal(200);
    expect(await valuesOf(id)).to.equal("empty empty empty empty true empty empty");
  });

  it("takes no link that nobody signed, and tells nothing about it", async () => {
    const { link } = await asked();
    const url = new URL(link);
    const token = url.searchParams.get("token")!;
    const answers = new Set<string>();

    for (const bad of [
      "",
      "x",
      `${token}x`,
      token.replace(/^secret/, "other"),
      token.split(".").slice(0, 2).join("."),
    ]) {
      url.searchParams.set("token", bad);
      for (const method of ["GET", "POST"]) {
        const answer = await fetch(url, { method });
        answers.add(`${answer.status} ${await answer.text()}`);
      }
    }
    const unsubscribe = await fetch(pages.here(link.replace("/consent/confirm", "/consent/unsubscribe")));

    expect(answers.size).to.equal(1);
    expect([...answers][0]).to.match(/^410 /);
    expect(unsubscribe.status, "a token for one thing is none for another").to.equal(410);
  });

  it("refuses whom it cannot ask", async () => {
    const ofOther = await db.insertContact({ email: "b@example.org" });
    const self = await db.insertContact({ email: "a@example.org" });
    const himself = pages.writer({ kind: "CONTACT", login: self.opaqueId, ownContactId: self.id, clearance: 2 });
    const wish = async (contact: Parameters<typeof db.insertContact>[0], codes = ["SMS"], more: object = {}) => {
      const { opaqueId } = await db.insertContact(contact);
      return pages.request(pages.writer(), { contactId: opaqueId, codes, ...more });
    };
    const email = "x@example.org";

    expect(await wish({})).to.deep.equal(["CONTACT_WITHOUT_EMAIL"]);
    expect(await wish({ email, level: 1 })).to.deep.equal(["CONTACT_NOT_FOUND"]);
    expect(await wish({ email, structureName: "School" })).to.deep.equal(["AUTHORIZATION_NOT_APPLICABLE"]);
    expect(await wish({ email, validityEndDate: "2026-03-09" })).to.deep.equal(["CONTACT_INVALID"]);
    expect(await wish({ email, anonymizedAt: new Date() })).to.deep.equal(["CONTACT_ANONYMIZED"]);
    expect(await wish({ email }, [])).to.deep.equal(["AUTHORIZATIONS_MISSING"]);
    expect(await wish({ email }, ["SMS", "SMS"])).to.deep.equal(["DUPLICATE_CODE"]);
    expect(await wish({ email }, ["SMS"], { locale: "de" })).to.deep.equal(["UNKNOWN_LOCALE"]);
    expect(await pages.request(himself, { contactId: ofOther.opaqueId, codes: ["SMS"] })).to.deep.equal([
      "AUTHORIZATIONS_OF_OTHERS",
    ]);
    expect(await pages.request(himself, { contactId: self.opaqueId, codes: ["SMS"] })).to.deep.equal([]);
    expect(await pages.request(pages.writer(), { contactId: "nobody", codes: ["SMS"] })).to.deep.equal([
      "CONTACT_NOT_FOUND",
    ]);
    await pages.send();
  });

  it("asks the same contact at most five times in 24 hours, and once per idempotency key", async () => {
    const { opaqueId } = await db.insertContact({ email: "often@example.org" });
    const request = (more: object = {}) =>
      pages.request(pages.writer(), { contactId: opaqueId, codes: ["SMS"], ...more });

    for (let times = 0; times < 4; times++) expect(await request()).to.deep.equal([]);
    expect(await request({ idempotencyKey: "o1" })).to.deep.equal([]);
    expect(await request({ idempotencyKey: "o1" })).to.deep.equal([]);
    expect(await request()).to.deep.equal(["OPT_IN_TOO_OFTEN"]);
    expect(await pages.send()).to.equal(5);
    db.clock.advance(dayMs);
    expect(await request()).to.deep.equal([]);
    await pages.send();
  });
});
