import type { Sql } from "../../platform/database/sql.js";

/** Statements of erasing: they are complete, whoever the contacts are (design 3). */

/**
 * Cleans the tickets in nobody's name of the orders that these contacts made: they may be the purchaser's own. Whoever
 * else is typed in on them gave no file of his own.
 */
export async function eraseOwnTickets(db: Sql, ids: readonly string[]): Promise<number> {
  const { rowCount } = await db.query(
    `/* eraseOwnTickets */
     WITH own AS (
       UPDATE history.ticket t SET cleaned = true
       FROM history.sales_order o
       WHERE o.institution_id = $1 AND o.purchaser_id = ANY($2::bigint[])
         AND t.institution_id = $1 AND t.order_id = o.id AND t.cultural_contact_id IS NULL AND NOT t.cleaned
       RETURNING t.id),
     answers AS (
       DELETE FROM history.ticket_answer a USING own WHERE a.institution_id = $1 AND a.ticket_id = own.id)
     UPDATE history.ticket_beneficiary b
     SET first_name = NULL, last_name = NULL, birth_date = NULL, email = NULL, phone = NULL
     FROM own WHERE b.institution_id = $1 AND b.ticket_id = own.id`,
    [db.institutionId, ids],
  );
  return rowCount;
}

/** A record that goes with its contact, as its sender knows it. */
export interface DoomedRecord {
  readonly kind: "order" | "waitingListEntry" | "advantage" | "membership" | "shipment";
  readonly organization: string | null;
  readonly key: string;
}

/** What anonymizing deletes: waiting list entries and advantages. */
export async function selectDoomedBelongings(db: Sql, ids: readonly string[]): Promise<DoomedRecord[]> {
  const { rows } = await db.query<DoomedRecord>(
    `/* selectDoomedBelongings */
     SELECT 'waitingListEntry' AS kind, organization, external_id AS key FROM history.waiting_list_entry
     WHERE institution_id = $1 AND contact_id = ANY($2::bigint[])
     UNION ALL
     SELECT 'advantage', organization, external_id FROM history.advantage
     WHERE institution_id = $1 AND contact_id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/**
 * Removes the orders that these contacts made, with their lines and tickets. One that concerns somebody else as well (who
 * paid, attends, or is named on it) stays, without its purchaser.
 * @returns `unlinked`: how many stay that they made
 */
export async function removeOrders(
  db: Sql,
  ids: readonly string[],
): Promise<{ readonly removed: DoomedRecord[]; readonly unlinked: number }> {
  const { rows } = await db.query<DoomedRecord>(
    `/* removeOrders */
     DELETE FROM history.sales_order o
     WHERE o.institution_id = $1 AND o.purchaser_id = ANY($2::bigint[])
       AND (o.payer_id IS NULL OR o.payer_id = ANY($2::bigint[]))
       AND NOT EXISTS (SELECT FROM history.payment p WHERE p.institution_id = $1 AND p.order_id = o.id)
       AND NOT EXISTS (SELECT FROM history.membership m WHERE m.institution_id = $1 AND m.order_id = o.id)
       AND NOT EXISTS (SELECT FROM history.shipment s WHERE s.institution_id = $1 AND s.order_id = o.id)
       AND NOT EXISTS (SELECT FROM history.ticket t
         WHERE t.institution_id = $1 AND t.order_id = o.id AND t.cultural_contact_id IS NOT NULL)
     RETURNING 'order' AS kind, o.organization, o.order_number AS key`,
    [db.institutionId, ids],
  );
  const { rows: unlinked } = await db.query<{ count: number }>(
    `/* unlinkOrders */
     WITH unlinked AS (
       UPDATE history.sales_order o
       SET purchaser_id = CASE WHEN o.purchaser_id = ANY($2::bigint[]) THEN NULL ELSE o.purchaser_id END,
         payer_id = CASE WHEN o.payer_id = ANY($2::bigint[]) THEN NULL ELSE o.payer_id END
       WHERE o.institution_id = $1 AND (o.purchaser_id = ANY($2::bigint[]) OR o.payer_id = ANY($2::bigint[]))
       RETURNING old.purchaser_id IS DISTINCT FROM new.purchaser_id AS was_made)
     SELECT count(*) FILTER (WHERE was_made)::int AS count FROM unlinked`,
    [db.institutionId, ids],
  );
  return { removed: rows, unlinked: unlinked[0]!.count };
}

/** What no delivery may bring back. */
export async function insertErasedRecords(
  db: Sql,
  records: readonly { readonly kind: DoomedRecord["kind"]; readonly digest: Buffer }[],
): Promise<void> {
  await db.query(
    `/* insertErasedRecords */
     INSERT INTO history.erased_record (institution_id, record_kind, digest)
     SELECT $1, * FROM unnest($2::text[], $3::bytea[]) ON CONFLICT DO NOTHING`,
    [db.institutionId, records.map(({ kind }) => kind), records.map(({ digest }) => digest)],
  );
}

/** Whether any record has left one behind. */
export async function hasErasedRecords(db: Sql): Promise<boolean> {
  const { rows } = await db.query<{ has: boolean }>(
    `/* hasErasedRecords */ SELECT EXISTS (SELECT FROM history.erased_record WHERE institution_id = $1) AS has`,
    [db.institutionId],
  );
  return rows[0]!.has;
}

/** Those of these digests, in hexadecimal, that a record left behind. */
export async function selectErasedRecords(db: Sql, digests: readonly Buffer[]): Promise<string[]> {
  const { rows } = await db.query<{ digest: string }>(
    `/* selectErasedRecords */ SELECT encode(digest, 'hex') AS digest FROM history.erased_record
     WHERE institution_id = $1 AND digest = ANY($2::bytea[])`,
    [db.institutionId, digests],
  );
  return rows.map(({ digest }) => digest);
}
