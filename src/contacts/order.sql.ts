import type { Sql } from "../platform/database/sql.js";

/** Of these orders, those that exist for the caller: history decides that. */
export async function selectVisibleOrders(db: Sql, ids: readonly string[]): Promise<{ id: string }[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectVisibleOrders */
     SELECT o.id FROM history.visible_order o WHERE o.institution_id = $1 AND o.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}
