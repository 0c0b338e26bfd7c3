import type { Sql } from "../../platform/database/sql.js";

/** Of these orders, those that exist for the caller. */
export async function selectKnownOrders(db: Sql, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectKnownOrders */
     SELECT o.id FROM history.visible_order o WHERE o.institution_id = $1 AND o.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Of these products, those that there are. */
export async function selectKnownProducts(db: Sql, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectKnownProducts */
     SELECT p.id FROM history.known_product p WHERE p.institution_id = $1 AND p.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return new Set(rows.map(({ id }) => id));
}
