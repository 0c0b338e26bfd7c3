import { expect } from "chai";
import type { DemoClaims } from "../../src/platform/access/demo-issuer.js";
import { useDatabase } from "../support/database.js";
import { insertOrder, insertPayment } from "../support/history.js";
import type { TestContact } from "../support/rows.js";
import { post } from "../support/toy-gateway.js";
import { type Installation, variants } from "./installation.js";
import { sendFile, upload } from "./upload.js";
import { wholeFile } from "./whole-file.js";

const year = { from: "2026-01-01T00:00:00Z", to: "2026-12-31T23:59:59Z" };
/** Of each test that asks for data: what the first of the variants answered. */
const answers = new Map<string, unknown>();

for (const variant of variants) {
  describe(`an installation (${variant.name})`, () => {
    const db = useDatabase();
    let installation: Installation;
    let token: string;
    let ada: TestContact;
    let hidden: TestContact;

    before(async function () {
      this.timeout(120_000);
      await db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
         VALUES ($1, 'op-1', 'OPERATOR', $2, 0), ($1, 'op-2', 'OPERATOR', $2, 2)`,
        [db.home.id, ["CRM_MANAGER"]],
      );
      installation = await variant.start(db);
      token = await tokenFor({ subject: "op-1" });
      ada = await db.insertContact({ firstName: "Ada", lastName: "Lovelace", email: "ada@example.org" });
      hidden = await db.insertContact({ firstName: "Hidden", lastName: "Lovelace", level: 2 });
      const lines = [
        {
          tickets: [
            { seat: "A1", culturalContact: ada },
            { seat: "A2", culturalContact: hidden },
          ],
        },
      ];
      const order = await insertOrder(db, ada, { orderNumber: "O-1", total: "90.00", lines });
      await insertPayment(db, ada, { order, amount: "90.00" });
    });
    after(() => installation?.stop());

    const tokenFor = (claims: Partial<DemoClaims>) =>
      installation.token({
        subject: "op-1",
        kind: "OPERATOR",
        institution: db.home.code,
        roles: ["CRM_MANAGER"],
        clearance: 2,
        ...claims,
      });
    const ask = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
      post(installation.url, query, { token, variables, headers });

    /** The same answer as every other variant gives. */
    function expectSame(name: string, answer: unknown): void {
      if (!answers.has(name)) answers.set(name, answer);
      expect(answer).to.deep.equal(answers.get(name));
    }

    it("opens a contact file over all four subgraphs (F01), without those whom the caller may not see (F05)", async () => {
      const { status, body, text } = await ask(wholeFile, { id: ada.opaqueId, ...year });

      expect(body.errors).to.equal(undefined);
      expect(status).to.equal(200);
      expect(text)
        .to.include('"displayName":"Ada Lovelace"')
        .and.include('"orderNumber":"O-1"')
        .and.include('"amount":"90.00"');
      expect(text).not.to.include("Hidden");
      expectSame("whole file", body);
    });

    it("logs who was shown a confidential contact before the answer leaves, and nothing of who was not", async () => {
      const asked = `query ($id: ID!, $from: DateTime!, $to: DateTime!) {
        accessLog(contactId: $id, from: $from, to: $to, first: 10) { nodes { actor kind contact { id } } } }`;
      const cleared = await tokenFor({ subject: "op-2" });
      const logOf = async ({ opaqueId }: TestContact, by: string) => {
        const { body } = await post(installation.url, asked, { token: by, variables: { id: opaqueId, ...year } });
        return body.data;
      };
      const name = "query ($id: ID!) { contact(id: $id) { lastName } }";
      for (const { opaqueId } of [ada, hidden]) {
        await ask(name, { id: opaqueId });
        await post(installation.url, name, { token: cleared, variables: { id: opaqueId } });
      }

      const entry = { actor: "op-2", kind: "READ", contact: { id: hidden.opaqueId } };
      expect(await logOf(hidden, cleared)).to.deep.equal({ accessLog: { nodes: [entry] } });
      expect(await logOf(hidden, token)).to.deep.equal({ accessLog: { nodes: [] } });
      expect(await logOf(ada, cleared)).to.deep.equal({ accessLog: { nodes: [] } });
    });

    it("changes a contact, its authorizations, and shows both changes with who made them", async () => {
      const created = await ask(
        `mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id displayName authorizations { code value } } userErrors { code } } }`,
        {
          input: { type: "INDIVIDUAL", firstName: "Grace", lastName: "Hopper" },
        },
      );
      const { contact } = created.body.data!.createContact as { contact: { id: string } };
      const set = await ask(
        `mutation ($input: SetAuthorizationsInput!) { setAuthorizations(input: $input) { contact { displayName authorizations { code value } } userErrors { code } } }`,
        {
          input: { contactId: contact.id, authorizations: [{ code: "SMS", value: "FALSE" }] },
        },
      );
      const now = Date.now();
      const around = { from: new Date(now - 3_600_000).toISOString(), to: new Date(now + 3_600_000).toISOString() };
      const audit = await ask(
        `query ($id: ID!, $from: DateTime!, $to: DateTime!) { contact(id: $id) { audit(first: 50, from: $from, to: $to) { nodes { entity field oldValue newValue actor actorKind source } } } }`,
        { id: contact.id, ...around },
      );

      expectSame("created", created.body);
      expectSame("set", set.body);
      expectSame("audit", audit.body);
      expect(JSON.stringify(audit.body)).to.include("Hopper").and.include('"actor":"op-1"').and.include("FALSE");
    });

    it("answers as for an unknown id when the contact is above the caller's clearance (F05)", async () => {
      const unknown = await ask(wholeFile, { id: "Q29udGFjdDo5OTk5OTk", ...year }, { "x-request-id": "r" });
      const invisible = await ask(wholeFile, { id: hidden.opaqueId, ...year }, { "x-request-id": "r" });
      const cleared = await post(installation.url, wholeFile, {
        token: await tokenFor({ subject: "op-2" }),
        variables: { id: hidden.opaqueId, ...year },
      });

      expect(unknown.body.data).to.deep.equal({ contact: null });
      expect(invisible.text).to.equal(unknown.text);
      expect(cleared.text).to.include("Hidden Lovelace");
    });

    it("codes what a caller did wrong, at the field, in his language", async () => {
      const late = await ask(`{ searchContacts(first: 1000, filter: { name: "x" }) { nodes { id } } }`);
      const french = await ask(
        `mutation { createContact(input: { type: INDIVIDUAL, lastName: "A", email: "none" }) { contact { id } userErrors { code field message } } }`,
        {},
        { "accept-language": "fr" },
      );
      const forbidden = await ask(
        `mutation ($input: SetFieldLevelInput!) { setFieldLevel(input: $input) { userErrors { code } } }`,
        {
          input: { typeName: "Contact", fieldName: "email", level: "RESTRICTED" },
        },
      );

      expect(late.body.errors!.map(({ path, extensions }) => [path, extensions!.code])).to.deep.equal([
        [["searchContacts"], "BAD_USER_INPUT"],
      ]);
      expectSame("late", late.body);
      expectSame("french", french.body);
      expect(JSON.stringify(french.body)).to.match(/adresse/i);
      expect(forbidden.body.errors!.map(({ extensions }) => extensions!.code)).to.deep.equal(["FORBIDDEN"]);
      expectSame("forbidden", forbidden.body);
    });

    it("refuses a file at its field to who may not import", async () => {
      const body = await sendFile(installation.url, await tokenFor({ roles: ["FRONT_DESK"] }), "email\r\n");

      expect(body.errors!.map(({ path, extensions }) => [path, extensions!.code])).to.deep.equal([
        [["startImport"], "FORBIDDEN"],
      ]);
      expectSame("forbidden file", body);
    });

    it("takes a file, and its contacts are found when the worker has read it", async () => {
      const file =
        "lastName,firstName,email,referenceCode\r\nByron,Anne,anne@example.org,R-1\r\nByron,,no address,R-2\r\n";

      const id = await upload(installation.url, token, file);
      const job = await finished(id);

      expectSame("import", job);
      const found = await ask(
        `{ searchContacts(first: 10, filter: { referenceCode: "R-1" }) { nodes { displayName authorizations { code value } } } }`,
      );
      expectSame("imported", found.body);
      expect(JSON.stringify(found.body)).to.include("Anne Byron");
    });

    /** The job once its worker is done with it. */
    async function finished(id: string): Promise<unknown> {
      const query = `query ($id: ID!) { importJob(id: $id) { status counters { total created errors } rows(first: 10) { nodes { line outcome problems { code column line } contact { displayName } } } } }`;
      for (;;) {
        const { body } = await ask(query, { id });
        const { importJob } = body.data as { importJob: { status: string } };
        if (importJob.status !== "QUEUED" && importJob.status !== "RUNNING") return body;
      }
    }

    it("answers the rest of the file when one part fails, with errors at its fields (F01)", async () => {
      await db.owner.query("ALTER TABLE history.sales_order RENAME TO away");

      const { status, body, text } = await ask(wholeFile, { id: ada.opaqueId, ...year });

      await db.owner.query("ALTER TABLE history.away RENAME TO sales_order");
      expect(status).to.equal(200);
      expect(body.data!.contact).to.include({ displayName: "Ada Lovelace", purchaseHistory: null });
      expect(body.errors!.map(({ path, extensions }) => [path, extensions!.code])).to.deep.include([
        ["contact", "purchaseHistory"],
        "INTERNAL_SERVER_ERROR",
      ]);
      expect(text).not.to.include("sales_order");
    });

    it("lets nobody in without a token, at any of its doors", async () => {
      for (const url of [installation.url, ...installation.subgraphs.values()]) {
        for (const query of [
          "{ __typename }",
          "{ __schema { types { name } } }",
          "{ _service { sdl } }",
          "{ _entities(representations: []) { __typename } }",
        ]) {
          const { status, body } = await post(url, query);
          expect([status, body.errors![0]!.extensions!.code], `${url} ${query}`).to.deep.equal([
            401,
            "UNAUTHENTICATED",
          ]);
        }
      }
    });

    it("hides at each door what it hides at the gateway (F05)", async () => {
      const representations = [{ __typename: "Contact", id: hidden.opaqueId }];
      for (const url of installation.subgraphs.values()) {
        const { body } = await post(
          url,
          "query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }",
          { token, variables: { representations } },
        );
        expect(body.data, url).to.deep.equal({ _entities: [null] });
      }
    });

    if (variant.isApart) {
      it("answers the rest of the file, at once, when a part is gone (F01)", async () => {
        await installation.kill("history");

        const startedAt = performance.now();
        const { status, body } = await ask(wholeFile, { id: ada.opaqueId, ...year });

        expect(performance.now() - startedAt).to.be.below(2_000);
        expect(status).to.equal(200);
        expect(body.data!.contact).to.include({
          displayName: "Ada Lovelace",
          purchaseHistory: null,
          financialHistory: null,
        });
        expect(body.errors!.map(({ path, extensions }) => [path, extensions!.code])).to.have.deep.members([
          [["contact", "purchaseHistory"], "SERVICE_UNAVAILABLE"],
          [["contact", "financialHistory"], "SERVICE_UNAVAILABLE"],
        ]);
      });
    }
  });
}
