import { domainToASCII } from "node:url";
import type { KeyRing } from "../../platform/key-ring.js";

/**
 * The form in which two spellings of an e-mail address are the same: small letters, the domain as DNS writes it. Null for
 * what is no address.
 */
export function normalizeAddress(address: string): string | null {
  const text = address.normalize("NFC").trim().toLowerCase();
  const at = text.lastIndexOf("@");
  if (at < 1 || at === text.length - 1) return null;
  const domain = text.slice(at + 1);
  return `${text.slice(0, at)}@${domainToASCII(domain) || domain}`;
}

/**
 * What stands for an address of a contact where reports are kept: a keyed hash over both, so that it tells neither the
 * address nor that two contacts share it (F12: a report is about the contact it was sent to).
 * @param address as {@link normalizeAddress} gives it
 */
function addressDigest(keys: KeyRing, institutionId: number, contactId: string, address: string): Buffer {
  return keys.digest(JSON.stringify(["bounce", institutionId, contactId, address]));
}

/** The same for an address as it was written; null for what is no address. */
export function digestOfAddress(
  keys: KeyRing,
  institutionId: number,
  contactId: string,
  written: string,
): Buffer | null {
  const address = normalizeAddress(written);
  return address === null ? null : addressDigest(keys, institutionId, contactId, address);
}
