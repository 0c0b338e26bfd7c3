import { expect } from "chai";
import { linkOf } from "../marketing/authorizations/link-pages.js";
import { useDatabase } from "../support/database.js";
import { eventually } from "../support/eventually.js";
import { type MailServer, startMailServer } from "../support/mail-server.js";
import { post } from "../support/toy-gateway.js";
import { type Installation, variants } from "./installation.js";

const publicUrl = "https://contacts.example.org/file";

for (const variant of variants.filter(({ name }) => !name.includes("fallback"))) {
  describe(`links in mails (${variant.name})`, () => {
    const db = useDatabase();
    let installation: Installation;
    let mails: MailServer;
    let token: string;

    before(async function () {
      this.timeout(60_000);
      await db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
         VALUES ($1, 'op-1', 'OPERATOR', $2, 2)`,
        [db.home.id, ["CRM_MANAGER"]],
      );
      mails = await startMailServer();
      const settings = { SMTP_URL: mails.url, MAIL_FROM: "House <house@example.org>", PUBLIC_URL: publicUrl };
      installation = await variant.start(db, settings);
      const claims = { subject: "op-1", institution: db.home.code, roles: ["CRM_MANAGER"], clearance: 2 } as const;
      token = await installation.token({ ...claims, kind: "OPERATOR" });
    });
    after(async () => {
      await installation?.stop();
      await mails?.stop();
    });

    const ask = async (query: string, variables: object) => {
      const answer = await post(installation.url, query, { token, variables });
      expect(answer.body.errors ?? []).to.deep.equal([]);
      // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which the test knows
      return answer.body.data as Record<string, any>;
    };

    /** A link of a mail as the gateway serves it, and as marketing does where it runs apart. */
    const served = (link: string) => {
      const path = link.slice(publicUrl.length);
      const marketing = installation.subgraphs.get("marketing");
      return [installation.url, ...(marketing ? [marketing] : [])].map((url) => new URL(path, url).href);
    };

    it("lead, through the worker and the mail server, to a page that acts once somebody presses its button", async () => {
      for (const [index, email] of ["one@example.org", "two@example.org"].entries()) {
        const { opaqueId } = await db.insertContact({ email });
        const before = mails.received.length;
        const { requestDoubleOptIn } = await ask(
          `mutation ($input: RequestDoubleOptInInput!) { requestDoubleOptIn(input: $input) { userErrors { code } } }`,
          { input: { contactId: opaqueId, codes: ["INSTITUTION_EMAIL"], locale: "fr" } },
        );
        expect(requestDoubleOptIn.userErrors).to.deep.equal([]);
        await eventually(
          async () => mails.received.length,
          (count) => count > before,
        );
        const link = linkOf(mails.received.at(-1)!.raw);
        expect(link).to.match(/^https:\/\/contacts\.example\.org\/file\/consent\/confirm\?token=/);
        const addresses = served(link);
        // the first contact confirms at the gateway, the second at marketing, where it runs apart
        const address = addresses[Math.min(index, addresses.length - 1)]!;

        const looks = await Promise.all(addresses.map((each) => fetch(each)));
        const unconfirmed = await authorizationsOf(opaqueId);
        const done = await fetch(address, { method: "POST" });
        const again = await Promise.all(addresses.map((each) => fetch(each, { method: "POST" })));

        expect(looks.map(({ status }) => status)).to.deep.equal(addresses.map(() => 200));
        expect(await looks[0]!.text()).to.include('lang="fr"');
        expect(unconfirmed).to.include({ INSTITUTION_EMAIL: "EMPTY" });
        expect(done.status).to.equal(200);
        expect(again.map(({ status }) => status)).to.deep.equal(addresses.map(() => 410));
        expect(await authorizationsOf(opaqueId)).to.include({ INSTITUTION_EMAIL: "TRUE", EMAIL: "TRUE" });
      }
    });

    it("answer nothing else, and stand in nobody's way", async () => {
      const other = await fetch(new URL("/consent/anything", installation.url));
      const bare = await fetch(new URL("/consent/unsubscribe", installation.url), { method: "POST" });

      expect([other.status, bare.status]).to.deep.equal([404, 410]);
    });

    async function authorizationsOf(id: string): Promise<Record<string, string>> {
      const { contact } = await ask("query ($id: ID!) { contact(id: $id) { authorizations { code value } } }", { id });
      const pairs = contact.authorizations as { code: string; value: string }[];
      return Object.fromEntries(pairs.map(({ code, value }) => [code, value]));
    }
  });
}
