import type { Sql } from "../../../platform/database/sql.js";

/** Removes tickets that a later version does not name. Those that were erased leave their numbers, and nothing else. */
export async function deleteTickets(db: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query(
    `/* deleteTickets */
     WITH gone AS (
       DELETE FROM history.ticket WHERE institution_id = $1 AND id = ANY($2::bigint[])
       RETURNING order_id, line_number, ticket_number, cleaned)
     INSERT INTO history.erased_ticket (institution_id, order_id, line_number, ticket_number)
     SELECT $1, order_id, line_number, ticket_number FROM gone WHERE cleaned
     ON CONFLICT DO NOTHING`,
    [db.institutionId, ids],
  );
}

/** After their tickets. */
export async function deleteLines(
  db: Sql,
  lines: readonly { readonly orderId: string; readonly lineNumber: number }[],
): Promise<void> {
  if (lines.length === 0) return;
  await db.query(
    `/* deleteLines */ DELETE FROM history.order_line
     WHERE institution_id = $1 AND (order_id, line_number) IN (SELECT * FROM unnest($2::bigint[], $3::int[]))`,
    [db.institutionId, lines.map(({ orderId }) => orderId), lines.map(({ lineNumber }) => lineNumber)],
  );
}

/** Before they are written anew. */
export async function deleteTicketDetails(db: Sql, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return;
  await db.query(
    `/* deleteTicketDetails */ DELETE FROM history.ticket_beneficiary
     WHERE institution_id = $1 AND ticket_id = ANY($2::bigint[])`,
    [db.institutionId, ticketIds],
  );
  await db.query(
    `/* deleteAnswers */ DELETE FROM history.ticket_answer
     WHERE institution_id = $1 AND ticket_id = ANY($2::bigint[])`,
    [db.institutionId, ticketIds],
  );
}
