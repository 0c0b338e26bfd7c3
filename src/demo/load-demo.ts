import type pg from "pg";
import { clearanceOf } from "../platform/access/clearance.js";
import { shippedRoles } from "../platform/access/permissions.js";
import type { KeyRing } from "../platform/key-ring.js";
import { authorizationChanges, contactAudit, marketingRows, wordingRows } from "./demo-authorizations.js";
import { bounceRows } from "./demo-bounces.js";
import { Calendar } from "./demo-calendar.js";
import type { DemoTools } from "./demo-caller.js";
import { demoCallers, demoCode, otherCode } from "./demo-callers.js";
import { campaignRows } from "./demo-campaigns.js";
import { activities, contactCriterionRows, criterionAudit, criterionCount, criterionRows } from "./demo-criteria.js";
import { holdingRows } from "./demo-holdings.js";
import { addresses, connections, otherPeople, type PersonRow, people, roles } from "./demo-people.js";
import { Programme } from "./demo-products.js";
import { Random } from "./demo-random.js";
import { runRows, simulationRow } from "./demo-runs.js";
import { crowdSales, Sales, stories } from "./demo-sales.js";
import { interactions, shipments } from "./demo-shipments.js";
import {
  hasInstitution,
  insertInstitution,
  insertRows,
  insertSearchKeys,
  isEmpty,
  leaveToWorker,
  lockLoading,
  requestIndicators,
  requestSimulation,
} from "./load-demo.sql.js";
import { advanceSequence, inOwnerTransaction, reserveIds } from "./owner.sql.js";

const timeZone = "Europe/Zurich";

/** True when the demo institution is there. */
export function demoIsLoaded(owner: pg.ClientBase): Promise<boolean> {
  return hasInstitution(owner, demoCode);
}

/**
 * Loads the demo institution and a small second one, which shows that neither sees the other, in one transaction. Does
 * nothing when there is any institution. The same people each time; their orders lie around today.
 * @param owner a connection of the role that owns the tables, outside a transaction
 */
export async function loadDemo(owner: pg.ClientBase, tools: DemoTools): Promise<void> {
  await inOwnerTransaction(owner, async () => {
    await lockLoading(owner);
    if (await isEmpty(owner)) await insertDemo(owner, tools);
  });
}

async function insertDemo(owner: pg.ClientBase, { clock, identityKeys }: DemoTools): Promise<void> {
  const calendar = new Calendar(clock, timeZone);
  const random = new Random(1_848);
  const demo = await insertHouse(owner, demoCode, "Opéra de Demo", {
    OPERA: "Opéra de Demo",
    MUSEUM: "Musée de Demo",
  });
  const crowd = people(random, calendar);
  await insertPeople(owner, demo, crowd, { random, calendar, identityKeys });
  await insertRows(owner, "contacts.contact_connection", demo, connections(calendar));
  await insertRows(owner, "contacts.audit_contact", demo, contactAudit(calendar));
  await insertRows(owner, "marketing.authorization_wording", demo, wordingRows(calendar));
  await insertCriteria(owner, demo, crowd, calendar);
  await insertSales(owner, demo, crowd, { random, calendar });
  await insertCampaigns(owner, demo, calendar);
  await insertRuns(owner, demo, calendar);
  await requestIndicators(owner, demo, calendar.today);

  const other = await insertHouse(owner, otherCode, "Théâtre d'à côté", { THEATRE: "Théâtre d'à côté" });
  const neighbours = otherPeople(random, calendar);
  await insertPeople(owner, other, neighbours, { random, calendar, identityKeys });
  await advanceSequence(owner, "contacts.contact_id_seq", neighbours.at(-1)!.id);
  await advanceSequence(owner, "contacts.contact_number", Number(crowd.at(-1)!.contact_number));
}

