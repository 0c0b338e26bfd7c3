import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { reportBounces } from "./bounce-report.service.js";
import { reportClicks } from "./click-report.service.js";
import { reportDeliveries } from "./delivery-report.service.js";
import {
  ReportBouncesInput,
  ReportClicksInput,
  ReportDeliveriesInput,
  ReportUnsubscribesInput,
} from "./report.inputs.js";
import {
  ReportBouncesPayload,
  ReportClicksPayload,
  ReportDeliveriesPayload,
  ReportUnsubscribesPayload,
} from "./report.payloads.js";
import { reportUnsubscribes } from "./unsubscribe-report.service.js";

/** For who sends the messages. The order of batches, and how often they come, changes nothing. */
@Resolver()
export class ReportResolver {
  @Allow("marketing:report")
  @Mutation(() => ReportDeliveriesPayload, {
    description: "Reports messages that have arrived. It ends a SOFT bounce status of the address, not a HARD one.",
  })
  reportDeliveries(
    @Arg("input", () => ReportDeliveriesInput, { description: "What arrived where." }) input: ReportDeliveriesInput,
    @Ctx() context: OperationContext,
  ) {
    return reportDeliveries(context, input);
  }

  @Allow("marketing:report")
  @Mutation(() => ReportBouncesPayload, {
    description:
      "Reports what came back from e-mail addresses. An invalid address becomes HARD, as one does that fails for good three times within 30 days while nothing arrives; everything else is SOFT. A complaint withdraws INSTITUTION_EMAIL.",
  })
  reportBounces(
    @Arg("input", () => ReportBouncesInput, { description: "What came back." }) input: ReportBouncesInput,
    @Ctx() context: OperationContext,
  ) {
    return reportBounces(context, input);
  }

  @Allow("marketing:report")
  @Mutation(() => ReportClicksPayload, {
    description: "Reports links that were followed. Those that a person followed count as activity of that day.",
  })
  reportClicks(
    @Arg("input", () => ReportClicksInput, { description: "Which links were followed." }) input: ReportClicksInput,
    @Ctx() context: OperationContext,
  ) {
    return reportClicks(context, input);
  }

  @Allow("marketing:report")
  @Mutation(() => ReportUnsubscribesPayload, {
    description: "Reports persons who want no more messages. Taken from contacts who are no longer valid too.",
  })
  reportUnsubscribes(
    @Arg("input", () => ReportUnsubscribesInput, { description: "Who wants no more." }) input: ReportUnsubscribesInput,
    @Ctx() context: OperationContext,
  ) {
    return reportUnsubscribes(context, input);
  }
}
