import type pg from "pg";
import { clearanceOf } from "../platform/access/clearance.js";
import { shippedRoles } from "../platform/access/permissions.js";
import { type Clock, systemClock } from "../platform/clock.js";
import { authorizationAudit, contactAudit, marketingRows } from "./demo-authorizations.js";
import { Calendar } from "./demo-calendar.js";
import { demoCallers, demoCode, otherCode } from "./demo-callers.js";
import { addresses, connections, otherPeople, type PersonRow, people, roles } from "./demo-people.js";
import { Programme } from "./demo-products.js";
import { Random } from "./demo-random.js";
import { crowdSales, Sales, stories } from "./demo-sales.js";

const timeZone = "Europe/Zurich";

/** Any number that nobody else locks by. */
const loadingLock = 7_411_200;

/** True when the demo institution is there. */
export async function demoIsLoaded(owner: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await owner.query("SELECT FROM platform.institution WHERE code = $1", [demoCode]);
  return rowCount === 1;
}

/**
 * Loads the demo institution and a small second one, which shows that neither sees the other, in one transaction. Does
 * nothing when there is any institution. The same people each time; their orders lie around today.
 * @param owner a connection of the role that owns the tables, outside a transaction
 */
export async function loadDemo(owner: pg.ClientBase, clock: Clock = systemClock): Promise<void> {
  await owner.query("BEGIN");
  try {
    // parts that start at the same moment load it once
    await owner.query("SELECT pg_advisory_xact_lock($1)", [loadingLock]);
    const { rowCount } = await owner.query("SELECT FROM platform.institution LIMIT 1");
    if (rowCount === 0) await insertDemo(owner, clock);
    await owner.query("COMMIT");
  } catch (error) {
    await owner.query("ROLLBACK");
    throw error;
  }
}

async function insertDemo(owner: pg.ClientBase, clock: Clock): Promise<void> {
  const calendar = new Calendar(clock, timeZone);
  const random = new Random(1_848);
  const demo = await insertInstitution(owner, demoCode, "Opéra de Demo", {
    OPERA: "Opéra de Demo",
    MUSEUM: "Musée de Demo",
  });
  const crowd = people(random, calendar);
  await insertPeople(owner, demo, crowd, random);
  await insertRows(owner, "contacts.contact_connection", demo, connections(calendar));
  await insertRows(owner, "contacts.audit_contact", demo, contactAudit(calendar));
  await insertRows(owner, "marketing.audit_authorization", demo, authorizationAudit(calendar));
  await insertSales(owner, demo, crowd, { random, calendar });

  const other = await insertInstitution(owner, otherCode, "Théâtre d'à côté", { THEATRE: "Théâtre d'à côté" });
  await insertPeople(owner, other, otherPeople(random, calendar), random);
  await advanceSequences(owner);
}

async function insertInstitution(
  owner: pg.ClientBase,
  code: string,
  name: string,
  organizations: Readonly<Record<string, string>>,
): Promise<number> {
  const { rows } = await owner.query<{ id: number }>(
    "INSERT INTO platform.institution (code, name, time_zone, country) VALUES ($1, $2, $3, 'CH') RETURNING id",
    [code, name, timeZone],
  );
  const { id } = rows[0]!;
  const named = Object.entries(organizations).map(([organization, label]) => ({ code: organization, name: label }));
  const bundles = Object.entries(shippedRoles).map(([role, permissions]) => ({ code: role, permissions }));
  const operators = demoCallers
    .filter(({ institution, kind }) => institution === code && kind !== "CONTACT")
    .map(({ login, kind, clearance, roles: held, organizations: worksFor }) => ({
      ...{ login, operator_kind: kind, clearance: clearanceOf(clearance), roles: held, organizations: worksFor },
    }));
  await insertRows(owner, "platform.organization", id, named);
  await insertRows(owner, "privacy.role", id, bundles);
  await insertRows(owner, "privacy.operator", id, operators);
  return id;
}

async function insertPeople(owner: pg.ClientBase, institution: number, rows: readonly PersonRow[], random: Random) {
  await insertRows(owner, "contacts.contact", institution, rows);
  await insertRows(owner, "contacts.contact_address", institution, addresses(random, rows));
  await insertRows(owner, "contacts.contact_role", institution, roles(rows));
  await insertRows(owner, "marketing.contact_marketing", institution, marketingRows(random, rows));
}

async function insertSales(
  owner: pg.ClientBase,
  institution: number,
  crowd: readonly PersonRow[],
  { random, calendar }: { random: Random; calendar: Calendar },
): Promise<void> {
  const programme = new Programme(calendar);
  const sales = new Sales(random, calendar);
  stories(sales, programme);
  crowdSales(random, sales, crowd, programme);
  await insertRows(
    owner,
    "history.product",
    institution,
    programme.products.map(({ row }) => row),
  );
  await insertRows(owner, "history.sales_order", institution, sales.orders);
  await insertRows(owner, "history.order_line", institution, sales.lines);
  await insertRows(owner, "history.ticket", institution, sales.tickets);
  await insertRows(owner, "history.payment", institution, sales.payments);
}

/** Rows that all have the same columns, in one statement. */
async function insertRows(owner: pg.ClientBase, table: string, institution: number, rows: readonly object[]) {
  const columns = Object.keys(rows[0]!).join(", ");
  await owner.query(
    `INSERT INTO ${table} (institution_id, ${columns})
     SELECT $1, ${columns} FROM jsonb_populate_recordset(NULL::${table}, $2)`,
    [institution, JSON.stringify(rows)],
  );
}

/** Behind the ids and numbers that the demo chose itself. */
async function advanceSequences(owner: pg.ClientBase): Promise<void> {
  await owner.query(`
    SELECT setval('contacts.contact_id_seq', (SELECT max(id) FROM contacts.contact)),
      setval('contacts.contact_number', (SELECT max(contact_number::bigint) FROM contacts.contact)),
      setval('history.product_id_seq', (SELECT max(id) FROM history.product)),
      setval('history.sales_order_id_seq', (SELECT max(id) FROM history.sales_order)),
      setval('history.ticket_id_seq', (SELECT max(id) FROM history.ticket)),
      setval('history.payment_id_seq', (SELECT max(id) FROM history.payment))`);
}
