import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { insertRelay } from "../../support/history-rows.js";
import { mutate as mutateTarget } from "../targets/targets.js";
import { codesOf, mutate, targetOf } from "./campaigns.js";
import { counts, Sender } from "./sender.js";

const waiting = "SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'";

describe("runCampaign", () => {
  const db = useDatabase();
  let sender: Sender;

  beforeEach(async () => {
    sender = await Sender.of(db);
  });

  it("sends to those whom no gate holds back, and says of the others the first that does (F40, F42, 5.2)", async () => {
    const agreed = await sender.person("TRUE");
    const refused = await sender.person("FALSE");
    const silent = await sender.person("EMPTY");
    const invalid = await sender.person("EMPTY", { validityEndDate: "2020-01-01" });
    const unreachable = await db.insertContact({ institution: sender.institution, language: "fr" });
    const hidden = await sender.person("TRUE", { level: 2 });

    const { state, run } = await sender.send(await sender.campaign());

    expect(state).to.equal("SENT");
    expect(run).to.deep.include({ status: "DONE", progress: 1, changed: 0, failure: null, startedBy: "marketer" });
    expect(counts(run!.outcomes)).to.deep.equal({
      ...{ SEND: 1, CONSENT_REFUSED: 1, CONSENT_MISSING: 1, INVALID_CONTACT: 1, NO_ADDRESS: 1 },
    });
    expect(await sender.outcomes(agreed, refused, silent, invalid, unreachable, hidden)).to.deep.equal([
      ...["SEND", "CONSENT_REFUSED", "CONSENT_MISSING", "INVALID_CONTACT", "NO_ADDRESS", undefined],
    ]);
    expect(await sender.shipped()).to.deep.equal([agreed.id]);
  });

  it("asks no consent for purchase information, and for that alone (F41)", async () => {
    const [refused, invalid] = [
      await sender.person("FALSE"),
      await sender.person("EMPTY", { validityEndDate: "2020-01-01" }),
    ];

    await sender.send(await sender.campaign({ type: "PURCHASE_INFORMATION" }));
    expect(await sender.outcomes(refused, invalid)).to.deep.equal(["SEND", "INVALID_CONTACT"]);
    for (const type of ["INVITATION", "NEWSLETTER", "PROMOTION", "OTHER"]) {
      await sender.send(await sender.campaign({ type }));
      expect(await sender.outcomes(refused), type).to.deep.equal(["CONSENT_REFUSED"]);
    }
  });

  it("puts shipments and interactions into the files of those who receive it (F25, F28)", async () => {
    const contact = await sender.person("TRUE", { email: "anna@example.org" });

    await sender.send(await sender.campaign({ subject: "Spring" }));

    const { rows } = await db.owner.query(
      `SELECT s.organization, s.shipment_kind, s.channel, s.subject, s.recipient, s.current_state, i.medium
       FROM history.shipment s JOIN history.interaction i ON i.shipment_id = s.id WHERE s.contact_id = $1`,
      [contact.id],
    );
    expect(rows).to.deep.equal([
      {
        ...{ organization: "OPERA", shipment_kind: "CAMPAIGN", channel: "EMAIL", subject: "Spring" },
        ...{ recipient: "anna@example.org", current_state: "SENT", medium: "EMAIL" },
      },
    ]);
  });

  it("names in the manifest the entry of the ledger that let pass, or held back", async () => {
    const [agreed, refused] = [await sender.person("TRUE"), await sender.person("FALSE")];

    await sender.send(await sender.campaign());

    const { rows } = await db.owner.query(
      "SELECT contact_id, id FROM marketing.authorization_event WHERE institution_id = $1 AND code = 'INSTITUTION_EMAIL'",
      [sender.institution.id],
    );
    const event = new Map(rows.map(({ contact_id, id }) => [contact_id, id]));
    const manifest = await sender.manifest();
    for (const { id } of [agreed, refused]) {
      const row = manifest.find(({ contact_id }) => contact_id === id);
      expect(row!.authorization_event_id).to.equal(event.get(id)).and.not.equal(undefined);
    }
  });

  it("honours a refusal that comes between the targets and the chunk (5.7)", async () => {
    const [first, second, third] = [await sender.person(), await sender.person(), await sender.person()];
    sender.beforeShipments = async () => {
      sender.beforeShipments = undefined;
      await sender.says(third, "FALSE");
    };

    const { run } = await sender.send(await sender.campaign(), 1);

    expect(await sender.outcomes(first, second, third)).to.deep.equal(["SEND", "SEND", "CONSENT_REFUSED"]);
    expect(await sender.shipped()).to.deep.equal([first.id, second.id]);
    expect(counts(run!.expected!.outcomes)).to.deep.equal({ SEND: 3 });
    expect(counts(run!.outcomes)).to.deep.equal({ SEND: 2, CONSENT_REFUSED: 1 });
    expect(run!.changed).to.equal(1);
  });

  it("has a refusal in the middle of a chunk wait until that chunk is sent", async () => {
    const contact = await sender.person();
    let refusal: Promise<void> | undefined;
    sender.beforeShipments = async () => {
      refusal = sender.says(contact, "FALSE");
    };

    await sender.send(await sender.campaign());
    await refusal;

    expect(await sender.outcomes(contact)).to.deep.equal(["SEND"]);
    const { rows } = await db.owner.query(
      `SELECT s.sent_at < c.at AS "isBefore" FROM history.shipment s
       JOIN marketing.authorization_change c ON c.contact_id = s.contact_id AND c.is_false > 0 WHERE s.contact_id = $1`,
      [contact.id],
    );
    expect(rows).to.have.length(1);
  });

  it("sends one mail to an address, to the first by number (G7)", async () => {
    const shared = { email: "both@example.org" };
    const [first, second] = [await sender.person("TRUE", shared), await sender.person("TRUE", shared)];
    const refusing = await sender.person("FALSE", { email: "two@example.org" });
    const agreeing = await sender.person("TRUE", { email: "two@example.org" });

    for (const together of [1, undefined]) {
      await sender.send(await sender.campaign(), together);
      expect(await sender.outcomes(first, second, refusing, agreeing)).to.deep.equal([
        ...["SEND", "DUPLICATE_EMAIL", "CONSENT_REFUSED", "SEND"],
      ]);
    }
  });

  it("sends to the primary relay what is for a structure, with the relay's consent", async () => {
    const relay = await sender.person("TRUE", { language: "de", roles: ["RELAY"] });
    const { institution } = sender;
    const structure = await db.insertContact({
      institution,
      type: "STRUCTURE",
      structureName: "School",
      language: "fr",
    });
    const alone = await db.insertContact({ institution, type: "STRUCTURE", structureName: "Alone", language: "fr" });
    await insertRelay({ owner: db.owner, home: institution }, relay, structure);

    await sender.send(await sender.campaign());

    expect(await sender.outcomes(structure, alone)).to.deep.equal(["SEND", "NO_ADDRESS"]);
    expect(await sender.shipped()).to.deep.equal([relay.id]);
  });

  it("is refused while it runs and once it has, also for another run at the same time", async () => {
    await sender.person();
    const id = await sender.campaign();
    const answers = await Promise.all([1, 2].map(() => mutate(sender.as(), "runCampaign", { id })));

    expect(answers.flatMap(codesOf)).to.deep.equal(["CAMPAIGN_ALREADY_SENT id"]);
    await sender.work(await sender.latestRun());
    expect(codesOf(await mutate(sender.context, "runCampaign", { id }))).to.deep.equal(["CAMPAIGN_ALREADY_SENT id"]);
    expect(codesOf(await mutate(sender.context, "updateCampaign", { id, name: "x" }))).to.deep.equal([
      "CAMPAIGN_ALREADY_SENT id",
    ]);
  });

  it("sends once when several processes work on it at the same time", async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => sender.person()));
    const run = await sender.ask(await sender.campaign());

    await Promise.all([1, 2, 3].map(() => sender.work(run, 2)));

    expect(await sender.shipped()).to.deep.equal(people.map(({ id }) => id).toSorted((a, b) => Number(a) - Number(b)));
    expect((await sender.manifest(run)).map(({ position }) => position)).to.deep.equal(people.map((_, n) => n + 1));
  });

  it("does not run for an owner who may not any more, and goes on once he may", async () => {
    const contact = await sender.person();
    const id = await sender.campaign();
    for (const today of [{ hasLeft: true }, { without: "campaign:write" } as const]) {
      sender.today = today;
      const { state, run } = await sender.send(id);
      expect(state).to.equal("FAILED");
      expect(run!.failure).to.include({ code: "CAMPAIGN_OWNER_NOT_PERMITTED" });
    }

    sender.today = {};
    expect(await sender.send(id)).to.include({ state: "SENT" });
    expect(await sender.shipped()).to.deep.equal([contact.id]);
  });

  it("sends with the lower of the owner's clearance when it was asked for and of now (Q-41)", async () => {
    const [free, restricted] = [await sender.person(), await sender.person("TRUE", { level: 1 })];
    const [one, other] = [await sender.campaign(), await sender.campaign()];
    const run = await sender.ask(one);
    sender.today = { clearance: 0 };

    await sender.work(run);
    expect(await sender.outcomes(free, restricted)).to.deep.equal(["SEND", undefined]);

    // what he has when he asks for a run is all that it ever has
    const later = await sender.ask(other);
    sender.today = {};
    await sender.work(later);
    expect(await sender.outcomes(free, restricted)).to.deep.equal(["SEND", undefined]);
  });

  it("does not ask a target that somebody who sees more has changed since", async () => {
    await sender.person();
    const targetIds = [await targetOf(sender.context)];
    const id = await sender.campaign({ targetIds });
    const filter = { condition: { field: "contact.language", operator: "IS_ANY_OF", values: ["fr", "de"] } };
    await mutateTarget(sender.as({ login: "boss", clearance: 2 }), "updateTarget", { id: targetIds[0], filter });

    const { run } = await sender.send(id);

    expect(run!.failure).to.include({ code: "CAMPAIGN_TARGET_NOT_ASKABLE" });
    expect(await sender.shipped()).to.deep.equal([]);
  });

  it("leaves out those who are raised above the owner between the targets and the chunk (G1)", async () => {
    const [first, second] = [await sender.person(), await sender.person()];
    sender.beforeShipments = async () => {
      sender.beforeShipments = undefined;
      await db.owner.query("UPDATE contacts.contact SET confidentiality_level = 2 WHERE id = $1", [second.id]);
      await db.owner.query("UPDATE marketing.contact_marketing SET confidentiality_level = 2 WHERE contact_id = $1", [
        second.id,
      ]);
    };

    const { run } = await sender.send(await sender.campaign(), 1);

    expect(await sender.outcomes(first, second)).to.deep.equal(["SEND", undefined]);
    expect(counts(run!.outcomes)).to.deep.equal({ SEND: 1 });
  });

  it("stops when the owner may not ask a field of its targets any more", async () => {
    await sender.person();
    const id = await sender.campaign();
    sender.today = { raised: new Map<string, Clearance>([["Contact.language", 2]]) };

    const { state, run } = await sender.send(id);

    expect(state).to.equal("FAILED");
    expect(run!.failure).to.include({ code: "CAMPAIGN_TARGET_NOT_ASKABLE" });
    expect(run!.failure!.message).to.contain("FIELD_NOT_AVAILABLE");
    expect(await sender.shipped()).to.deep.equal([]);
  });

  it("is ended by cancelCampaign between chunks; what was sent stays sent and sealed", async () => {
    const people = [await sender.person(), await sender.person(), await sender.person()];
    const id = await sender.campaign();
    let cancelled: Promise<unknown> | undefined;
    let hasCancelled = false;
    sender.beforeShipments = async () => {
      if (cancelled) return;
      cancelled = mutate(sender.as(), "cancelCampaign", { id }).finally(() => {
        hasCancelled = true;
      });
      // the next chunk comes after it: it is done, or waits for this one
      await eventually(
        async () => hasCancelled || (await db.superuser(waiting, [db.name])).rowCount === 1,
        (isNext) => isNext,
      );
    };

    const { state, run } = await sender.send(id, 1);
    await cancelled;

    expect((await sender.read(id)).state).to.equal("CANCELLED");
    expect(["CANCELLED", "RUNNING"]).to.include(state);
    expect(run).not.to.equal(null);
    expect((await sender.shipped()).length).to.be.lessThan(people.length);
    expect((await sender.read(id)).run).to.deep.include({ status: "CANCELLED" });
    expect(codesOf(await mutate(sender.context, "runCampaign", { id }))).to.deep.equal(["CAMPAIGN_CANCELLED id"]);
  });

  it("tells in the audit who ran it, and what became of it", async () => {
    await sender.person();
    await sender.send(await sender.campaign());

    const { rows } = await db.owner.query(
      `SELECT concat_ws(' ', actor, field, old_value, new_value) AS entry FROM marketing.audit_campaign
       WHERE institution_id = $1 AND field = 'state' ORDER BY id`,
      [sender.institution.id],
    );
    expect(rows.map(({ entry }) => entry)).to.deep.equal([
      ...["marketer state DRAFT", "marketer state DRAFT RUNNING", "system state RUNNING SENT"],
    ]);
  });
});
