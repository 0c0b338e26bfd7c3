import type { Sql } from "../../platform/database/sql.js";
import type { KeyRing } from "../../platform/key-ring.js";
import { digestOfAddress } from "./address-digest.js";
import {
  type AddressOfContact,
  type CurrentAddress,
  markCurrent,
  type ReachRow,
  selectBounced,
  settleAddresses,
  showBounces,
} from "./bounce-state.sql.js";

/** The address that a contact has, by its digest. */
export function currentAddress(keys: KeyRing, db: Sql, { contactId, email }: ReachRow): CurrentAddress {
  return { contactId, digest: email === null ? null : digestOfAddress(keys, db.institutionId, contactId, email) };
}

/** Brings the state of these addresses, and what is shown of their contacts, up to date. The contacts are locked. */
export async function settle(keys: KeyRing, db: Sql, addresses: readonly AddressOfContact[]): Promise<void> {
  if (addresses.length === 0) return;
  await settleAddresses(db, addresses);
  await showCurrent(keys, db, [...new Set(addresses.map(({ contactId }) => contactId))], { wereSettled: true });
}

/**
 * Shows of each of these contacts the state of the address that he has now: NONE for a new one, and again what it was for
 * one that he had before (F12). In the transaction that may have changed the address.
 */
export async function showCurrent(
  keys: KeyRing,
  db: Sql,
  contactIds: readonly string[],
  { wereSettled = false } = {},
): Promise<void> {
  const bounced = await selectBounced(db, contactIds);
  if (bounced.length > 0) {
    const current = bounced.map((row) => currentAddress(keys, db, row));
    await markCurrent(db, current);
  }
  const changed = wereSettled ? contactIds : bounced.map(({ contactId }) => contactId);
  if (changed.length > 0) await showBounces(db, changed, wereSettled);
}
