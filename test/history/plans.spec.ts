import { expect } from "chai";
import { selectCredits, selectHoldings } from "../../src/contacts/symbols/symbol.sql.js";
import { selectCulturalItemPages } from "../../src/history/cultural-item.sql.js";
import { culturalChoices, purchaseChoices } from "../../src/history/history.filters.sql.js";
import type { PageRequest } from "../../src/history/history.sql.js";
import { selectAdvantagePages } from "../../src/history/holdings/advantage.sql.js";
import { selectMembershipPages } from "../../src/history/holdings/membership.sql.js";
import { selectWaitingListPages } from "../../src/history/holdings/waiting-list.sql.js";
import { selectInteractionPages } from "../../src/history/interactions/interaction.sql.js";
import { selectOrderPages, selectOrders, sumOrders } from "../../src/history/order.sql.js";
import { selectOrderPayments, selectPaymentPages } from "../../src/history/payment.sql.js";
import { countShipments, selectShipmentPages, shipmentChoices } from "../../src/history/shipments/shipment.sql.js";
import { selectLastActivityDays } from "../../src/history/summary/summary.sql.js";
import { timelineSources } from "../../src/history/timeline/timeline.sources.sql.js";
import { countTimeline, selectTimelinePages } from "../../src/history/timeline/timeline.sql.js";
import type { Sql } from "../../src/platform/database/sql.js";
import { type TestDatabase, useDatabase } from "../support/database.js";

