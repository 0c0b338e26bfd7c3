import type { Sql } from "../../platform/database/sql.js";
import type { CleanedRows, CleanUpRange } from "../../platform/ports.js";
import { cleanOldOrders, cleanOldTickets, lockOldOrders, lockOldTickets, selectNextOf } from "./clean-up.sql.js";

/** Cleans old tickets among the next ones (4.7). In a transaction of its own, with full clearance; repeated, it changes nothing. */
export async function cleanTickets(db: Sql, { day, after, limit }: CleanUpRange): Promise<CleanedRows | null> {
  const last = await selectNextOf(db, "history.ticket", after, limit);
  if (last === null) return null;
  const found = await lockOldTickets(db, day, { after, last });
  return { last, cleaned: found === 0 ? 0 : await cleanOldTickets(db, day, { after, last }) };
}

/** The same for the addresses that orders came from. */
export async function cleanAddresses(db: Sql, { day, after, limit }: CleanUpRange): Promise<CleanedRows | null> {
  const last = await selectNextOf(db, "history.sales_order", after, limit);
  if (last === null) return null;
  const found = await lockOldOrders(db, day, { after, last });
  return { last, cleaned: found === 0 ? 0 : await cleanOldOrders(db, day, { after, last }) };
}
