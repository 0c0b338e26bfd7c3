import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import {
  anonymizationSchedules,
  batchTypes,
  ensureBatchType,
  removeAnonymizationSchedule,
  scheduleAnonymization,
} from "./schedule.service.js";
import {
  AnonymizationSchedule,
  BatchType,
  EnsureBatchTypeInput,
  EnsureBatchTypePayload,
  RemoveAnonymizationScheduleInput,
  RemoveAnonymizationSchedulePayload,
  ScheduleAnonymizationInput,
  ScheduleAnonymizationPayload,
} from "./schedule.type.js";

@Resolver()
export class AnonymizationScheduleResolver {
  @Allow("privacy:simulate")
  @Query(() => [BatchType], { description: "The types of batch that can be scheduled." })
  batchTypes(@Ctx() context: OperationContext) {
    return batchTypes(context);
  }

  @Allow("privacy:simulate")
  @Query(() => [AnonymizationSchedule], {
    description: "Schedules of the batch for inactive contacts, the newest first.",
  })
  anonymizationSchedules(@Ctx() context: OperationContext) {
    return anonymizationSchedules(context);
  }

  @Allow("privacy:simulate")
  @Mutation(() => EnsureBatchTypePayload, {
    description:
      "Makes a type of batch, which has to be there before the batch is scheduled. A repeat changes nothing.",
  })
  ensureBatchType(
    @Arg("input", () => EnsureBatchTypeInput, { description: "Which type." }) input: EnsureBatchTypeInput,
    @Ctx() context: OperationContext,
  ) {
    return ensureBatchType(context, input);
  }

  @Allow("privacy:simulate")
  @Mutation(() => ScheduleAnonymizationPayload, {
    description:
      "Runs the batch for inactive contacts again and again, as a simulation unless said otherwise. A schedule of RUNs takes the permission privacy:run and is confirmed once, by the plan of a simulation; each time it then plans, and carries its plan out.",
  })
  scheduleAnonymization(
    @Arg("input", () => ScheduleAnonymizationInput, { description: "When, and how." })
    input: ScheduleAnonymizationInput,
    @Ctx() context: OperationContext,
  ) {
    return scheduleAnonymization(context, input);
  }

  @Allow("privacy:simulate")
  @Mutation(() => RemoveAnonymizationSchedulePayload, {
    description: "Ends a schedule. A run that it has begun goes on: see `cancelAnonymizationRun`.",
  })
  removeAnonymizationSchedule(
    @Arg("input", () => RemoveAnonymizationScheduleInput, { description: "The schedule." })
    input: RemoveAnonymizationScheduleInput,
    @Ctx() context: OperationContext,
  ) {
    return removeAnonymizationSchedule(context, input);
  }
}
