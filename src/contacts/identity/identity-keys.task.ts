import type { Services } from "../../platform/context.js";
import { selectInstitutionIds } from "../../platform/database/institution.sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inTransaction } from "../../platform/database/transaction.js";
import type { ScheduledTask } from "../../platform/jobs/index.js";
import { resealRemovals } from "../aliases/removals/index.js";
import { placeOf } from "./identity.service.js";
import { lockOtherKeys, updateSealed } from "./identity.sql.js";

const chunk = 500;

/**
 * Seals every identity number of every institution, and what providers of payments are to delete, with the first key of the ring, chunk by chunk. When it is through,
 * the other keys may leave IDENTITY_KEYS. May be broken off and run again at any time.
 * @returns how many were sealed anew
 * @throws Error when a number's key is not in the ring
 */
export async function rotateIdentityKeys(
  services: Pick<Services, "pools" | "clock" | "identityKeys">,
  signal?: AbortSignal,
): Promise<number> {
  const { pools, identityKeys } = services;
  let total = 0;
  for (const institutionId of await selectInstitutionIds(pools.api)) {
    let sealed: number;
    do {
      signal?.throwIfAborted();
      sealed = await inTransaction(pools.api, systemSession(services, institutionId), async (db) => {
        const rows = await lockOtherKeys(db, identityKeys.currentId, chunk);
        const fresh = rows.map(({ contactId, ...old }) => {
          const place = placeOf(institutionId, contactId);
          return { contactId, ...identityKeys.seal(identityKeys.open(old, place), place) };
        });
        if (fresh.length > 0) await updateSealed(db, identityKeys.currentId, fresh);
        return fresh.length;
      });
      total += sealed;
    } while (sealed > 0);
    total += await resealRemovals(services, institutionId, signal);
  }
  return total;
}

/** Rotates once a day: after a new first key in IDENTITY_KEYS, all numbers have it by the next morning. */
export function identityKeyRotation(services: Services): ScheduledTask {
  return {
    queue: "contacts.identity-keys",
    cron: "29 3 * * *",
    async run(signal) {
      const sealed = await rotateIdentityKeys(services, signal);
      services.log.info(
        { sealed, key: services.identityKeys.currentId },
        "identity numbers and removals of aliases were sealed anew",
      );
    },
  };
}
