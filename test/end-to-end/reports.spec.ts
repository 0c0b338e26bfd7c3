import { readFileSync } from "node:fs";
import { expect } from "chai";
import { useDatabase } from "../support/database.js";
import { post } from "../support/toy-gateway.js";
import { variants } from "./installation.js";

const report = `mutation ($input: ReportBouncesInput!) { reportBounces(input: $input) { recorded repeated userErrors { code } } }`;
const update = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) {
  contact { version bounceStatus bounce { reason } } userErrors { code } } }`;
const clear = `mutation ($input: ClearBounceInput!) { clearBounce(input: $input) {
  contact { displayName bounceStatus bounce { reason } } userErrors { code } } }`;

describe("a bounce in the whole graph (F12)", function () {
  this.timeout(180_000);
  const db = useDatabase();

  for (const { name, start } of variants.filter(({ name }) => !name.includes("fallback")))
    it(`is reported by the sender as it came back, follows the address, and is cleared by an operator (${name})`, async () => {
      const login = (who: string) => `${who}-${name.replace(/\W/g, "-")}`;
      await db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
         VALUES ($1, $2, 'SERVICE', ARRAY['SAM'], 2), ($1, $3, 'OPERATOR', ARRAY['CRM_MANAGER'], 2)`,
        [db.home.id, login("sam"), login("op")],
      );
      const { opaqueId } = await db.insertContact({ lastName: "Roux", email: "camille@example.org", level: 2 });
      const installation = await start(db);
      try {
        const token = (who: string, kind: "SERVICE" | "OPERATOR", role: string) =>
          installation.token({ subject: login(who), kind, institution: db.home.code, roles: [role], clearance: 2 });
        const sam = await token("sam", "SERVICE", "SAM");
        const operator = await token("op", "OPERATOR", "CRM_MANAGER");
        const send = async (bearer: string, document: string, input: object) => {
          const { body } = await post(installation.url, document, { token: bearer, variables: { input } });
          expect(body.errors).to.equal(undefined);
          return Object.values(body.data as Record<string, Record<string, unknown>>)[0]!;
        };
        const message = readFileSync("test/marketing/reports/files/hard.eml", "utf8");
        const event = { eventId: name, contactId: opaqueId, occurredAt: "2026-03-09T09:00:00Z", message };
        const version = async () => {
          const { rows } = await db.owner.query(
            "SELECT version FROM contacts.contact WHERE last_name = 'Roux' ORDER BY id DESC",
          );
          return rows[0].version;
        };
        const change = async (email: string) =>
          (await send(operator, update, { id: opaqueId, version: await version(), email })).contact;

        const reported = await send(sam, report, { reports: [event, event] });
        const moved = await change("elsewhere@example.org");
        const back = await change("Camille@example.org");
        const cleared = await send(operator, clear, { contactId: opaqueId });

        expect(reported).to.deep.equal({ recorded: 1, repeated: 1, userErrors: [] });
        expect(moved).to.deep.include({ bounceStatus: "NONE", bounce: null });
        expect(back).to.deep.include({ bounceStatus: "HARD", bounce: { reason: "INVALID_ADDRESS" } });
        expect(cleared.contact).to.deep.equal({ displayName: "Roux", bounceStatus: "NONE", bounce: null });
      } finally {
        await installation.stop();
      }
    });
});
