import type { KeyRing } from "../../platform/key-ring.js";
import type { Tombstone } from "./erasure.sql.js";

/** What an erased e-mail address leaves behind. Different in each institution. */
export function emailTombstone(keys: KeyRing, institutionId: number, email: string): Tombstone {
  return { kind: "EMAIL", digest: digestOf(keys, "email", institutionId, email.trim().toLowerCase()) };
}

export function referenceTombstone(keys: KeyRing, institutionId: number, code: string): Tombstone {
  return { kind: "REFERENCE", digest: digestOf(keys, "reference", institutionId, code.trim()) };
}

function digestOf(keys: KeyRing, kind: string, institutionId: number, text: string): Buffer {
  return keys.digest(JSON.stringify(["erased", kind, institutionId, text]));
}
