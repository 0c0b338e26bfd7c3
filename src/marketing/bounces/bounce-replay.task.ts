import { lockVisibleContacts } from "../../contacts/index.js";
import type { Services } from "../../platform/context.js";
import { selectInstitutionIds } from "../../platform/database/institution.sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inTransaction } from "../../platform/database/transaction.js";
import type { ScheduledTask } from "../../platform/jobs/index.js";
import { settle } from "./bounce-state.service.js";
import {
  bounceRuleVersion,
  selectReportedAddresses,
  selectRuleVersion,
  upsertRuleVersion,
} from "./bounce-state.sql.js";

const contactsPerTransaction = 1_000;

type Replaying = Pick<Services, "pools" | "clock" | "identityKeys">;

/**
 * Works out every bounce state of an institution anew from what was reported (5.6), chunk by chunk. By the same rule it
 * changes nothing. May be broken off and run again at any time.
 */
export async function replayBounces(services: Replaying, institutionId: number, signal?: AbortSignal): Promise<void> {
  const session = systemSession(services, institutionId);
  for (let after = "0"; ; ) {
    signal?.throwIfAborted();
    const last = await inTransaction(services.pools.api, session, async (db) => {
      const addresses = await selectReportedAddresses(db, after, contactsPerTransaction);
      const ids = [...new Set(addresses.map(({ contactId }) => contactId))];
      await lockVisibleContacts(db, ids);
      await settle(services.identityKeys, db, addresses);
      return ids.at(-1);
    });
    if (last === undefined) return;
    after = last;
  }
}

/** Replays the institutions whose states come from another version of the rule than this program's. */
export async function replayByNewRule(services: Replaying, signal?: AbortSignal): Promise<number> {
  let replayed = 0;
  for (const institutionId of await selectInstitutionIds(services.pools.api)) {
    const session = systemSession(services, institutionId);
    const version = await inTransaction(services.pools.api, session, selectRuleVersion);
    if (version === bounceRuleVersion) continue;
    await replayBounces(services, institutionId, signal);
    await inTransaction(services.pools.api, session, upsertRuleVersion);
    replayed++;
  }
  return replayed;
}

/** Once a night: after an update of the program with another rule, its states are there by the next morning. */
export function bounceReplay(services: Services): ScheduledTask {
  return {
    queue: "marketing.bounce-replay",
    cron: "41 2 * * *",
    async run(signal) {
      const institutions = await replayByNewRule(services, signal);
      services.log.info(
        { institutions, version: bounceRuleVersion },
        "bounce states were worked out by the rule of today",
      );
    },
  };
}
