import type { Sql } from "../../platform/database/sql.js";
import { instantText } from "../audit-text.js";
import { visibleTo } from "../visibility.js";

const audited = `
  INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, field, old_value, new_value)
  SELECT $1, id, 'Contact', v.field, v.old, v.new
  FROM changed CROSS JOIN LATERAL (VALUES ('blockedSince', ${instantText("old_since")}, ${instantText("new_since")}),
    ('blockedReason', old_reason, new_reason)) AS v (field, old, new)`;

const returned = `c.id, old.blocked_since AS old_since, new.blocked_since AS new_since,
  old.blocked_reason AS old_reason, new.blocked_reason AS new_reason`;

/** Blocks the contact, with its audit, unless it is: the first reason and instant stay. It is locked and visible. */
export async function setBlocked(db: Sql, id: string, reason: string): Promise<void> {
  await db.query(
    `/* setBlocked */
     WITH changed AS (
       UPDATE contacts.contact c
       SET blocked_since = platform.now(), blocked_reason = $3, version = c.version + 1, updated_at = platform.now()
       WHERE c.institution_id = $1 AND c.id = $2 AND c.blocked_since IS NULL
       RETURNING ${returned})
     ${audited}`,
    [db.institutionId, id, reason],
  );
}

/** Ends the block, with its audit. The contact is locked and visible. */
export async function setUnblocked(db: Sql, id: string): Promise<void> {
  await db.query(
    `/* setUnblocked */
     WITH changed AS (
       UPDATE contacts.contact c
       SET blocked_since = NULL, blocked_reason = NULL, version = c.version + 1, updated_at = platform.now()
       WHERE c.institution_id = $1 AND c.id = $2 AND c.blocked_since IS NOT NULL
       RETURNING ${returned})
     ${audited}`,
    [db.institutionId, id],
  );
}

/** Why a contact may not buy, in the order of their weight. */
export type PurchaseRefusalCode = "BLOCKED" | "INVALID" | "ANONYMIZED";

/** From when on contact `c` of institution `i` may not buy; null: it may. A contact is valid through its last day (D-07). */
const refusedSince: Readonly<Record<PurchaseRefusalCode, string>> = {
  BLOCKED: "c.blocked_since",
  INVALID: "((c.validity_end_date + 1)::timestamp AT TIME ZONE i.time_zone)",
  ANONYMIZED: "c.anonymized_at",
};

export interface PurchaseRefusalRow {
  contactId: string;
  reasons: PurchaseRefusalCode[];
}

/**
 * Why each of these contacts may not be the purchaser, payer or named spectator of a purchase at an instant: one row for
 * each contact that exists for the caller, without reasons when it may. One query for all (F07, F15, Q-12).
 */
export async function purchaseRefusals(db: Sql, ids: readonly string[], at: Date): Promise<PurchaseRefusalRow[]> {
  const reasons = Object.entries(refusedSince).map(([code, since]) => `CASE WHEN ${since} <= $3 THEN '${code}' END`);
  const { rows } = await db.query<PurchaseRefusalRow>(
    `/* purchaseRefusals */
     SELECT c.id AS "contactId", array_remove(ARRAY[${reasons.join(", ")}], NULL) AS reasons
     FROM contacts.contact c JOIN platform.institution i ON i.id = $1
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) AND ${visibleTo("c")}`,
    [db.institutionId, ids, at],
  );
  return rows;
}

/** A contact as records of sales name it. */
export interface Buyer {
  id: string;
  contactNumber: string;
  /** From when on it may not buy; null: it may. */
  blockedSince: Date | null;
  invalidSince: Date | null;
  anonymizedSince: Date | null;
}

/**
 * The contacts of these ids, in ascending order, as far as they exist for the caller. Locked: until the transaction
 * ends, nobody erases them. Others may read and change them.
 */
export async function lockBuyers(db: Sql, ids: readonly string[]): Promise<Buyer[]> {
  const { BLOCKED, INVALID, ANONYMIZED } = refusedSince;
  const { rows } = await db.query<Buyer>(
    `/* lockBuyers */
     SELECT c.id, c.contact_number AS "contactNumber", ${BLOCKED} AS "blockedSince", ${INVALID} AS "invalidSince",
       ${ANONYMIZED} AS "anonymizedSince"
     FROM contacts.contact c JOIN platform.institution i ON i.id = $1
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) AND ${visibleTo("c")}
     ORDER BY c.id FOR KEY SHARE OF c`,
    [db.institutionId, ids],
  );
  return rows;
}

/** The ids of these contact numbers, as far as they exist for the caller. */
export async function selectBuyerIds(db: Sql, contactNumbers: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectBuyerIds */ SELECT c.id FROM contacts.contact c
     WHERE c.institution_id = $1 AND c.contact_number = ANY($2::text[]) AND ${visibleTo("c")}`,
    [db.institutionId, contactNumbers],
  );
  return rows.map(({ id }) => id);
}
