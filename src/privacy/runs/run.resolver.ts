import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import {
  CancelAnonymizationRunInput,
  CancelAnonymizationRunPayload,
  RunAnonymizationInput,
  RunAnonymizationPayload,
  RunItemArguments,
  RunPageArguments,
  SimulateAnonymizationInput,
  SimulateAnonymizationPayload,
} from "./run.inputs.js";
import { type FoundRun, findRun, findRuns, runByKey, runItems, runLog } from "./run.reading.js";
import { cancelAnonymizationRun, runAnonymization, simulateAnonymization } from "./run.service.js";
import {
  AnonymizationLogEntry,
  AnonymizationRun,
  AnonymizationRunConnection,
  AnonymizationRunItemConnection,
} from "./run.type.js";

@Resolver(() => AnonymizationRun)
export class AnonymizationRunResolver {
  @Allow("privacy:simulate")
  @Query(() => AnonymizationRun, {
    nullable: true,
    description:
      "One run of the batch for inactive contacts. Null when none has this id, or none that the caller may see.",
  })
  anonymizationRun(
    @Arg("id", () => ID, { description: "Opaque id of the run." }) id: string,
    @Ctx() context: OperationContext,
  ) {
    return findRun(context, id);
  }

  @Allow("privacy:simulate")
  @Query(() => AnonymizationRunConnection, {
    description: "Runs of the batch for inactive contacts, the newest first.",
  })
  anonymizationRuns(@Args(() => RunPageArguments) args: RunPageArguments, @Ctx() context: OperationContext) {
    return findRuns(context, args);
  }

  @Allow("privacy:simulate")
  @Mutation(() => SimulateAnonymizationPayload, {
    description:
      "Plans in the background what a run would do: who would be anonymized or deleted, and who not, and why. Changes nothing but the GDPR recency that is kept. Show the legal notice: the list is personal data, and deleted after 30 days.",
  })
  simulateAnonymization(
    @Arg("input", () => SimulateAnonymizationInput, { description: "Which contacts are inactive." })
    input: SimulateAnonymizationInput,
    @Ctx() context: OperationContext,
  ) {
    return simulateAnonymization(context, input);
  }

  @Allow("privacy:run")
  @Mutation(() => RunAnonymizationPayload, {
    description:
      "Carries out the plan of a simulation, in the background: does to each contact what is still true of him, and lists what has changed. Then cleans old tickets. Irreversible.",
  })
  runAnonymization(
    @Arg("input", () => RunAnonymizationInput, { description: "Which plan." }) input: RunAnonymizationInput,
    @Ctx() context: OperationContext,
  ) {
    return runAnonymization(context, input);
  }

  @Allow("privacy:simulate")
  @Mutation(() => CancelAnonymizationRunPayload, {
    description:
      "Ends a run. Whatever it did until then is whole, and stays. A RUN, and the simulation that a scheduled RUN begins with, are ended with the permission `privacy:run`.",
  })
  cancelAnonymizationRun(
    @Arg("input", () => CancelAnonymizationRunInput, { description: "The run." }) input: CancelAnonymizationRunInput,
    @Ctx() context: OperationContext,
  ) {
    return cancelAnonymizationRun(context, input);
  }

  @FieldResolver(() => AnonymizationRun, {
    nullable: true,
    description: "Of a RUN: the simulation that it carries out.",
  })
  plan(@Root() { planId }: FoundRun, @Ctx() context: OperationContext) {
    return planId === null ? null : runByKey(context, planId);
  }

  @FieldResolver(() => [AnonymizationLogEntry], {
    description: "What happened to it, the first first; at most the last 100.",
  })
  log(@Root() run: FoundRun, @Ctx() context: OperationContext) {
    return runLog(context, run);
  }

  @FieldResolver(() => AnonymizationRunItemConnection, {
    description:
      "What it says of each contact whose recency it worked out, by contact. Deleted 30 days after it ended: it is personal data.",
  })
  items(@Root() run: FoundRun, @Args(() => RunItemArguments) args: RunItemArguments, @Ctx() context: OperationContext) {
    return runItems(context, run, args);
  }
}
