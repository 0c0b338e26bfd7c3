import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { Target } from "../targets/target.type.js";
import { CampaignState } from "./campaign.enums.js";
import { CreateCampaignInput, UpdateCampaignInput } from "./campaign.inputs.js";
import { campaigns, findCampaign, orderIdsOf, targetsOf } from "./campaign.reading.js";
import { createCampaign, updateCampaign } from "./campaign.service.js";
import { Campaign, CampaignConnection, CreateCampaignPayload, UpdateCampaignPayload } from "./campaign.type.js";

@Resolver(() => Campaign)
export class CampaignResolver {
  @Allow("target:read")
  @Query(() => Campaign, {
    nullable: true,
    description: "A campaign. Null when there is none of this id for the caller.",
  })
  campaign(@Arg("id", () => ID, { description: "The campaign." }) id: string, @Ctx() context: OperationContext) {
    return findCampaign(context, id);
  }

  @Allow("target:read")
  @Query(() => CampaignConnection, { description: "The campaigns, the newest first." })
  campaigns(
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Arg("states", () => [CampaignState], { nullable: true, description: "Only those that stand there." }) states:
      | CampaignState[]
      | null,
    @Ctx() context: OperationContext,
  ) {
    return campaigns(context, { first, after: after ?? null, states: states ?? null });
  }

  @FieldResolver(() => [Target])
  targets(@Root() campaign: Campaign, @Ctx() context: OperationContext) {
    return targetsOf(context, campaign);
  }

  @FieldResolver(() => [ID])
  orderIds(@Root() campaign: Campaign, @Ctx() context: OperationContext) {
    return orderIdsOf(context, campaign);
  }

  @Allow("campaign:write")
  @Mutation(() => CreateCampaignPayload, { description: "Makes a campaign. Nothing is sent before it is run." })
  createCampaign(
    @Arg("input", () => CreateCampaignInput, { description: "What it is, and whom it is for." })
    input: CreateCampaignInput,
    @Ctx() context: OperationContext,
  ) {
    return createCampaign(context, input);
  }

  @Allow("campaign:write")
  @Mutation(() => UpdateCampaignPayload, { description: "Changes a campaign that has not been run." })
  updateCampaign(
    @Arg("input", () => UpdateCampaignInput, { description: "The campaign and what changes." })
    input: UpdateCampaignInput,
    @Ctx() context: OperationContext,
  ) {
    return updateCampaign(context, input);
  }
}
