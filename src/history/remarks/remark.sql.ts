import type { VisibleContactIds } from "../../contacts/index.js";
import type { Sql } from "../../platform/database/sql.js";

/** The people of an order whom the caller sees: who made it, is to pay, has paid, or attends. */
export async function selectOrderPeople(db: Sql, orderId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectOrderPeople */
     SELECT DISTINCT v.id
     FROM history.sales_order o
     CROSS JOIN LATERAL (
       SELECT o.purchaser_id AS id UNION ALL SELECT o.payer_id
       UNION ALL
       SELECT t.cultural_contact_id FROM history.ticket t WHERE t.institution_id = $1 AND t.order_id = o.id
       UNION ALL
       SELECT p.payer_id FROM history.payment p WHERE p.institution_id = $1 AND p.order_id = o.id) person
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = person.id
     WHERE o.institution_id = $1 AND o.id = $2`,
    [db.institutionId, orderId],
  );
  return rows.map(({ id }) => id);
}

export interface RemarkState {
  readonly remark: string | null;
  readonly version: number;
  /** Whether one of its people is not anonymized. */
  readonly hasLivingPeople: boolean;
}

/**
 * The remark of an order as it is now; the order is locked.
 * @param people of the order, locked
 */
export async function lockOrderRemark(
  db: Sql,
  orderId: string,
  people: VisibleContactIds,
): Promise<RemarkState | null> {
  const { rows } = await db.query<RemarkState>(
    `/* lockOrderRemark */
     SELECT CASE o.remark_version WHEN 0 THEN o.remark ELSE o.own_remark END AS remark, o.remark_version AS version,
       EXISTS (
         SELECT FROM contacts.visible_contact v
         WHERE v.institution_id = $1 AND v.id = ANY($3::bigint[]) AND v.anonymized_at IS NULL) AS "hasLivingPeople"
     FROM history.sales_order o WHERE o.institution_id = $1 AND o.id = $2
     FOR UPDATE OF o`,
    [db.institutionId, orderId, people],
  );
  return rows[0] ?? null;
}

/**
 * Writes the remark of an order, with the audit in the file of each of these people. Not in those of people whom the
 * caller does not see: the numbers of the entries would tell that there are some.
 * @param people of the order, all whom the caller sees, locked
 */
export async function updateOrderRemark(
  db: Sql,
  orderId: string,
  people: VisibleContactIds,
  remark: string | null,
): Promise<void> {
  await db.query(
    `/* updateOrderRemark */
     WITH changed AS (
       UPDATE history.sales_order o SET own_remark = $4, remark_version = o.remark_version + 1
       WHERE o.institution_id = $1 AND o.id = $2
       RETURNING o.id, new.own_remark AS written,
         CASE old.remark_version WHEN 0 THEN old.remark ELSE old.own_remark END AS was)
     INSERT INTO history.audit_contact (institution_id, contact_id, entity, key, field, old_value, new_value)
     SELECT $1, person.id, 'Order', changed.id::text, 'remark', changed.was, changed.written
     FROM changed CROSS JOIN unnest($3::bigint[]) AS person (id) ORDER BY person.id`,
    [db.institutionId, orderId, people, remark],
  );
}
