import { createHash, timingSafeEqual } from "node:crypto";
import type { Sql } from "../../../platform/database/sql.js";
import type { KeyRing } from "../../../platform/key-ring.js";
import type { CampaignRow } from "../campaign.sql.js";
import { selectChunkHashes } from "./manifest.sql.js";

export interface Seal {
  readonly rootHash: Buffer;
  readonly seal: Buffer;
}

/**
 * What seals a run's manifest: the hash over its chunks in their order and over what decided its gates, and a keyed hash
 * of that, which nobody can make who can only write to the database.
 */
export async function sealOf(keys: KeyRing, db: Sql, runId: string, campaign: CampaignRow): Promise<Seal> {
  const { id, type, channel, authorization, businessContactsOnly } = campaign;
  const header = [db.institutionId, id, runId, type, channel, authorization ?? "-", businessContactsOnly].join("|");
  const hash = createHash("sha256").update(header);
  for (const chunk of await selectChunkHashes(db, runId)) hash.update(chunk);
  const rootHash = hash.digest();
  return { rootHash, seal: keys.digest(`campaign manifest|${rootHash.toString("hex")}`) };
}

/** Whether two seals are the same. */
export function isSameSeal(one: Seal, other: Seal): boolean {
  const isSame = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);
  return isSame(one.rootHash, other.rootHash) && isSame(one.seal, other.seal);
}
