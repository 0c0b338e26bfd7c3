import type { Services } from "../platform/context.js";
import { buildSubgraph } from "../platform/graphql/subgraph-schema.js";
import type { SubgraphModule } from "../platform/module.js";
import type { MarketingPort } from "../platform/ports.js";
import { AudienceResolver } from "./audience/audience.resolver.js";
import { AudienceExportResolver } from "./audience/export/export.resolver.js";
import { exportRoutes } from "./audience/export/export.route.js";
import { authorizationCodes } from "./authorizations/authorization.js";
import {
  AuthorizationResolver,
  consentRoutes,
  LedgerResolver,
  OptInResolver,
  UnsubscribeResolver,
  WordingResolver,
} from "./authorizations/index.js";
import { applyAuthorizationWish } from "./authorizations/ledger.sql.js";
import { BounceResolver } from "./bounces/bounce.resolver.js";
import { showCurrent } from "./bounces/bounce-state.service.js";
import {
  CampaignManifestResolver,
  CampaignResolver,
  CampaignRunResolver,
  ContactCampaignResolver,
  ExplainResolver,
  resolveCampaign,
} from "./campaigns/index.js";
import { marketingFields } from "./contact.fields.js";
import { resolveContact, resolveContactSummary } from "./contact.reference.js";
import { copyContacts } from "./contact.sql.js";
import { Contact, ContactSummary } from "./contact.type.js";
import { ReportResolver } from "./reports/report.resolver.js";
import { findWantedTarget, sharedContacts, TargetResolver, takeTarget } from "./targets/index.js";

export { exportTask } from "./audience/export/export.task.js";
export { audienceFiles } from "./audience/export/export-kept.sql.js";
export { audienceExportPurge } from "./audience/export/export-purge.task.js";
export { optInMail } from "./authorizations/index.js";
export { digestOfAddress } from "./bounces/address-digest.js";
export { bounceReplay } from "./bounces/bounce-replay.task.js";
export { campaignSchedule, campaignTask } from "./campaigns/index.js";
export { marketingEraser } from "./personal-data.js";

/** What contacts authorize, and what became of e-mails to them. */
export const marketingModule: SubgraphModule = {
  name: "marketing",
  fields: marketingFields,
  buildSubgraph: () =>
    buildSubgraph({
      resolvers: [
        AudienceExportResolver,
        AudienceResolver,
        AuthorizationResolver,
        BounceResolver,
        CampaignManifestResolver,
        CampaignResolver,
        CampaignRunResolver,
        ContactCampaignResolver,
        ExplainResolver,
        LedgerResolver,
        OptInResolver,
        ReportResolver,
        TargetResolver,
        UnsubscribeResolver,
        WordingResolver,
      ],
      references: { Campaign: resolveCampaign, Contact: resolveContact, ContactSummary: resolveContactSummary },
      orphanedTypes: [Contact, ContactSummary],
    }),
  routes: (services) => ({ ...consentRoutes(services), ...exportRoutes(services) }),
};

/** What marketing does for the others. */
export function createMarketingPort({ identityKeys }: Pick<Services, "identityKeys">): MarketingPort {
  return {
    async copyContacts(db, contactIds) {
      await copyContacts(db, contactIds);
      await showCurrent(identityKeys, db, contactIds);
    },
    authorizationCodes,
    applyAuthorizationWish,
    findTarget: findWantedTarget,
    takeTarget,
    sharedContacts,
  };
}
