import { assertMay } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { findCampaign } from "./campaign.reading.js";
import type { Campaign } from "./campaign.type.js";

/** The gateway comes here without passing any decorator. Only the key is trusted. */
export async function resolveCampaign({ id }: { id: string }, context: OperationContext): Promise<Campaign | null> {
  assertMay(context, "target:read");
  return findCampaign(context, id);
}
