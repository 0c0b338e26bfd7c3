import type { Services } from "../../../platform/context.js";
import { selectInstitutionIds } from "../../../platform/database/institution.sql.js";
import type { Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import type { ScheduledTask } from "../../../platform/jobs/index.js";
import { CampaignState } from "../campaign.enums.js";
import { lockCampaign, selectCampaigns } from "../campaign.sql.js";
import { selectDueCampaigns } from "../campaign-state.sql.js";
import { ownerClaimsOf, startRun } from "./run-start.service.js";

const startedTogether = 100;

/** Starts the campaigns whose time has come, in the name of their owners. */
export function campaignSchedule(services: Services): ScheduledTask {
  return {
    queue: "marketing.campaign-schedule",
    cron: "* * * * *",
    async run(signal) {
      for (const institutionId of await selectInstitutionIds(services.pools.api)) {
        signal.throwIfAborted();
        await startDue(services, institutionId);
      }
    },
  };
}

async function startDue(services: Services, institutionId: number): Promise<void> {
  const asSystem = <Result>(work: (db: Sql) => Promise<Result>) =>
    inTransaction(services.pools.api, systemSession(services, institutionId), work);
  const ids = await asSystem((db) => selectDueCampaigns(db, startedTogether));
  for (const due of ids.length > 0 ? await asSystem((db) => selectCampaigns(db, ids)) : []) {
    const claims = await ownerClaimsOf(services.ports, due);
    await asSystem(async (db) => {
      const campaign = await lockCampaign(db, due.id);
      // taken off the schedule meanwhile, put on for later, or somebody else's
      const isDue = campaign?.state === CampaignState.SCHEDULED && campaign.scheduledAt! <= services.clock.now();
      if (campaign && isDue && campaign.version === due.version) {
        await startRun(db, campaign, { claims, startedBy: campaign.owner });
      }
    });
  }
}
