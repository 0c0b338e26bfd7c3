import { buffer } from "node:stream/consumers";
import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { decodeId, encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import { Sender } from "../campaigns/sender.js";
import { operator } from "./audience-pages.js";
import { contentOf, exported, readExport, request, runExport, type ShownExport } from "./exports.js";

describe("exportAudience of a campaign that was run", () => {
  const db = useDatabase();
  let sender: Sender;
  let sam: OperationContext;

  beforeEach(async () => {
    sender = await Sender.of(db);
    sam = await operator(db, sender.institution, { login: "sam", kind: "SERVICE", clearance: 1 });
  });

  const fileOf = async ({ id }: ShownExport) => {
    const { rows } = await db.owner.query("SELECT file_id FROM marketing.audience_export WHERE id = $1", [
      decodeId("AudienceExport", id),
    ]);
    return contentOf(await buffer(await sam.services.files.open(rows[0].file_id)));
  };

  it("has those whom it was sent to and may be still, each with his shipment, and nobody else", async () => {
    const [stays, refuses] = [await sender.person(), await sender.person()];
    await sender.person("FALSE");
    const campaign = await sender.campaign();
    await sender.send(campaign);
    await sender.person();
    await sender.says(refuses, "FALSE");

    const { objects, csv } = await fileOf(await exported(sam, campaign));

    const [row] = await sender.manifest();
    expect(objects.map(({ contactId, shipmentId }) => [contactId, shipmentId])).to.deep.equal([
      [stays.opaqueId, encodeId("Shipment", row!.shipment_id!)],
    ]);
    expect(csv.split("\r\n")).to.have.length(3);
    expect(csv).to.match(/^\ufeffcontactId,recipientId,shipmentId,contactNumber,/);
  });

  it("has those whom it has been sent to so far while it is being sent, with a warning", async () => {
    await sender.person();
    await sender.person();
    const campaign = await sender.campaign();
    const stop = new AbortController();
    sender.beforeShipments = async () => stop.abort();
    await sender.work(await sender.ask(campaign), 1, stop.signal).catch(() => undefined);

    const { audienceExport, warnings } = await request(sam, campaign);
    await runExport(sam, audienceExport!.id);

    expect(warnings).to.deep.equal([{ code: "CAMPAIGN_UNDER_WAY" }]);
    expect(await readExport(sam, audienceExport!.id)).to.include({ status: "DONE", contactCount: 1 });
  });
});