/** Enough contacts with enough rows that the planner has something to choose; every fortieth is a structure with relays. */
async function insertMany({ owner, home }: TestDatabase): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO contacts.contact (institution_id, contact_type, last_name, structure_name)
     SELECT $1, CASE WHEN n % 40 = 0 THEN 'STRUCTURE' ELSE 'INDIVIDUAL' END, CASE WHEN n % 40 > 0 THEN 'Muster' END,
       CASE WHEN n % 40 = 0 THEN 'School' END
     FROM generate_series(1, 2000) n RETURNING id`,
    [home.id],
  );
  const people = `(SELECT id, row_number() OVER (ORDER BY id) AS n FROM contacts.contact WHERE institution_id = $1) c`;
  for (const statement of [
    `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
     SELECT $1, 'RELAY_OF', c.id, c.id + 40 - c.n % 40 FROM ${people} WHERE c.n % 40 > 35 AND c.n < 1990`,
    `INSERT INTO history.product (institution_id, organization, code, name, product_kind, validity_end)
     SELECT $1, 'OPERA', 'P' || n, 'P', 'PERFORMANCE', date '2026-01-01' + n FROM generate_series(1, 200) n`,
    `INSERT INTO history.sales_order (institution_id, organization, order_number, operation_kind, ordered_at, purchaser_id,
       currency, total)
     SELECT $1, 'OPERA', 'N' || c.id || '-' || day, 'SALE', timestamptz '2026-01-01' + day * interval '1 day', c.id, 'CHF', 9
     FROM ${people}, generate_series(1, 8) day`,
    `INSERT INTO history.order_line (institution_id, order_id, line_number, product_id, quantity, amount)
     SELECT $1, o.id, 1, (SELECT min(id) FROM history.product) + o.id % 200, 1, 9
     FROM history.sales_order o WHERE o.institution_id = $1`,
    `INSERT INTO history.ticket (institution_id, order_id, line_number, ticket_number, product_id, cultural_contact_id, price)
     SELECT $1, l.order_id, 1, 1, l.product_id, o.purchaser_id, 9 FROM history.order_line l
     JOIN history.sales_order o ON o.institution_id = $1 AND o.id = l.order_id WHERE l.institution_id = $1`,
    `INSERT INTO history.payment (institution_id, organization, external_id, order_id, payer_id, paid_at, payment_method,
       amount, currency)
     SELECT $1, 'OPERA', o.id::text, o.id, o.purchaser_id, o.ordered_at, 'CARD', 9, 'CHF'
     FROM history.sales_order o WHERE o.institution_id = $1`,
    `INSERT INTO history.waiting_list_entry (institution_id, organization, external_id, contact_id, product_id,
       requested_at, entry_state)
     SELECT $1, 'OPERA', c.id || '-' || entry, c.id, (SELECT min(id) FROM history.product), '2026-02-01', 'WAITING'
     FROM ${people}, generate_series(1, 3) entry`,
    `INSERT INTO history.membership (institution_id, organization, external_id, contact_id, product_id, valid_from,
       membership_state)
     SELECT $1, 'OPERA', c.id || '-' || entry, c.id, (SELECT min(id) FROM history.product), '2026-02-01', 'ACTIVE'
     FROM ${people}, generate_series(1, 3) entry`,
    `INSERT INTO history.advantage (institution_id, organization, external_id, contact_id, code, name, advantage_state)
     SELECT $1, 'OPERA', c.id || '-' || entry, c.id, 'A', 'A', 'ASSIGNED' FROM ${people}, generate_series(1, 3) entry`,
    `INSERT INTO history.shipment (institution_id, organization, external_id, contact_id, shipment_kind, channel, created_at,
       shipment_state)
     SELECT $1, 'OPERA', c.id || '-' || entry, c.id, 'CAMPAIGN', 'EMAIL', '2026-02-01', 'SENT'
     FROM ${people}, generate_series(1, 5) entry`,
    `INSERT INTO history.interaction (institution_id, organization, contact_id, shipment_id, medium, interaction_status,
       occurred_at, created_by)
     SELECT $1, 'OPERA', s.contact_id, s.id, 'EMAIL', 'CLOSED', s.created_at, 'ana'
     FROM history.shipment s WHERE s.institution_id = $1`,
  ])
    await owner.query(statement, [home.id]);
  await owner.query("ANALYZE");
  return rows.slice(38, 41).map(({ id }) => id);
}

/** The plan of the statement that `work` makes, kept for any values, as the serving role has it. */
async function planOf(db: TestDatabase, work: (explaining: Sql) => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  await db.context.transaction(async (sql) => {
    await sql.query("/* plan */ SET LOCAL plan_cache_mode = force_generic_plan");
    await work({
      institutionId: sql.institutionId,
      async query(text, values = []) {
        const literals = values.map((value) => literalOf(value)).join(", ");
        await sql.query(`/* plan */ PREPARE looked_at AS ${text}`);
        const { rows } = await sql.query<{ "QUERY PLAN": string }>(
          `/* plan */ EXPLAIN EXECUTE looked_at (${literals})`,
        );
        await sql.query("/* plan */ DEALLOCATE looked_at");
        lines.push(...rows.map((row) => row["QUERY PLAN"]));
        return { rows: [], rowCount: 0 };
      },
    });
  });
  return lines.join("\n");
}

function literalOf(value: unknown): string {
  if (Array.isArray(value)) return `'{${value.join(",")}}'`;
  return value === null ? "NULL" : `'${String(value)}'`;
}

describe("the statements of the histories", () => {
  const db = useDatabase();
  let ids: string[];

  before(async () => {
    ids = await insertMany(db);
  });

  const request: PageRequest = {
    ...{ from: "2025-03-10", to: "infinity", timeZone: "Europe/Zurich" },
    ...{ withRelays: true, choices: [], after: null, limit: 21 },
  };
  const timeline = { ...request, after: null, sources: timelineSources, organizations: ["OPERA"], own: ["OPERA"] };
  const filter = { organizations: ["OPERA"], productKinds: ["MATCH"] };
  const cases: Record<string, (sql: Sql) => Promise<unknown>> = {
    shipments: (sql) => selectShipmentPages(sql, ids, { ...request, choices: shipmentChoices({ states: ["SENT"] }) }),
    "how many shipments": (sql) => countShipments(sql, ids, request),
    interactions: (sql) => selectInteractionPages(sql, ids, request, true),
    "days of the last activity": (sql) => selectLastActivityDays(sql, ids),
    "what contacts hold today": (sql) => selectHoldings(sql, ids),
    "what contacts are owed": (sql) => selectCredits(sql, ids),
    "orders with their lines": (sql) => selectOrderPages(sql, ids, request, true),
    "orders by what was bought": (sql) =>
      selectOrderPages(sql, ids, { ...request, choices: purchaseChoices(filter) }, false),
    "sums of orders": (sql) => sumOrders(sql, ids, request),
    "orders by their ids": (sql) => selectOrders(sql, ["1", "2", "3"]),
    "what is attended": (sql) => selectCulturalItemPages(sql, ids, { ...request, choices: culturalChoices(filter) }),
    payments: (sql) => selectPaymentPages(sql, ids, request),
    "payments of orders": (sql) => selectOrderPayments(sql, ["1", "2", "3"]),
    "waiting lists": (sql) => selectWaitingListPages(sql, ids, request),
    memberships: (sql) => selectMembershipPages(sql, ids, request),
    advantages: (sql) => selectAdvantagePages(sql, ids, request),
    timelines: (sql) => selectTimelinePages(sql, ids, timeline),
    "counts of timelines": (sql) => countTimeline(sql, ids, timeline),
  };
  for (const [name, work] of Object.entries(cases))
    it(`read the rows of the contacts alone, under the policies: ${name}`, async () => {
      const plan = await planOf(db, work);

      expect(plan).to.contain("Index");
      // of a table with a few rows or none, all are read
      const small = "product|season|institution|activity|authorization_change|campaign";
      expect(plan, plan).not.to.match(new RegExp(`Seq Scan on (?!${small})|hashed SubPlan|Hash Join`));
    });
});
