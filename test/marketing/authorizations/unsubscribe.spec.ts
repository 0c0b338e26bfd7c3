import { request } from "node:http";
import { expect } from "chai";
import { AuthorizationCode } from "../../../src/marketing/authorizations/authorization.js";
import { unsubscribeHeaders, unsubscribeUrl } from "../../../src/marketing/authorizations/links/unsubscribe.service.js";
import { useDatabase } from "../../support/database.js";
import type { ContactWish } from "../../support/rows.js";
import { set } from "../changes.js";
import { fieldsOf, rowAndLedger } from "./ledgers.js";
import { type LinkPages, startLinkPages } from "./link-pages.js";

describe("the unsubscribe link", () => {
  const db = useDatabase();
  let pages: LinkPages;
  before(async () => {
    pages = await startLinkPages(db);
  });
  after(() => pages.stop());

  const valuesOf = async (id: string) => (await rowAndLedger(db, [id]))[0]!.row;
  const agreed = "true empty empty true empty empty empty";
  const withdrawn = "false empty empty true empty empty empty";

  const linkFor = (contactId: string, code = AuthorizationCode.INSTITUTION_EMAIL) =>
    pages.here(unsubscribeUrl(pages.services, { institutionId: db.home.id, contactId, code }));

  /** As a mail provider does it, with nothing but what RFC 8058 says. */
  const oneClick = (url: string) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
      redirect: "error",
    });

  async function agreeing(wish: ContactWish = {}) {
    const contact = await db.insertContact(wish);
    await set(pages.writer({ clearance: 2 }), contact.opaqueId, { INSTITUTION_EMAIL: "TRUE" });
    return { ...contact, link: linkFor(contact.id) };
  }

  it("shows a page and changes nothing when it is looked at: programs that look for dangerous links do so", async () => {
    const { id, link } = await agreeing();

    const page = await fetch(link, { headers: { "accept-language": "fr" } });
    const head = await fetch(link, { method: "HEAD" });

    expect([page.status, head.status]).to.deep.equal([200, 200]);
    expect(await page.text())
      .to.include('lang="fr"')
      .and.to.include("Me désabonner")
      .and.to.include("E-mails de House");
    expect(await valuesOf(id)).to.equal(agreed);
  });

  it("withdraws with one click, without redirect, in the contact's name (RFC 8058)", async () => {
    const { id, opaqueId, link } = await agreeing();

    const answer = await oneClick(link);

    expect(answer.status).to.equal(200);
    expect(await valuesOf(id)).to.equal(withdrawn);
    const fields = "authorizationHistory(first: 1) { nodes { code oldValue newValue source actor actorKind } }";
    const { authorizationHistory } = await fieldsOf(pages.writer(), opaqueId, fields);
    expect(authorizationHistory.nodes).to.deep.equal([
      {
        ...{ code: "INSTITUTION_EMAIL", oldValue: "TRUE", newValue: "FALSE" },
        ...{ source: "CONTACT", actor: opaqueId, actorKind: "CONTACT" },
      },
    ]);
  });

  it("withdraws by the button of the page, by a multipart form and without any body", async () => {
    for (const body of [new URLSearchParams({ "List-Unsubscribe": "One-Click" }), new FormData(), null]) {
      const { id, link } = await agreeing();

      expect((await fetch(link, { method: "POST", body })).status).to.equal(200);
      expect(await valuesOf(id)).to.equal(withdrawn);
    }
  });

  it("may be used again and again, and writes once", async () => {
    const { id, link } = await agreeing();

    const answers = await Promise.all([oneClick(link), oneClick(link), oneClick(link)]);

    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    const { rows } = await db.owner.query(
      "SELECT FROM marketing.authorization_event WHERE contact_id = $1 AND source = 'CONTACT'",
      [id],
    );
    expect(rows).to.have.length(1);
  });

  it("refuses for whoever had not said anything: EMPTY becomes FALSE (F40, F42)", async () => {
    const { id } = await db.insertContact();

    await oneClick(linkFor(id));

    expect(await valuesOf(id)).to.equal("false empty empty empty empty empty empty");
  });

  it("withdraws what it was made for", async () => {
    const { id, opaqueId } = await db.insertContact();
    await set(pages.writer(), opaqueId, { SMS: "TRUE", PHONE: "TRUE" });

    await oneClick(linkFor(id, AuthorizationCode.SMS));

    expect(await valuesOf(id)).to.equal("empty empty empty empty false true empty");
  });

  it("is accepted for an invalid contact, who may do nothing else (Q-16, F07), and for a confidential one", async () => {
    const invalid = await agreeing();
    await db.owner.query("UPDATE contacts.contact SET validity_end_date = '2026-03-09' WHERE id = $1", [invalid.id]);
    await db.owner.query(
      "UPDATE marketing.contact_marketing SET validity_end_date = '2026-03-09' WHERE contact_id = $1",
      [invalid.id],
    );
    const confidential = await agreeing({ level: 2 });

    expect((await oneClick(invalid.link)).status).to.equal(200);
    expect((await oneClick(confidential.link)).status).to.equal(200);

    expect(await valuesOf(invalid.id)).to.equal(withdrawn);
    expect(await valuesOf(confidential.id)).to.equal(withdrawn);
  });

  it("works years later, and answers the same when there is nothing left to withdraw", async () => {
    const { link } = await agreeing();
    const gone = await agreeing();
    await db.owner.query("UPDATE contacts.contact SET anonymized_at = now() WHERE id = $1", [gone.id]);
    const never = linkFor("987654321");
    const at = db.clock.now();

    db.clock.set("2036-03-10T09:00:00Z");
    const answers = await Promise.all([link, gone.link, never].map(oneClick));
    db.clock.set(at.toISOString());

    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    expect(await valuesOf(gone.id)).to.equal(agreed);
  });

  it("is of one institution: the same number elsewhere is another contact", async () => {
    const there = await db.institution();
    const { id } = await agreeing();
    const elsewhere = pages.here(
      unsubscribeUrl(pages.services, {
        ...{ institutionId: there.id, contactId: id, code: AuthorizationCode.INSTITUTION_EMAIL },
      }),
    );

    expect((await oneClick(elsewhere)).status).to.equal(200);
    expect(await valuesOf(id)).to.equal(agreed);
  });

  it("answers with pages that are not kept, framed, indexed or sent on with their address", async () => {
    const { link } = await agreeing();

    for (const method of ["GET", "POST"]) {
      const { headers } = await fetch(link, { method });
      expect(headers.get("cache-control")).to.equal("no-store");
      expect(headers.get("referrer-policy")).to.equal("no-referrer");
      expect(headers.get("x-robots-tag")).to.equal("noindex");
      expect(headers.get("content-security-policy"))
        .to.include("default-src 'none'")
        .and.to.include("frame-ancestors 'none'");
    }
    const other = await fetch(link, { method: "PUT" });
    expect([other.status, other.headers.get("allow")]).to.deep.equal([405, "GET, HEAD, POST"]);
  });

  it("reads no endless body", async () => {
    const { link } = await agreeing();

    const error = await new Promise<Error>((resolve, reject) => {
      const sending = request(link, { method: "POST" }, () => reject(new Error("it was answered")));
      sending.once("error", resolve);
      const write = () => {
        if (!sending.destroyed) sending.write("x".repeat(65_536), () => setImmediate(write));
      };
      write();
    });

    expect(error).to.be.instanceOf(Error);
  });

  describe("is handed out", () => {
    const field = "unsubscribeLink { url headers { name value } }";
    const sam = (...wishes: Parameters<typeof db.contextWith>) => pages.writer("marketing:report", ...wishes);

    it("to whoever reports on marketing, with the headers of RFC 8058, and works", async () => {
      const { id, opaqueId } = await agreeing();

      const { unsubscribeLink } = await fieldsOf(sam(), opaqueId, field);

      expect(unsubscribeLink.url).to.match(/^http:\/\/links\.example\.org\/consent\/unsubscribe\?token=/);
      expect(unsubscribeLink.headers).to.deep.equal(unsubscribeHeaders(unsubscribeLink.url));
      expect((await oneClick(pages.here(unsubscribeLink.url))).status).to.equal(200);
      expect(await valuesOf(id)).to.equal(withdrawn);
    });

    it("for the authorization that is asked for", async () => {
      const { id, opaqueId } = await db.insertContact();

      const { unsubscribeLink } = await fieldsOf(sam(), opaqueId, "unsubscribeLink(code: LETTER) { url }");
      await oneClick(pages.here(unsubscribeLink.url));

      expect(await valuesOf(id)).to.equal("empty empty empty empty empty empty false");
    });

    it("to nobody else, and for no structure and nobody who is anonymized", async () => {
      const { opaqueId } = await agreeing();
      const structure = await db.insertContact({ structureName: "School" });
      const gone = await db.insertContact({ anonymizedAt: db.clock.now() });

      expect((await fieldsOf(pages.writer(), opaqueId, field)).unsubscribeLink).to.equal(null);
      expect((await fieldsOf(sam(), structure.opaqueId, field)).unsubscribeLink).to.equal(null);
      expect((await fieldsOf(sam(), gone.opaqueId, field)).unsubscribeLink).to.equal(null);
    });
  });

  it("goes into mails with the headers that make it one click (RFC 2369, RFC 8058)", () => {
    expect(unsubscribeHeaders("https://contacts.example.org/consent/unsubscribe?token=a.b.c")).to.deep.equal([
      { name: "List-Unsubscribe", value: "<https://contacts.example.org/consent/unsubscribe?token=a.b.c>" },
      { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
    ]);
  });
});
