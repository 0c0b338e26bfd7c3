import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { AddToCampaignInput, RemoveFromCampaignInput } from "./addition.inputs.js";
import { addToCampaign, removeFromCampaign } from "./addition.service.js";
import { rowOf } from "./campaign.reading.js";
import {
  AddToCampaignPayload,
  Campaign,
  CampaignAdditionConnection,
  RemoveFromCampaignPayload,
} from "./campaign.type.js";
import { previewOf, runOf } from "./campaign-counts.js";
import { additionsOf, statisticsOf } from "./campaign-parts.service.js";
import {
  CampaignCounts,
  CampaignRun,
  CampaignStatistics,
  CancelCampaignPayload,
  PreviewCampaignPayload,
  RunCampaignPayload,
  ScheduleCampaignPayload,
} from "./campaign-run.type.js";
import {
  CancelCampaignInput,
  PreviewCampaignInput,
  RunCampaignInput,
  ScheduleCampaignInput,
} from "./campaign-state.inputs.js";
import { cancelCampaign, runCampaign, scheduleCampaign } from "./campaign-state.service.js";
import { previewCampaign } from "./preview.service.js";

/** A campaign on its way from draft to sent. */
@Resolver(() => Campaign)
export class CampaignRunResolver {
  @FieldResolver(() => CampaignCounts, {
    nullable: true,
    description:
      "What the latest preview of the campaign as it stands has found. Null before one, and when something that the gates decide by is withheld from the caller.",
  })
  preview(@Root() campaign: Campaign, @Ctx() context: OperationContext) {
    return previewOf(context, rowOf(campaign));
  }

  @FieldResolver(() => CampaignRun, { nullable: true, description: "Its latest run; null when it was never run." })
  run(@Root() campaign: Campaign, @Ctx() context: OperationContext) {
    return runOf(context, rowOf(campaign));
  }

  @FieldResolver(() => CampaignStatistics, {
    nullable: true,
    description:
      "What has become of its shipments to contacts whom the caller sees, as it was reported. Null when something that is counted is withheld from him.",
  })
  statistics(@Root() campaign: Campaign, @Ctx() context: OperationContext) {
    return statisticsOf(context, rowOf(campaign));
  }

  @FieldResolver(() => CampaignAdditionConnection, { description: "Whom somebody added by hand." })
  additions(
    @Root() campaign: Campaign,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return additionsOf(context, rowOf(campaign), { first, after: after ?? null });
  }

  @Allow("campaign:write")
  @Mutation(() => AddToCampaignPayload, {
    description:
      "Adds a contact by hand to a campaign that has not been run. Every gate is asked about him when it is sent.",
  })
  addToCampaign(
    @Arg("input", () => AddToCampaignInput, { description: "Whom, and to which." }) input: AddToCampaignInput,
    @Ctx() context: OperationContext,
  ) {
    return addToCampaign(context, input);
  }

  @Allow("campaign:write")
  @Mutation(() => RemoveFromCampaignPayload, { description: "Takes a contact out again who was added by hand." })
  removeFromCampaign(
    @Arg("input", () => RemoveFromCampaignInput, { description: "Whom, and of which." })
    input: RemoveFromCampaignInput,
    @Ctx() context: OperationContext,
  ) {
    return removeFromCampaign(context, input);
  }

  @Allow("campaign:write")
  @Mutation(() => PreviewCampaignPayload, {
    description:
      "Counts whom a campaign would reach now, and why not the others. From the first time on its type stays.",
  })
  previewCampaign(
    @Arg("input", () => PreviewCampaignInput, { description: "Which." }) input: PreviewCampaignInput,
    @Ctx() context: OperationContext,
  ) {
    return previewCampaign(context, input);
  }

  @Allow("campaign:write")
  @Mutation(() => RunCampaignPayload, {
    description: "Sends a campaign, in the background. One that failed goes on with those whom it has not sent to.",
  })
  runCampaign(
    @Arg("input", () => RunCampaignInput, { description: "Which." }) input: RunCampaignInput,
    @Ctx() context: OperationContext,
  ) {
    return runCampaign(context, input);
  }

  @Allow("campaign:write")
  @Mutation(() => ScheduleCampaignPayload, {
    description: "Has a campaign run at a time, or takes it off the schedule.",
  })
  scheduleCampaign(
    @Arg("input", () => ScheduleCampaignInput, { description: "Which, and when." }) input: ScheduleCampaignInput,
    @Ctx() context: OperationContext,
  ) {
    return scheduleCampaign(context, input);
  }

  @Allow("campaign:write")
  @Mutation(() => CancelCampaignPayload, {
    description: "Ends a campaign for good, also while it is being sent. What was sent stays sent.",
  })
  cancelCampaign(
    @Arg("input", () => CancelCampaignInput, { description: "Which." }) input: CancelCampaignInput,
    @Ctx() context: OperationContext,
  ) {
    return cancelCampaign(context, input);
  }
}
