import type { Services } from "../../../platform/context.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import type { KeyRing, Sealed } from "../../../platform/key-ring.js";
import { lockOldRemovals, updateRemovals } from "./removal.sql.js";

/** An alias that its provider is to delete. */
export interface RemovedAlias {
  readonly provider: string | null;
  readonly alias: string;
}

const placeOf = (institutionId: number) => `alias removal ${institutionId}`;

/** Nobody but the program can read it, and only in this institution. */
export function sealRemoval(keys: KeyRing, institutionId: number, alias: RemovedAlias): Sealed {
  return keys.seal(JSON.stringify(alias), placeOf(institutionId));
}

export function openRemoval(keys: KeyRing, institutionId: number, sealed: Sealed): RemovedAlias {
  return JSON.parse(keys.open(sealed, placeOf(institutionId))) as RemovedAlias;
}

const chunk = 500;

/** Seals what waits with the first key of the ring, chunk by chunk. @returns how many were sealed anew */
export async function resealRemovals(
  services: Pick<Services, "pools" | "clock" | "identityKeys">,
  institutionId: number,
  signal?: AbortSignal,
): Promise<number> {
  const { pools, identityKeys: keys } = services;
  let total = 0;
  for (let sealed = chunk; sealed === chunk; total += sealed) {
    signal?.throwIfAborted();
    sealed = await inTransaction(pools.api, systemSession(services, institutionId), async (db) => {
      const rows = await lockOldRemovals(db, keys.currentId, chunk);
      const fresh = rows.map(({ id, ...old }) => {
        const { sealed } = sealRemoval(keys, institutionId, openRemoval(keys, institutionId, old));
        return { id, sealed };
      });
      if (fresh.length > 0) await updateRemovals(db, keys.currentId, fresh);
      return fresh.length;
    });
  }
  return total;
}
