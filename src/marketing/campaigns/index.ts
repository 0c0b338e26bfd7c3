export { resolveCampaign } from "./campaign.reference.js";
export { CampaignResolver } from "./campaign.resolver.js";
