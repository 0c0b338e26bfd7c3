export { resolveCampaign } from "./campaign.reference.js";
export { CampaignResolver } from "./campaign.resolver.js";
export { CampaignRunResolver } from "./campaign-run.resolver.js";
export { ContactCampaignResolver } from "./contact-campaign.resolver.js";
export { ExplainResolver } from "./explain.resolver.js";
export { CampaignManifestResolver } from "./run/manifest.resolver.js";
export { campaignTask } from "./run/run.task.js";
export { campaignSchedule } from "./run/schedule.task.js";
