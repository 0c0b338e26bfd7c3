import type { KeyRing } from "../../platform/key-ring.js";
import type { RecordName } from "./erased-records.js";

/** What a record leaves behind that went with its contact. Different in each institution. */
export function recordTombstone(keys: KeyRing, institutionId: number, { kind, organization, key }: RecordName): Buffer {
  return keys.digest(JSON.stringify(["erased", kind, institutionId, organization, key]));
}
