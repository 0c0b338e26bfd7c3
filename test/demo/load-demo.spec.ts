import { expect } from "chai";
import pg from "pg";
import { demo, demoCallers, demoIsLoaded, loadDemo } from "../../src/demo/index.js";
import { historyFields } from "../../src/history/history.fields.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { mergeCatalogues } from "../../src/platform/access/fields.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import type { JobPayload } from "../../src/platform/jobs/index.js";
import { anonymizationTask, erasureProof } from "../../src/privacy/index.js";
import { product } from "../../src/product.js";
import { brokenChains, rowAndLedger } from "../marketing/authorizations/ledgers.js";
import { useDatabase } from "../support/database.js";
import { readHistory } from "../support/history.js";
import { testKeys } from "../support/keys.js";

describe("the demo institution", () => {
  const db = useDatabase();
  const all = async <Row>(query: string) => (await db.owner.query(query)).rows as Row[];
  const one = async (query: string) => (await all<Record<string, unknown>>(query))[0]!;

  async function asOwner<Result>(work: (owner: pg.Client) => Promise<Result>): Promise<Result> {
    const owner = new pg.Client({ connectionString: db.ownerUrl });
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  }

  before(async () => {
    await asOwner(async (owner) => {
      await loadDemo(owner, { clock: db.clock, identityKeys: testKeys() });
      expect(await demoIsLoaded(owner), "somebody else's institution is there").to.equal(false);
      await owner.query("DELETE FROM privacy.role; DELETE FROM platform.institution");
    });
    const loads = await Promise.all(
      [1, 2].map(() => demo.load({ ownerUrl: db.ownerUrl, clock: db.clock, identityKeys: testKeys() })),
    );
    expect(loads).to.deep.equal([true, true]);
  });

  it("has about 200 contacts, and a small neighbour with the same contact numbers", async () => {
    const found = await all(
      `SELECT i.code, i.time_zone, i.country, count(*)::int AS contacts, min(c.contact_number) AS first
       FROM platform.institution i JOIN contacts.contact c ON c.institution_id = i.id GROUP BY i.id ORDER BY i.id`,
    );

    const place = { time_zone: "Europe/Zurich", country: "CH", first: "00000101" };
    expect(found).to.deep.equal([
      { code: "demo", contacts: 200, ...place },
      { code: "other", contacts: 12, ...place },
    ]);
  });

  it("has an operator for each caller but the internet user, whose logins tell no name (F66)", async () => {
    const operators = await all(
      `SELECT i.code AS institution, o.login, o.operator_kind AS kind, o.clearance, o.roles, o.organizations
       FROM privacy.operator o JOIN platform.institution i ON i.id = o.institution_id`,
    );
    const levels = ["FREE", "RESTRICTED", "CONFIDENTIAL"];
    const expected = demoCallers
      .filter(({ kind }) => kind !== "CONTACT")
      .map(({ description: _, clearance, ...caller }) => ({ ...caller, clearance: levels.indexOf(clearance) }));

    expect(operators).to.have.deep.members(expected);
    for (const { login } of operators as { login: string }[]) expect(login).to.match(/^(op|svc|pa)-\d+$/);
  });

  it("has campaigns to preview and to run, of an operator who may, with rights as they are read back", async () => {
    const found = await all(
      `SELECT c.id, c.campaign_type AS type, c.state, c.owner, c.owner_claims->>'subject' AS subject,
         array(SELECT t.name FROM marketing.campaign_target l JOIN marketing.target t
           ON t.institution_id = l.institution_id AND t.id = l.target_id
           WHERE l.institution_id = c.institution_id AND l.campaign_id = c.id) AS targets
       FROM marketing.campaign c ORDER BY c.id`,
    );

    const common = { state: "DRAFT", owner: "op-1023", subject: "op-1023" };
    expect(found).to.deep.equal([
      { ...common, id: "1", type: "NEWSLETTER", targets: ["Francophones"] },
      { ...common, id: "2", type: "PURCHASE_INFORMATION", targets: ["Schools"] },
    ]);
    expect(demoCallers.find(({ login }) => login === "op-1023")!.roles).to.deep.equal(["MARKETING"]);
    const { rows } = await db.owner.query("SELECT nextval('marketing.campaign_id_seq')::int AS next");
    expect(rows).to.deep.equal([{ next: 3 }]);
  });

  it("has the levels, validities and authorizations that there are to show", async () => {
    expect(
      await one(
        `SELECT count(DISTINCT confidentiality_level)::int AS levels, bool_or(validity_end_date < '2026-03-10') AS invalid,
           bool_or(anonymized_at IS NOT NULL) AS anonymized, bool_or(structure_name = 'École des Tilleuls') AS school
         FROM contacts.contact WHERE institution_id = (SELECT id FROM platform.institution WHERE code = 'demo')`,
      ),
    ).to.deep.equal({ levels: 3, invalid: true, anonymized: true, school: true });
    expect(
      await one(
        `SELECT bool_or(email) AS granted, bool_or(NOT email) AS refused, bool_or(email IS NULL AND contact_type = 'INDIVIDUAL') AS empty
         FROM marketing.contact_marketing`,
      ),
    ).to.deep.equal({ granted: true, refused: true, empty: true });
  });

  it("has seasons, one of which is now, and leaves its indicators to the worker (domain 3.4)", async () => {
    const [season] = await all<{ now: boolean }>(
      "SELECT bool_or('2026-03-10' BETWEEN starts_on AND ends_on) AS now FROM history.season",
    );
    const runs = await all("SELECT status, reason, day::text FROM history.indicator_run");
    const jobs = await all("SELECT name FROM pgboss.job WHERE name = 'history.indicators'");

    expect(season).to.deep.equal({ now: true });
    expect(runs).to.deep.equal([{ status: "QUEUED", reason: "DAY", day: "2026-03-10" }]);
    expect(jobs).to.have.length(1);
  });

  it("has a run that has ended and its certificate, which the worker completes, and leaves a simulation to it", async () => {
    const base = db.services({ catalogue: mergeCatalogues(product.modules.map(({ fields }) => fields)) });
    const services = { ...base, ports: product.ports(base) };
    const jobs = await all<{ name: string; data: JobPayload }>(
      "SELECT name, data FROM pgboss.job WHERE name LIKE 'privacy.%' ORDER BY name",
    );
    const tasks = [anonymizationTask(services), erasureProof(services)];
    for (const { name, data } of jobs)
      await tasks.find(({ queue }) => queue === name)!.run(data, new AbortController().signal);

    expect(jobs.map(({ name }) => name)).to.deep.equal(["privacy.anonymization", "privacy.erasure-proof"]);
    const runs = await all<{ mode: string; status: string; anonymized: number; deleted: number; cutoff: string }>(
      "SELECT mode, status, anonymized, deleted, cutoff::text FROM privacy.anonymization_run ORDER BY id",
    );
    expect(runs.map(({ mode, status }) => `${mode} ${status}`)).to.deep.equal([
      ...["SIMULATION DONE", "RUN DONE", "SIMULATION DONE"],
    ]);
    expect(runs[2]!.cutoff).to.equal("2023-03-10");
    expect(runs[2]!.anonymized + runs[2]!.deleted, "somebody is inactive").to.be.above(0);
    expect(
      await one(
        "SELECT status, seal IS NOT NULL AS sealed, pass->'findings' AS findings FROM privacy.erasure_certificate",
      ),
    ).to.deep.equal({
      ...{ status: "DONE", sealed: true, findings: 0 },
    });
  });

  it("has what contacts wait for and hold, and somebody without a file on a ticket", async () => {
    const found = await one(
      `SELECT (SELECT count(*)::int FROM history.membership WHERE order_id IS NOT NULL) AS memberships,
         (SELECT count(*)::int FROM history.waiting_list_entry) AS waiting,
         (SELECT count(*)::int FROM history.advantage) AS advantages,
         (SELECT count(*)::int FROM history.ticket_beneficiary JOIN history.ticket_answer USING (institution_id, ticket_id)
          JOIN history.ticket t ON t.institution_id = ticket_beneficiary.institution_id AND t.id = ticket_id
          WHERE t.cultural_contact_id IS NULL) AS held`,
    );

    expect(found).to.deep.equal({ memberships: 1, waiting: 2, advantages: 2, held: 1 });
  });

  it("has a ledger that says, replayed, what each contact authorizes", async () => {
    const { rows } = await db.owner.query<{ id: string }>("SELECT contact_id AS id FROM marketing.contact_marketing");
    const replayed = await rowAndLedger(
      db,
      rows.map(({ id }) => id),
    );

    expect(replayed).to.have.length.above(50);
    expect(replayed.filter(({ row, ledger }) => row !== ledger)).to.deep.equal([]);
    expect(await brokenChains(db)).to.equal(0);
  });

  it("classifies its contacts: each kind of criterion, for those that it is for, one value kept from before (F21)", async () => {
    const found = await all<Record<string, unknown>>(
      `SELECT d.code, bool_or(v.is_active) AS current, bool_or(NOT v.is_active) AS old,
         count(*) FILTER (WHERE c.contact_type <> d.applicability AND d.applicability <> 'BOTH')::int AS wrong
       FROM contacts.contact_criterion h
       JOIN contacts.criterion d ON d.institution_id = h.institution_id AND d.id = h.criterion_id
       JOIN contacts.contact c ON c.institution_id = h.institution_id AND c.id = h.contact_id
       LEFT JOIN contacts.criterion_value v ON v.institution_id = h.institution_id AND v.criterion_id = d.id
         AND v.internal_code = h.value_code
       GROUP BY d.code ORDER BY d.code`,
    );

    expect(found).to.deep.equal([
      { code: "AGEGRP", current: true, old: false, wrong: 0 },
      { code: "INTEREST", current: true, old: true, wrong: 0 },
      { code: "SECTOR", current: true, old: false, wrong: 0 },
      { code: "VIP", current: null, old: null, wrong: 0 },
      { code: "WELCOME", current: null, old: null, wrong: 0 },
    ]);
  });

  it("has bounces that follow from what was reported, and so can be cleared (F12)", async () => {
    const found = await all<{ bounce_status: number; contacts: number; states: number; events: number }>(
      `SELECT m.bounce_status, count(*)::int AS contacts, count(b)::int AS states, count(e)::int AS events
       FROM marketing.contact_marketing m
       LEFT JOIN marketing.address_bounce b ON b.institution_id = m.institution_id AND b.contact_id = m.contact_id
         AND b.is_current AND b.bounce_status = m.bounce_status
       LEFT JOIN marketing.report_event e ON e.institution_id = m.institution_id AND e.contact_id = m.contact_id
         AND e.address_digest = b.address_digest
       WHERE m.bounce_status > 0 GROUP BY 1 ORDER BY 1`,
    );

    expect(found.map(({ bounce_status: status }) => status)).to.deep.equal([1, 2]);
    for (const { contacts, states, events } of found) expect([states, events]).to.deep.equal([contacts, contacts]);
  });

  it("has shipments, each that was sent with one interaction, and what operators registered (F25, F26, F28)", async () => {
    expect(
      await one(`SELECT count(*)::int AS shipments, count(*) FILTER (WHERE s.current_state = 'BOUNCED')::int AS bounced,
        count(i.id)::int AS interactions, count(*) FILTER (WHERE (i.id IS NULL) <> (s.current_state = 'QUEUED'))::int AS odd
        FROM history.shipment s LEFT JOIN history.interaction i ON i.shipment_id = s.id`),
    ).to.deep.equal({ shipments: 8, bounced: 1, interactions: 7, odd: 0 });
    expect(
      await one("SELECT count(*)::int AS manual FROM history.interaction WHERE shipment_id IS NULL"),
    ).to.deep.equal({
      manual: 3,
    });
  });

  it("agrees with itself: marketing's copies, totals of orders, currency of refunds", async () => {
    expect(
      await one(
        `SELECT (SELECT count(*)::int FROM contacts.contact c LEFT JOIN marketing.contact_marketing m
             ON m.institution_id = c.institution_id AND m.contact_id = c.id
           WHERE (m.contact_type, m.confidentiality_level, m.validity_end_date, m.anonymized_at, m.has_email, m.has_mobile,
           m.has_phone, m.has_postal_address, m.email_hash)
             IS DISTINCT FROM (c.contact_type, c.confidentiality_level, c.validity_end_date, c.anonymized_at, c.email IS NOT NULL, c.mobile IS NOT NULL,
           coalesce(c.phone, c.mobile) IS NOT NULL, EXISTS (SELECT FROM contacts.contact_address a
             WHERE a.institution_id = c.institution_id AND a.contact_id = c.id), platform.address_hash(c.email_key))) AS copies,
           (SELECT count(*)::int FROM history.sales_order o WHERE o.total <>
             (SELECT sum(l.amount) FROM history.order_line l
              WHERE l.institution_id = o.institution_id AND l.order_id = o.id)) AS totals,
           (SELECT count(*)::int FROM history.payment p JOIN history.sales_order o
             ON o.institution_id = p.institution_id AND o.id = p.order_id
           WHERE p.currency <> o.currency OR p.organization <> o.organization OR p.paid_at < o.ordered_at) AS payments`,
      ),
    ).to.deep.equal({ copies: 0, totals: 0, payments: 0 });
  });

  it("lies around the clock's today: orders of three years behind it, products of months before it", async () => {
    expect(
      await one(
        `SELECT bool_or(ordered_at > '2026-03-10T23:00Z') AS ahead, min(ordered_at) < '2024-01-01' AS old,
           max(ordered_at) > '2026-03-01' AS recent,
           (SELECT max(validity_end) > '2026-05-10' FROM history.product) AS future FROM history.sales_order`,
      ),
    ).to.deep.equal({ ahead: false, old: true, recent: true, future: true });
  });

  it("goes on behind the ids and numbers that it took", async () => {
    const institution = await one("SELECT id, code, time_zone FROM platform.institution WHERE code = 'demo'");

    const next = await db.insertContact({ institution: institution as never });

    expect(next.contactNumber).to.equal("00000301");
    expect(Number(next.id)).to.be.above(1_012);
  });

  it("tells the teacher's example (F32), and hides the relay who is CONFIDENTIAL", async () => {
    const { id } = await one("SELECT id FROM platform.institution WHERE code = 'demo'");
    const context = (clearance: Clearance) =>
      db.contextWith("contact:read", "history:read", {
        institution: { id: id as number, code: "demo", timeZone: "Europe/Zurich" },
        clearance,
        services: db.services({ catalogue: historyFields }),
      });
    const read = (contact: number, fields: string, clearance: Clearance = 0) =>
      readHistory(context(clearance), { opaqueId: encodeId("Contact", String(contact)) }, fields);
    const school = "financialHistory(first: 9) { nodes { amount method order { remark purchaser { id } } } }";

    const booked = await read(104, "purchaseHistory(first: 9) { nodes { total lines { quantity } } }");
    const attended = await read(107, "culturalHistory(first: 9) { nodes { product { code } } }");

    expect(booked.purchaseHistory?.nodes).to.deep.equal([{ total: "42.00", lines: [{ quantity: 7 }] }]);
    expect(attended.culturalHistory?.nodes).to.deep.equal([{ product: { code: "VISITE-ECOLE" } }]);
    const paid = (await read(103, school)).financialHistory?.nodes;
    expect(paid?.map(({ amount, method }) => [amount, method])).to.deep.equal([
      ["42.00", "INVOICE"],
      ["6.00", "INVOICE"],
    ]);
    // the school paid, so it sees the order, and not who made it
    const purchasers = (nodes: Record<string, unknown>[] | undefined) =>
      nodes?.map(({ order }) => (order as { purchaser: object | null }).purchaser !== null);
    expect(purchasers(paid)).to.deep.equal([true, false]);
    expect(purchasers((await read(103, school, 2)).financialHistory?.nodes)).to.deep.equal([true, true]);
  });
});
