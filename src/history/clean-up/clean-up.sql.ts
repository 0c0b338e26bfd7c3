import type { Sql } from "../../platform/database/sql.js";

/** Statements of a duty: every ticket of the institution, whoever it is about (F50, D-09). */

const local = (instant: string) => `(${instant} AT TIME ZONE i.time_zone)::date`;

/** The last day of what a ticket or line is for; of the undated the day of their order `o` (D-08, Q-34). */
const endOf = (product: string) =>
  `coalesce(${product}.validity_end, ${local(`${product}.starts_at`)}, ${local("o.ordered_at")})`;

/** Tickets `t` that ended before a day, strictly (D-01), and still tell who somebody is. */
const oldTickets = (day: string) => `
  history.ticket t
  JOIN platform.institution i ON i.id = $1
  JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
  JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
  WHERE t.institution_id = $1 AND ${endOf("p")} < ${day}
    AND (EXISTS (SELECT FROM history.ticket_beneficiary b WHERE b.institution_id = $1 AND b.ticket_id = t.id
        AND num_nonnulls(b.first_name, b.last_name, b.birth_date, b.email, b.phone) > 0)
      OR EXISTS (SELECT FROM history.ticket_answer a WHERE a.institution_id = $1 AND a.ticket_id = t.id
        AND a.question_type IN ('ADDRESS', 'EMAIL')))`;

/** Orders `o` with an address, all of whose tickets are old; goods and empty orders count by their own days (Q-33, Q-34). */
const oldOrders = (day: string) => `
  history.sales_order o
  JOIN platform.institution i ON i.id = $1
  WHERE o.institution_id = $1 AND o.ip_address IS NOT NULL
    AND NOT EXISTS (SELECT FROM history.ticket t
      JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
      WHERE t.institution_id = $1 AND t.order_id = o.id AND ${endOf("p")} >= ${day})
    AND NOT EXISTS (SELECT FROM history.order_line l
      JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id
      WHERE l.institution_id = $1 AND l.order_id = o.id AND ${endOf("p")} >= ${day}
        AND NOT EXISTS (SELECT FROM history.ticket t
          WHERE t.institution_id = $1 AND t.order_id = l.order_id AND t.line_number = l.line_number))
    AND (${local("o.ordered_at")} < ${day}
      OR EXISTS (SELECT FROM history.order_line l WHERE l.institution_id = $1 AND l.order_id = o.id))`;

/** How many tickets and orders a clean-up before this day would change. */
export async function countOld(db: Sql, day: string): Promise<{ tickets: number; orders: number }> {
  const { rows } = await db.query<{ tickets: number; orders: number }>(
    `/* countOld */
     SELECT (SELECT count(*)::int FROM ${oldTickets("$2::date")}) AS tickets,
       (SELECT count(*)::int FROM ${oldOrders("$2::date")}) AS orders`,
    [db.institutionId, day],
  );
  return rows[0]!;
}

/** Where a table stands: the last of the next rows behind one, at most so many. Null when there are none. */
export async function selectNextOf(
  db: Sql,
  table: "history.ticket" | "history.sales_order",
  after: string,
  limit: number,
): Promise<string | null> {
  const { rows } = await db.query<{ last: string | null }>(
    `/* selectNextOf */
     SELECT max(id) AS last FROM (SELECT x.id FROM ${table} x WHERE x.institution_id = $1 AND x.id > $2
       ORDER BY x.id LIMIT $3) next`,
    [db.institutionId, after, limit],
  );
  return rows[0]?.last ?? null;
}

/** The range of rows that a step is about: behind the one, up to the other. */
export interface RowRange {
  readonly after: string;
  readonly last: string;
}

/**
 * Locks the orders of the old tickets in a range, as deliveries do. A statement of its own: what cleans afterwards sees
 * everything that was delivered before.
 */
export async function lockOldTickets(db: Sql, day: string, { after, last }: RowRange): Promise<number> {
  const { rowCount } = await db.query(
    `/* lockOldTickets */
     SELECT x.id FROM history.sales_order x
     WHERE x.institution_id = $1 AND x.id IN (
       SELECT t.order_id FROM ${oldTickets("$2::date")} AND t.id > $3 AND t.id <= $4)
     ORDER BY x.id FOR UPDATE`,
    [db.institutionId, day, after, last],
  );
  return rowCount;
}

/**
 * Of the old tickets in a range, takes away who holds them, but for the country, and what was answered to questions for an
 * address or an e-mail address; other answers stay (F50, F51). Later versions of their orders fill nothing in again.
 */
export async function cleanOldTickets(db: Sql, day: string, { after, last }: RowRange): Promise<number> {
  const { rowCount } = await db.query(
    `/* cleanOldTickets */
     WITH old AS (SELECT t.id FROM ${oldTickets("$2::date")} AND t.id > $3 AND t.id <= $4),
     emptied AS (
       UPDATE history.ticket_beneficiary b
       SET first_name = NULL, last_name = NULL, birth_date = NULL, email = NULL, phone = NULL
       FROM old WHERE b.institution_id = $1 AND b.ticket_id = old.id AND b.country_code IS NOT NULL),
     dropped AS (
       DELETE FROM history.ticket_beneficiary b USING old
       WHERE b.institution_id = $1 AND b.ticket_id = old.id AND b.country_code IS NULL),
     answers AS (
       DELETE FROM history.ticket_answer a USING old
       WHERE a.institution_id = $1 AND a.ticket_id = old.id AND a.question_type IN ('ADDRESS', 'EMAIL'))
     UPDATE history.ticket t SET cleaned = true FROM old WHERE t.institution_id = $1 AND t.id = old.id`,
    [db.institutionId, day, after, last],
  );
  return rowCount;
}

/** Locks the orders in a range all of whose tickets are old, before {@link cleanOldOrders} looks at them again. */
export async function lockOldOrders(db: Sql, day: string, { after, last }: RowRange): Promise<number> {
  const { rowCount } = await db.query(
    `/* lockOldOrders */
     SELECT o.id FROM ${oldOrders("$2::date")} AND o.id > $3 AND o.id <= $4 ORDER BY o.id FOR UPDATE OF o`,
    [db.institutionId, day, after, last],
  );
  return rowCount;
}

/** Of the orders in a range all of whose tickets are old, takes away the address that they came from (F52). */
export async function cleanOldOrders(db: Sql, day: string, { after, last }: RowRange): Promise<number> {
  const { rowCount } = await db.query(
    `/* cleanOldOrders */
     UPDATE history.sales_order x SET ip_address = NULL, ip_cleaned = true
     WHERE x.institution_id = $1 AND x.id IN (
       SELECT o.id FROM ${oldOrders("$2::date")} AND o.id > $3 AND o.id <= $4)`,
    [db.institutionId, day, after, last],
  );
  return rowCount;
}
