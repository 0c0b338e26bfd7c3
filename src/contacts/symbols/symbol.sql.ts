import type { Sql } from "../../platform/database/sql.js";

/** A membership or an advantage that is valid today. */
export interface HoldingRow {
  readonly contactId: string;
  readonly kind: "MEMBERSHIP" | "ADVANTAGE";
  readonly name: string;
  /** YYYY-MM-DD, included; null: without end. */
  readonly validTo: string | null;
}

/** What these contacts hold today, by name. Invisible ones hold nothing. One query for all: also for lists. */
export async function selectHoldings(db: Sql, contactIds: readonly string[]): Promise<HoldingRow[]> {
  const { rows } = await db.query<HoldingRow>(
    `/* selectHoldings */
     SELECT h.contact_id AS "contactId", h.kind, h.name, h.valid_to AS "validTo"
     FROM history.visible_holding h
     WHERE h.institution_id = $1 AND h.contact_id = ANY($2::bigint[])
     ORDER BY h.contact_id, h.name, h.id`,
    [db.institutionId, contactIds],
  );
  return rows;
}

/** What an organization owes a contact. */
export interface CreditRow {
  readonly contactId: string;
  readonly organization: string;
  /** That of the organization's catalogue (ISO 4217). */
  readonly currency: string;
  readonly amount: string;
}

/** What is owed to these contacts, by organization and currency; nothing is netted. Invisible ones are left out. */
export async function selectCredits(db: Sql, contactIds: readonly string[]): Promise<CreditRow[]> {
  const { rows } = await db.query<CreditRow>(
    `/* selectCredits */
     SELECT b.contact_id AS "contactId", b.organization, b.currency, -b.amount AS amount
     FROM history.visible_balance b
     WHERE b.institution_id = $1 AND b.contact_id = ANY($2::bigint[]) AND b.amount < 0
     ORDER BY b.contact_id, b.organization, b.currency`,
    [db.institutionId, contactIds],
  );
  return rows;
}
