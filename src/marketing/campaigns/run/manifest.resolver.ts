import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../../platform/access/allow.js";
import type { OperationContext } from "../../../platform/context.js";
import { AudienceOutcome } from "../../audience/audience.enums.js";
import { campaignManifest, manifestCheck, manifestEntries } from "./manifest.service.js";
import { CampaignManifest, CampaignManifestCheck, CampaignManifestEntryConnection } from "./manifest.type.js";

@Resolver(() => CampaignManifest)
export class CampaignManifestResolver {
  @Allow("target:read")
  @Query(() => CampaignManifest, {
    nullable: true,
    description:
      "Who was sent a campaign and who was left out, and why. Null when there is no such campaign for the caller, and when something that the gates decide by is withheld from him.",
  })
  campaignManifest(
    @Arg("campaignId", () => ID, { description: "The campaign." }) campaignId: string,
    @Ctx() context: OperationContext,
  ) {
    return campaignManifest(context, campaignId);
  }

  @FieldResolver(() => CampaignManifestCheck, {
    nullable: true,
    description: "Compares the manifests of all its runs, row by row, with their seals. Null when it was never run.",
  })
  check(@Root() manifest: CampaignManifest, @Ctx() context: OperationContext) {
    return manifestCheck(context, manifest);
  }

  @FieldResolver(() => CampaignManifestEntryConnection, { description: "What became of whom." })
  entries(
    @Root() manifest: CampaignManifest,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Arg("outcome", () => AudienceOutcome, { nullable: true, description: "Only those with this outcome." })
    outcome: AudienceOutcome | null,
    @Ctx() context: OperationContext,
  ) {
    return manifestEntries(context, manifest, { first, after: after ?? null, outcome: outcome ?? null });
  }
}
