import type { Sql } from "../../../platform/database/sql.js";
import type { StagedTable } from "./staged-table.js";

/** What records of organizations are known by; the two lists go together. */
export interface Names {
  readonly organizations: readonly string[];
  readonly keys: readonly string[];
}

/** A stored record: what it is known by, and which version of it this is. */
export interface Stored {
  id: string;
  organization: string;
  key: string;
  /** Of what was delivered; a whole number. */
  version: number;
}

/** Makes deliveries of one institution wait for each other: what was looked up stays so until it is written. */
export async function waitForDeliveries(db: Sql): Promise<void> {
  await db.query(`/* waitForDeliveries */ SELECT pg_advisory_xact_lock(hashtext('history.ingest'), $1::int)`, [
    db.institutionId,
  ]);
}

export async function selectOrganizationCodes(db: Sql): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `/* selectOrganizationCodes */ SELECT code FROM platform.organization WHERE institution_id = $1`,
    [db.institutionId],
  );
  return rows.map(({ code }) => code);
}

const named = (key: string) => `(t.organization, t.${key}) IN (SELECT * FROM unnest($2::text[], $3::text[]))`;
const stored = (key: string) => `t.id, t.organization, t.${key} AS key, t.version::float8 AS version`;

export async function selectStoredSeasons(db: Sql, { organizations, keys }: Names): Promise<Stored[]> {
  const { rows } = await db.query<Stored>(
    `/* selectStoredSeasons */ SELECT ${stored("code")} FROM history.season t
     WHERE t.institution_id = $1 AND ${named("code")}`,
    [db.institutionId, organizations, keys],
  );
  return rows;
}

export interface StoredProduct extends Stored {
  productKind: string;
}

export async function selectStoredProducts(db: Sql, { organizations, keys }: Names): Promise<StoredProduct[]> {
  const { rows } = await db.query<StoredProduct>(
    `/* selectStoredProducts */ SELECT ${stored("code")}, t.product_kind AS "productKind" FROM history.product t
     WHERE t.institution_id = $1 AND ${named("code")}`,
    [db.institutionId, organizations, keys],
  );
  return rows;
}

export interface StoredOrder extends Stored {
  orderedAt: Date;
  purchaserId: string | null;
  payerId: string | null;
  cleaned: boolean;
  /** Its address alone was taken away (F52). */
  ipCleaned: boolean;
}

/** Locked, because others write remarks. */
export async function lockOrders(db: Sql, { organizations, keys }: Names): Promise<StoredOrder[]> {
  const { rows } = await db.query<StoredOrder>(
    `/* lockOrders */ SELECT ${stored("order_number")}, t.ordered_at AS "orderedAt", t.purchaser_id AS "purchaserId",
       t.payer_id AS "payerId", t.cleaned, t.ip_cleaned AS "ipCleaned"
     FROM history.sales_order t WHERE t.institution_id = $1 AND ${named("order_number")} FOR UPDATE OF t`,
    [db.institutionId, organizations, keys],
  );
  return rows;
}

export interface StoredLine {
  orderId: string;
  lineNumber: number;
}

export async function selectStoredLines(db: Sql, orderIds: readonly string[]): Promise<StoredLine[]> {
  const { rows } = await db.query<StoredLine>(
    `/* selectStoredLines */ SELECT t.order_id AS "orderId", t.line_number AS "lineNumber" FROM history.order_line t
     WHERE t.institution_id = $1 AND t.order_id = ANY($2::bigint[])`,
    [db.institutionId, orderIds],
  );
  return rows;
}

export interface StoredTicket {
  id: string;
  orderId: string;
  lineNumber: number;
  ticketNumber: number;
  productId: string;
  culturalContactId: string | null;
  cleaned: boolean;
}

export async function selectStoredTickets(db: Sql, orderIds: readonly string[]): Promise<StoredTicket[]> {
  const { rows } = await db.query<StoredTicket>(
    `/* selectStoredTickets */ SELECT t.id, t.order_id AS "orderId", t.line_number AS "lineNumber",
       t.ticket_number AS "ticketNumber", t.product_id AS "productId", t.cultural_contact_id AS "culturalContactId",
       t.cleaned
     FROM history.ticket t WHERE t.institution_id = $1 AND t.order_id = ANY($2::bigint[])`,
    [db.institutionId, orderIds],
  );
  return rows;
}

/** Tickets that were erased and then dropped: one that comes back is not filled again. */
export async function selectErasedTickets(
  db: Sql,
  orderIds: readonly string[],
): Promise<Pick<StoredTicket, "orderId" | "lineNumber" | "ticketNumber">[]> {
  const { rows } = await db.query<StoredTicket>(
    `/* selectErasedTickets */ SELECT t.order_id AS "orderId", t.line_number AS "lineNumber",
       t.ticket_number AS "ticketNumber"
     FROM history.erased_ticket t WHERE t.institution_id = $1 AND t.order_id = ANY($2::bigint[])`,
    [db.institutionId, orderIds],
  );
  return rows;
}

export interface StoredBelonging extends Stored {
  contactId: string;
  cleaned: boolean;
}

/** Payments, waiting list entries, memberships, advantages or shipments. */
export async function lockBelongings(
  db: Sql,
  table: StagedTable,
  { organizations, keys }: Names,
): Promise<StoredBelonging[]> {
  const { payer_id: isPaid, cleaned } = table.columns;
  const { rows } = await db.query<StoredBelonging>(
    `/* lockBelongings */ SELECT ${stored("external_id")}, t.${isPaid ? "payer_id" : "contact_id"} AS "contactId",
       ${cleaned ? "t.cleaned" : "false"} AS cleaned
     FROM history.${table.name} t WHERE t.institution_id = $1 AND ${named("external_id")} FOR UPDATE OF t`,
    [db.institutionId, organizations, keys],
  );
  return rows;
}

/** Ids for new rows of a table, in ascending order. */
export async function nextIds(db: Sql, { name }: StagedTable, count: number): Promise<string[]> {
  if (count === 0) return [];
  const { rows } = await db.query<{ ids: string[] }>(
    `/* nextIds */ SELECT array_agg(nextval('history.${name}_id_seq')::text) AS ids FROM generate_series(1, $1::int)`,
    [count],
  );
  return rows[0]!.ids;
}