async function insertHouse(
  owner: pg.ClientBase,
  code: string,
  name: string,
  organizations: Readonly<Record<string, string>>,
): Promise<string> {
  const id = await reserveIds(owner, "platform.institution_id_seq", 1);
  await insertInstitution(owner, { id, code, name, timeZone });
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

async function insertPeople(
  owner: pg.ClientBase,
  institution: string,
  rows: readonly PersonRow[],
  { random, calendar, identityKeys }: { random: Random; calendar: Calendar; identityKeys: KeyRing },
) {
  await insertRows(owner, "contacts.contact", institution, rows);
  await insertSearchKeys(owner, institution);
  await insertRows(owner, "contacts.contact_address", institution, addresses(random, rows));
  await insertRows(owner, "contacts.contact_role", institution, roles(rows));
  const marketing = marketingRows(random, rows);
  await insertRows(owner, "marketing.contact_marketing", institution, marketing);
  await insertRows(
    owner,
    "marketing.authorization_change",
    institution,
    authorizationChanges(marketing, rows, calendar),
  );
  const statusOf = new Map(marketing.map((each) => [each.contact_id, each.bounce_status]));
  const { events, states } = bounceRows(identityKeys, institution, rows, { statusOf, calendar });
  if (events.length === 0) return;
  await insertRows(owner, "marketing.report_event", institution, events);
  await insertRows(owner, "marketing.address_bounce", institution, states);
}

async function insertCriteria(
  owner: pg.ClientBase,
  institution: string,
  crowd: readonly PersonRow[],
  calendar: Calendar,
): Promise<void> {
  const firstId = Number(await reserveIds(owner, "contacts.criterion_id_seq", criterionCount));
  const { criteria, values } = criterionRows(firstId);
  await insertRows(owner, "contacts.criterion", institution, criteria);
  await insertRows(owner, "contacts.criterion_value", institution, values);
  await insertRows(owner, "contacts.contact_criterion", institution, contactCriterionRows(crowd, firstId));
  await insertRows(owner, "contacts.audit_contact", institution, criterionAudit(calendar));
  await insertRows(owner, "contacts.activity", institution, activities(calendar));
}

async function insertCampaigns(owner: pg.ClientBase, institution: string, calendar: Calendar): Promise<void> {
  for (const [table, rows] of Object.entries(campaignRows(calendar))) await insertRows(owner, table, institution, rows);
  await advanceSequence(owner, "marketing.target_id_seq", 3);
  await advanceSequence(owner, "marketing.campaign_id_seq", 2);
}

async function insertRuns(owner: pg.ClientBase, institution: string, calendar: Calendar): Promise<void> {
  for (const [table, rows] of Object.entries(runRows(calendar))) await insertRows(owner, table, institution, rows);
  await advanceSequence(owner, "privacy.anonymization_run_id_seq", 2);
  await leaveToWorker(owner, "privacy.erasure-proof", institution, "2");
  await requestSimulation(owner, institution, simulationRow(calendar));
}

async function insertSales(
  owner: pg.ClientBase,
  institution: string,
  crowd: readonly PersonRow[],
  { random, calendar }: { random: Random; calendar: Calendar },
): Promise<void> {
  const programme = new Programme(calendar);
  const sales = new Sales(random, calendar);
  stories(sales, programme);
  crowdSales(random, sales, crowd, programme);
  await insertRows(owner, "history.season", institution, programme.seasons);
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
  for (const [table, rows] of Object.entries(holdingRows(sales, programme, calendar)))
    await insertRows(owner, table, institution, rows);
  await insertRows(owner, "history.shipment", institution, shipments(calendar));
  await insertRows(owner, "history.interaction", institution, interactions(calendar));
  await advanceSequence(owner, "history.shipment_id_seq", shipments(calendar).length);
  await advanceSequence(owner, "history.product_id_seq", programme.products.length);
  await advanceSequence(owner, "history.sales_order_id_seq", sales.orders.length);
  await advanceSequence(owner, "history.ticket_id_seq", sales.tickets.length);
  await advanceSequence(owner, "history.payment_id_seq", sales.payments.length);
}
