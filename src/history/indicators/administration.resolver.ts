import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { cancelIndicatorRun, findIndicatorRun, requestRecomputation } from "./run.service.js";
import {
  CancelIndicatorRunInput,
  CancelIndicatorRunPayload,
  IndicatorRun,
  RecomputeIndicatorsInput,
  RecomputeIndicatorsPayload,
} from "./run.type.js";
import { indicatorSettings, setIndicatorBand, setIndicatorSetting } from "./setting.service.js";
import {
  IndicatorSettings,
  SetIndicatorBandInput,
  SetIndicatorBandPayload,
  SetIndicatorSettingInput,
  SetIndicatorSettingPayload,
} from "./setting.type.js";

@Resolver()
export class IndicatorAdministrationResolver {
  @Allow("indicator:admin")
  @Query(() => IndicatorSettings, { description: "What is in force for indicators: as set, else as shipped." })
  indicatorSettings(@Ctx() context: OperationContext) {
    return indicatorSettings(context);
  }

  @Allow("indicator:admin")
  @Query(() => IndicatorRun, {
    nullable: true,
    description: "One recomputation of all indicators. Null when none has this id.",
  })
  indicatorRun(
    @Arg("id", () => ID, { description: "Opaque id of the run." }) id: string,
    @Ctx() context: OperationContext,
  ) {
    return findIndicatorRun(context, id);
  }

  @Allow("indicator:admin")
  @Mutation(() => SetIndicatorSettingPayload, {
    description:
      "Says whether and when what happens in an organization counts for an indicator. Everybody's values follow in the background.",
  })
  setIndicatorSetting(
    @Arg("input", () => SetIndicatorSettingInput, { description: "The setting." }) input: SetIndicatorSettingInput,
    @Ctx() context: OperationContext,
  ) {
    return setIndicatorSetting(context, input);
  }

  @Allow("indicator:admin")
  @Mutation(() => SetIndicatorBandPayload, {
    description:
      "Says from which revenue on a kind of contact is medium or large. Everybody's values follow in the background.",
  })
  setIndicatorBand(
    @Arg("input", () => SetIndicatorBandInput, { description: "The band." }) input: SetIndicatorBandInput,
    @Ctx() context: OperationContext,
  ) {
    return setIndicatorBand(context, input);
  }

  @Allow("indicator:admin")
  @Mutation(() => RecomputeIndicatorsPayload, {
    description:
      "Works the indicators of all contacts out again, in the background: ask `indicatorRun` how it stands. Deliveries and new days do so by themselves.",
  })
  recomputeIndicators(
    @Arg("input", () => RecomputeIndicatorsInput, { description: "Nothing but a key." })
    input: RecomputeIndicatorsInput,
    @Ctx() context: OperationContext,
  ) {
    return requestRecomputation(context, input);
  }

  @Allow("indicator:admin")
  @Mutation(() => CancelIndicatorRunPayload, {
    description: "Ends a recomputation. What it has written is right and stays.",
  })
  cancelIndicatorRun(
    @Arg("input", () => CancelIndicatorRunInput, { description: "The run." }) input: CancelIndicatorRunInput,
    @Ctx() context: OperationContext,
  ) {
    return cancelIndicatorRun(context, input);
  }
}
