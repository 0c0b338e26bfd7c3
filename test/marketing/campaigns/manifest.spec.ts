import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../../support/database.js";
import { answered } from "./campaigns.js";
import { Sender } from "./sender.js";

interface Manifest {
  check: {
    isIntact: boolean;
    isSealed: boolean;
    rows: number;
    erasedRows: number;
    brokenRows: number;
    faults: { runId: string; isSealed: boolean; brokenRows: number; brokenChunks: number[] }[];
  } | null;
  entries: {
    nodes: {
      position: number;
      contact: { id: string };
      recipient: { id: string } | null;
      outcome: string;
      authorizationEventId: string | null;
      shipmentId: string | null;
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

describe("the manifest of a campaign's run", () => {
  const db = useDatabase();
  let sender: Sender;

  beforeEach(async () => {
    sender = await Sender.of(db);
  });

  const read = async (id: string, by = sender.as(), args = "first: 100") => {
    const document = `query ($id: ID!) { campaignManifest(campaignId: $id) {
      check { isIntact isSealed rows erasedRows brokenRows faults { runId isSealed brokenRows brokenChunks } }
      entries(${args}) { nodes { position contact { id } recipient { id } outcome authorizationEventId shipmentId }
        pageInfo { hasNextPage endCursor } } } }`;
    return (await answered(by, document, { id })).campaignManifest as Manifest | null;
  };

  /** A campaign that was sent to four of five, in chunks of two. */
  async function sent() {
    const people = [];
    for (const value of ["TRUE", "FALSE", "TRUE", "TRUE", "TRUE"] as const) people.push(await sender.person(value));
    const id = await sender.campaign();
    await sender.send(id, 2);
    return { id, people, run: await sender.latestRun() };
  }

  it("says who was sent and who was left out and why, a page at a time", async () => {
    const { id, people } = await sent();

    const whole = await read(id);
    const [first, rest] = [await read(id, sender.as(), "first: 3"), null];

    expect(rest).to.equal(null);
    expect(whole!.entries.nodes.map(({ contact }) => contact.id)).to.deep.equal(people.map(({ opaqueId }) => opaqueId));
    expect(whole!.entries.nodes.map(({ outcome }) => outcome)).to.deep.equal([
      ...["SEND", "CONSENT_REFUSED", "SEND", "SEND", "SEND"],
    ]);
    for (const { outcome, shipmentId, authorizationEventId } of whole!.entries.nodes) {
      expect(shipmentId === null).to.equal(outcome !== "SEND");
      expect(authorizationEventId).not.to.equal(null);
    }
    expect(first!.entries.pageInfo.hasNextPage).to.equal(true);
    const second = await read(id, sender.as(), `first: 3, after: "${first!.entries.pageInfo.endCursor}"`);
    expect(second!.entries.nodes.map(({ position }) => position)).to.deep.equal([4, 5]);
    const excluded = await read(id, sender.as(), "first: 9, outcome: EXCLUDED");
    expect(excluded!.entries.nodes.map(({ outcome }) => outcome)).to.deep.equal(["CONSENT_REFUSED"]);
  });

  it("names the refusal of somebody else who has the address, where the institution counts it (Q-14)", async () => {
    await db.owner.query(
      "INSERT INTO privacy.institution_setting (institution_id, refusal_by_address) VALUES ($1, true)",
      [sender.institution.id],
    );
    const held = await sender.person("TRUE", { email: "one@example.org" });
    await sender.person("FALSE", { email: "one@example.org", level: 2, language: "de" });
    const beside = await sender.person("TRUE", { email: "two@example.org" });
    const refusing = await sender.person("FALSE", { email: "Two@example.org", language: "de" });
    const id = await sender.campaign();
    await sender.send(id);

    const { entries } = (await read(id))!;

    const { rows } = await db.owner.query(
      "SELECT id FROM marketing.authorization_event WHERE contact_id = $1 AND NOT new_value",
      [refusing.id],
    );
    expect(entries.nodes.map(({ contact, outcome }) => [contact.id, outcome])).to.deep.equal([
      [held.opaqueId, "SEND"],
      [beside.opaqueId, "CONSENT_REFUSED"],
    ]);
    expect(entries.nodes[1]!.authorizationEventId).to.equal(encodeId("AuthorizationEvent", rows[0].id));
  });

  it("is sealed and intact", async () => {
    const { id } = await sent();

    const { check } = (await read(id))!;

    expect(check).to.deep.include({ isIntact: true, isSealed: true, rows: 5, erasedRows: 0, brokenRows: 0 });
  });

  it("stays verifiable when somebody is erased, of whom it then says nothing but what became of him", async () => {
    const { id, people, run } = await sent();
    const erased = [people[0]!.id, people[1]!.id];
    await db.owner.query("UPDATE contacts.contact SET anonymized_at = now() WHERE id = ANY($1)", [erased]);
    expect(await blank(erased)).to.equal(2);

    const { check, entries } = (await read(id))!;

    expect(check).to.deep.include({ isIntact: true, isSealed: true, rows: 5, erasedRows: 2, brokenRows: 0 });
    expect(entries.nodes).to.have.length(3);
    const [first] = await sender.manifest(run);
    expect(first).to.deep.equal({
      ...{ position: 1, contact_id: null, recipient_id: null, authorization_event_id: null, shipment_id: null },
      outcome: "SEND",
    });
  });

  it("keeps the names of the living, whoever asks for their erasure", async () => {
    const { id, people } = await sent();

    expect(await blank(people.map((each) => each.id))).to.equal(0);

    expect((await read(id))!.check).to.deep.include({ isIntact: true, rows: 5, erasedRows: 0 });
  });

  /** Has the function that erases from manifests do so. @returns how many rows it met */
  async function blank(ids: readonly string[]): Promise<number> {
    const services = db.services();
    return inTransaction(services.pools.api, systemSession(services, sender.institution.id), async (sql) => {
      const { rows } = await sql.query<{ count: number }>(
        "SELECT marketing.blank_campaign_manifest($1::bigint[])::int AS count",
        [ids],
      );
      return rows[0]!.count;
    });
  }

  const forgeries: Readonly<Record<string, string>> = {
    "an outcome": "UPDATE marketing.campaign_manifest_row SET outcome = 'SEND' WHERE run_id = $1 AND position = 2",
    "a contact":
      "UPDATE marketing.campaign_manifest_row SET contact_id = contact_id + 1000000 WHERE run_id = $1 AND position = 3",
    "the consent behind a row":
      "UPDATE marketing.campaign_manifest_row SET authorization_event_id = 1 WHERE run_id = $1 AND position = 3",
    "the outcome of an erased person": `UPDATE marketing.campaign_manifest_row SET contact_id = NULL, salt = NULL, outcome = 'CONSENT_MISSING'
       WHERE run_id = $1 AND position = 1`,
    "a row that is taken away": "DELETE FROM marketing.campaign_manifest_row WHERE run_id = $1 AND position = 5",
    "a chunk that is taken away": `WITH gone AS (DELETE FROM marketing.campaign_manifest_row WHERE run_id = $1 AND position = 5)
       DELETE FROM marketing.campaign_manifest_chunk WHERE run_id = $1 AND chunk = 3`,
    "a chunk that is closed anew": "UPDATE marketing.campaign_manifest_chunk SET hash = sha256('x') WHERE run_id = $1",
    "the type of the campaign": `UPDATE marketing.campaign SET campaign_type = 'PURCHASE_INFORMATION'
       WHERE id = (SELECT campaign_id FROM marketing.campaign_run WHERE id = $1)`,
    "the seal": "UPDATE marketing.campaign_run SET seal = sha256('x') WHERE id = $1",
    "the seal, which is taken away": "UPDATE marketing.campaign_run SET seal = NULL, root_hash = NULL WHERE id = $1",
    "a row that is put behind the others": `INSERT INTO marketing.campaign_manifest_row
         (institution_id, run_id, position, contact_id, outcome, salt, hash)
       SELECT institution_id, run_id, 99, contact_id, outcome, salt, hash FROM marketing.campaign_manifest_row
       WHERE run_id = $1 AND position = 5`,
  };
  for (const [what, sql] of Object.entries(forgeries))
    it(`shows that somebody changed ${what}`, async () => {
      const { id, run } = await sent();
      await db.owner.query(sql, [run]);

      const { check } = (await read(id))!;
      expect(check).to.include({ isIntact: false });
      expect(check!.faults.map(({ runId }) => runId)).to.deep.equal([encodeId("CampaignRun", run)]);
    });

  it("shows what was changed in an earlier run as well, and what is not sealed yet while one is under way", async () => {
    for (const value of ["TRUE", "TRUE", "TRUE"] as const) await sender.person(value);
    const id = await sender.campaign();
    const first = await sender.ask(id);
    let chunks = 0;
    sender.beforeShipments = async () => {
      if (++chunks === 2) throw new Error("the worker dies");
    };
    await sender.work(first, 1).catch(() => undefined);
    const underWay = (await read(id))!.check;
    sender.today = { hasLeft: true };
    await sender.work(first, 1);
    sender.today = {};
    await sender.send(id, 1);
    const whole = (await read(id))!.check;

    await db.owner.query("UPDATE marketing.campaign_manifest_row SET shipment_id = 1 WHERE run_id = $1", [first]);
    const changed = (await read(id))!.check;

    expect(underWay).to.deep.include({ isIntact: true, isSealed: false, rows: 1, faults: [] });
    expect(whole).to.deep.include({ isIntact: true, isSealed: true, rows: 3, faults: [] });
    expect(changed).to.deep.include({ isIntact: false, isSealed: true, rows: 3, brokenRows: 1 });
    expect(changed!.faults).to.deep.equal([
      { runId: encodeId("CampaignRun", first), isSealed: true, brokenRows: 1, brokenChunks: [] },
    ]);
  });

  it("is given to nobody from whom something is withheld that decides it, and shows no hidden contacts (F05)", async () => {
    const { id, people } = await sent();
    await db.owner.query("UPDATE contacts.contact SET confidentiality_level = 2 WHERE id = $1", [people[0]!.id]);
    const raised = new Map<string, Clearance>([["Contact.authorizations", 2]]);

    expect(await read(id, sender.as({ raisedLevels: raised }))).to.equal(null);
    expect(await read(id, sender.as({ clearance: 0 }))).to.equal(null);
    expect((await read(id))!.entries.nodes.map(({ position }) => position)).to.deep.equal([2, 3, 4, 5]);
    expect((await read(id, sender.as({ clearance: 2 })))!.entries.nodes).to.have.length(5);
  });

  it("is not changed by the application itself: the database refuses", async () => {
    const { run } = await sent();

    for (const sql of [
      "UPDATE marketing.campaign_manifest_row SET outcome = 'SEND' WHERE run_id = $1",
      "DELETE FROM marketing.campaign_manifest_row WHERE run_id = $1",
      "UPDATE marketing.campaign_manifest_chunk SET chunk = 9 WHERE run_id = $1",
    ]) {
      const fault = await sender.services.pools.bulk.query(sql, [run]).catch((error) => error);
      expect(fault.code, sql).to.equal("42501");
    }
  });
});
