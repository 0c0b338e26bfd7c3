import type { Sql } from "../../platform/database/sql.js";

export interface BalanceRow {
  readonly contactId: string;
  readonly organization: string;
  readonly currency: string;
  /** Positive: the contact owes it; negative: he is owed it. Never 0. */
  readonly amount: string;
}

/**
 * What is open between these contacts and each organization, in each currency, by organization and currency. What an
 * invisible payer paid does not count. Invisible and anonymized contacts have none.
 */
export async function selectBalances(db: Sql, contactIds: readonly string[]): Promise<BalanceRow[]> {
  const { rows } = await db.query<BalanceRow>(
    `/* selectBalances */
     SELECT b.contact_id AS "contactId", b.organization, b.currency, b.amount
     FROM history.visible_balance b
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = b.contact_id AND v.anonymized_at IS NULL
     WHERE b.institution_id = $1 AND b.contact_id = ANY($2::bigint[])
     ORDER BY b.contact_id, b.organization, b.currency`,
    [db.institutionId, contactIds],
  );
  return rows;
}
