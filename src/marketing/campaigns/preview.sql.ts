import type { Sql } from "../../platform/database/sql.js";
import type { Audience } from "../audience/audience.js";
import type { CampaignDefinition } from "./campaign.sql.js";

/**
 * How many would receive purchase information who neither bought nor attend any of what it names; where it names nothing,
 * who neither bought nor attend anything.
 */
export async function countWithoutPurchase(
  db: Sql,
  audience: Audience,
  { orderIds, productIds }: Pick<CampaignDefinition, "orderIds" | "productIds">,
): Promise<number> {
  const { values } = audience;
  const namesSome = orderIds.length + productIds.length > 0;
  const isNamed = namesSome
    ? `(x.order_id = ANY(${values.add(orderIds, "bigint[]")}) OR x.product_id = ANY(${values.add(productIds, "bigint[]")}))`
    : "true";
  const isOrder = namesSome ? `x.order_id = ANY(${values.add(orderIds, "bigint[]")})` : "true";
  const none = (view: string, test: string) => `NOT EXISTS (
    SELECT FROM history.${view} x WHERE x.institution_id = $1 AND x.contact_id = e.contact_id AND ${test})`;
  const [text, parameters] = values.bind(
    `/* countWithoutPurchase */
     SELECT count(*)::int AS count FROM (${audience.everybody()}) e
     WHERE e.outcome = 'SEND' AND ${none("visible_purchase", isOrder)} AND ${none("visible_purchase_line", isNamed)}
       AND ${none("visible_attendance", isNamed)}`,
  );
  const { rows } = await db.query<{ count: number }>(text, parameters);
  return rows[0]!.count;
}
