import type { VisibleContactIds } from "../../contacts/index.js";
import type { Sql } from "../../platform/database/sql.js";
import { AuthorizationCode } from "../authorizations/authorization.js";
import { applyAuthorizations } from "../authorizations/ledger.sql.js";

/** What a contact wants no more; INSTITUTION_EMAIL when he did not say what. */
export interface Withdrawal {
  readonly contactId: string;
  readonly codes: readonly AuthorizationCode[] | null;
}

/** Sets FALSE what these contacts withdraw, whatever it was and whether they are valid. They are locked. */
export async function withdraw(db: Sql, visible: VisibleContactIds, withdrawals: readonly Withdrawal[]): Promise<void> {
  const byContact = new Map<string, Map<AuthorizationCode, false>>();
  for (const { contactId, codes } of withdrawals) {
    const values = byContact.get(contactId) ?? new Map();
    for (const code of codes ?? [AuthorizationCode.INSTITUTION_EMAIL]) values.set(code, false);
    byContact.set(contactId, values);
  }
  if (byContact.size === 0) return;
  await applyAuthorizations(
    db,
    visible,
    [...byContact].map(([contactId, values]) => ({ contactId, values })),
  );
}
