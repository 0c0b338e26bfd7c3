import type { VisibleContactIds } from "../../contacts/index.js";
import type { Sql } from "../../platform/database/sql.js";

export interface HoldRow {
  readonly contactId: string;
  readonly reason: string;
  /** YYYY-MM-DD, the last day on which it holds; null: until it is lifted. */
  readonly untilDate: string | null;
  readonly setBy: string;
  readonly setAt: Date;
}

const columns = `h.contact_id AS "contactId", h.reason, h.until_date AS "untilDate", h.set_by AS "setBy", h.set_at AS "setAt"`;

/** Holds of these contacts, also those that have run out. */
export async function selectHolds(db: Sql, contactIds: readonly string[]): Promise<HoldRow[]> {
  const { rows } = await db.query<HoldRow>(
    `/* selectHolds */
     SELECT ${columns} FROM privacy.retention_hold h
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = h.contact_id AND v.anonymized_at IS NULL
     WHERE h.institution_id = $1 AND h.contact_id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}

/** A page of holds, by contact, with the levels of the contacts. @param isInForce only those that hold today, or do not */
export async function selectHoldPage(
  db: Sql,
  { isInForce, after, limit }: { readonly isInForce: boolean | null; readonly after: string; readonly limit: number },
): Promise<(HoldRow & { readonly contactLevel: number })[]> {
  const { rows } = await db.query<HoldRow & { readonly contactLevel: number }>(
    `/* selectHoldPage */
     SELECT ${columns}, v.confidentiality_level AS "contactLevel" FROM privacy.retention_hold h
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = h.contact_id AND v.anonymized_at IS NULL
     WHERE h.institution_id = $1 AND h.contact_id > $2
       AND ($3::boolean IS NULL OR $3 = (h.until_date IS NULL OR h.until_date >= platform.today()))
     ORDER BY h.contact_id LIMIT $4`,
    [db.institutionId, after, isInForce, limit],
  );
  return rows;
}

/** Sets or replaces the hold of a contact, with its audit. */
export async function upsertHold(
  db: Sql,
  [contactId]: VisibleContactIds,
  { reason, untilDate }: Pick<HoldRow, "reason" | "untilDate">,
): Promise<void> {
  await db.query(
    `/* upsertHold */
     WITH written AS (
       INSERT INTO privacy.retention_hold AS h (institution_id, contact_id, reason, until_date) VALUES ($1, $2, $3, $4)
       ON CONFLICT (institution_id, contact_id) DO UPDATE SET reason = excluded.reason, until_date = excluded.until_date,
         set_by = excluded.set_by, set_at = excluded.set_at
       RETURNING old.reason AS was_reason, new.reason AS is_reason, old.until_date AS was_until, new.until_date AS is_until)
     INSERT INTO privacy.audit_contact (institution_id, contact_id, entity, field, old_value, new_value)
     SELECT $1, $2, 'RetentionHold', change.field, change.was, change.became
     FROM written CROSS JOIN LATERAL (VALUES ('reason', was_reason, is_reason),
       ('untilDate', was_until::text, is_until::text)) change (field, was, became)
     WHERE change.was IS DISTINCT FROM change.became`,
    [db.institutionId, contactId, reason, untilDate],
  );
}

/** Lifts the hold of a contact, with its audit. False when there was none. */
export async function deleteHold(db: Sql, [contactId]: VisibleContactIds): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* deleteHold */
     WITH lifted AS (
       DELETE FROM privacy.retention_hold WHERE institution_id = $1 AND contact_id = $2 RETURNING reason, until_date)
     INSERT INTO privacy.audit_contact (institution_id, contact_id, entity, field, old_value, new_value)
     SELECT $1, $2, 'RetentionHold', change.field, change.was, NULL
     FROM lifted CROSS JOIN LATERAL (VALUES ('reason', reason), ('untilDate', until_date::text)) change (field, was)
     WHERE change.was IS NOT NULL`,
    [db.institutionId, contactId],
  );
  return rowCount > 0;
}

/** Whether a contact, who is locked, is a shell. */
export async function selectIsErased(db: Sql, contactId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* selectIsErased */ SELECT FROM contacts.visible_contact v
     WHERE v.institution_id = $1 AND v.id = $2 AND v.anonymized_at IS NOT NULL`,
    [db.institutionId, contactId],
  );
  return rowCount > 0;
}
