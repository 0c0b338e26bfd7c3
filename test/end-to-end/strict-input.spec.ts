import { expect } from "chai";
import { useDatabase } from "../support/database.js";
import { post } from "../support/toy-gateway.js";
import { type Installation, variants } from "./installation.js";

const end = `mutation ($a: SetAuthorizationsInput!, $id: ID!, $day: Date) {
  setAuthorizations(input: $a) { userErrors { code } }
  setValidityEndDate(input: { id: $id, validityEndDate: $day }) { userErrors { code } } }`;

for (const variant of variants.filter(({ name }) => /one process/.test(name))) {
  describe(`values that a scalar refuses, ${variant.name}`, () => {
    const db = useDatabase();
    let installation: Installation;
    let token: string;

    before(async () => {
      await db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
         VALUES ($1, 'op-1', 'OPERATOR', ARRAY['CRM_MANAGER'], 0)`,
        [db.home.id],
      );
      installation = await variant.start(db);
      const who = { subject: "op-1", kind: "OPERATOR", institution: db.home.code, roles: ["CRM_MANAGER"] } as const;
      token = await installation.token(who);
    });
    after(() => installation?.stop());

    const ask = (query: string, variables = {}) => post(installation.url, query, { token, variables });

    it("are found before anything is written, in variables", async () => {
      const { opaqueId: id } = await db.insertContact();
      const a = { contactId: id, authorizations: [{ code: "SMS", value: "TRUE" }] };

      const { body } = await ask(end, { a, id, day: "2026-02-30" });

      expect(body.data).to.equal(undefined);
      expect(body.errors!.map(({ extensions }) => extensions!.code)).to.deep.equal(["BAD_USER_INPUT"]);
      expect(JSON.stringify(body)).not.to.include("2026-02-30");
      const { rows } = await db.owner.query("SELECT count(*)::int FROM marketing.authorization_event");
      expect(rows).to.deep.equal([{ count: 0 }]);
    });

    it("are found in the document too, and not repeated", async () => {
      for (const query of [
        `{ contact(id: "x") { purchaseHistory(first: 1, period: { from: "2026-02-30" }) { totalCount } } }`,
        `{ contactAudit(contactId: "x", from: "yesterday", to: "2026-01-01T00:00:00Z", first: 1) { nodes { id } } }`,
        `mutation { startImport(input: { type: CONTACTS, mode: CHECK, file: "name@example.org" }) { userErrors { code } } }`,
      ]) {
        const { body } = await ask(query);

        expect(body.data, query).to.equal(undefined);
        expect(body.errors!.map(({ extensions }) => extensions!.code)).to.deep.equal(["GRAPHQL_VALIDATION_FAILED"]);
        expect(JSON.stringify(body)).not.to.match(/2026-02-30|yesterday|name@example/);
      }
    });

    it("take nothing from what is right: days, instants and null", async () => {
      const { opaqueId: id } = await db.insertContact();
      const a = { contactId: id, authorizations: [{ code: "PHONE", value: "FALSE" }] };
      for (const day of ["2028-02-29", null]) {
        const { body } = await ask(end, { a, id, day });
        expect(body.errors).to.equal(undefined);
      }
    });

    it("leave a clear answer to a kind of operation that the API has none of", async () => {
      const { body } = await ask("subscription { anything }");

      expect(body.errors!.map(({ extensions }) => extensions!.code)).to.include("GRAPHQL_VALIDATION_FAILED");
    });
  });
}
