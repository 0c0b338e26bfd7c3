import { buffer } from "node:stream/consumers";
import { expect } from "chai";
import { contentOf } from "../marketing/audience/exports.js";
import { useDatabase } from "../support/database.js";
import { eventually } from "../support/eventually.js";
import { post } from "../support/toy-gateway.js";
import { variants } from "./installation.js";

type Answer = Record<string, unknown>;

const shown = { createTarget: "target { id }", createCampaign: "campaign { id }", runCampaign: "campaign { state }" };
const outcomes = `query ($id: ID!) { audience(campaignId: $id, first: 9) { runId nodes { outcome shipmentId } } }`;
const file = "query ($id: ID!) { audienceExport(id: $id) { status downloadUrl } }";
const statistics = "query ($id: ID!) { campaign(id: $id) { state statistics { sent delivered } } }";

describe("a campaign in the whole graph (F11, F40)", function () {
  this.timeout(180_000);
  const db = useDatabase();

  for (const { name, start } of variants.filter(({ name }) => !name.includes("fallback")))
    it(`is sent, fetched by its sender with the shipments, and followed up by these, without who refused since (${name})`, async () => {
      const institution = await db.institution();
      await db.owner.query(
        `INSERT INTO privacy.operator (institution_id, login, operator_kind, roles, clearance)
         VALUES ($1, 'sam', 'SERVICE', ARRAY['SAM'], 2), ($1, 'op', 'OPERATOR', ARRAY['MARKETING'], 2)`,
        [institution.id],
      );
      const people = [];
      for (const email of ["a", "b", "c"]) {
        const contact = await db.insertContact({ institution, language: "fr", email: `${email}@example.org` });
        await db.owner.query("UPDATE marketing.contact_marketing SET institution_email = true WHERE contact_id = $1", [
          contact.id,
        ]);
        people.push(contact);
      }
      const installation = await start(db);
      try {
        const token = (subject: string, kind: "SERVICE" | "OPERATOR", role: string) =>
          installation.token({ subject, kind, institution: institution.code, roles: [role], clearance: 2 });
        const [sam, operator] = [await token("sam", "SERVICE", "SAM"), await token("op", "OPERATOR", "MARKETING")];
        const ask = async (bearer: string, document: string, variables: object): Promise<Answer> => {
          const { body } = await post(installation.url, document, { token: bearer, variables: { ...variables } });
          expect(body.errors).to.equal(undefined);
          return Object.values(body.data as Record<string, Answer>)[0]!;
        };
        const change = async (bearer: string, mutation: string, fields: string, input: object): Promise<Answer> => {
          const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
          const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code } } }`;
          const answer = await ask(bearer, document, { input });
          expect(answer.userErrors, mutation).to.deep.equal([]);
          return answer;
        };
        const filter = { condition: { field: "contact.language", operator: "IS_ANY_OF", values: ["fr"] } };
        const made = await change(operator, "createTarget", shown.createTarget, { name: "F", kind: "DYNAMIC", filter });
        const { campaign } = (await change(operator, "createCampaign", shown.createCampaign, {
          ...{ name: "March", type: "NEWSLETTER", channel: "EMAIL", targetIds: [(made.target as { id: string }).id] },
        })) as { campaign: { id: string } };

        await change(operator, "runCampaign", shown.runCampaign, { id: campaign.id });
        await eventually(
          () => ask(operator, statistics, { id: campaign.id }),
          ({ state }) => state === "SENT",
          60_000,
        );
        await change(operator, "setAuthorizations", "contact { id }", {
          ...{ contactId: people[1]!.opaqueId, authorizations: [{ code: "INSTITUTION_EMAIL", value: "FALSE" }] },
        });
        const { nodes } = (await ask(sam, outcomes, { id: campaign.id })) as { nodes: Answer[] };
        const { audienceExport } = (await change(sam, "exportAudience", "audienceExport { id }", {
          ...{ campaignId: campaign.id, acceptedNoticeVersion: 1 },
        })) as { audienceExport: { id: string } };
        const { downloadUrl } = await eventually(
          () => ask(sam, file, { id: audienceExport.id }),
          ({ status }) => status === "DONE",
          60_000,
        );
        const { pathname, search } = new URL(downloadUrl as string);
        const response = await fetch(new URL(pathname + search, installation.url));
        const { objects } = contentOf(await buffer(response.body!));
        await change(sam, "reportDeliveries", "recorded", {
          reports: objects.map(({ shipmentId, contactId }, index) => ({
            ...{ eventId: `${name} ${index}`, contactId, shipmentId, occurredAt: new Date().toISOString() },
          })),
        });

        expect(nodes.map(({ outcome }) => outcome)).to.deep.equal(["SEND", "CONSENT_REFUSED", "SEND"]);
        expect(objects.map(({ contactId }) => contactId)).to.deep.equal([people[0]!.opaqueId, people[2]!.opaqueId]);
        expect(objects.map(({ shipmentId }) => shipmentId)).to.deep.equal([nodes[0]!.shipmentId, nodes[2]!.shipmentId]);
        expect(await ask(operator, statistics, { id: campaign.id })).to.deep.equal({
          state: "SENT",
          statistics: { sent: 3, delivered: 2 },
        });
      } finally {
        await installation.stop();
      }
    });
});
