import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { DateScalar, DateTimeScalar } from "../../platform/graphql/scalars.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { IndicatorRunReason, IndicatorRunStatus } from "./indicator.enums.js";

@ObjectType({
  simpleResolvers: true,
  description: "Works the indicators of all contacts out again, in the background.",
})
export class IndicatorRun {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => IndicatorRunStatus, { description: "Where it stands." })
  status!: IndicatorRunStatus;

  @Field(() => IndicatorRunReason, { description: "Why it was asked for first." })
  reason!: IndicatorRunReason;

  @Field(() => DateScalar, { description: "The institution's day on which it was asked for." })
  day!: string;

  @Field(() => Float, { description: "Part of the contacts that were looked at, from 0 to 1." })
  progress!: number;

  @Field(() => Int, { nullable: true, description: "How many contacts there were when it began; null before." })
  total!: number | null;

  @Field(() => Int, { description: "How many have been looked at." })
  processed!: number;

  @Field(() => Int, { description: "How many have other values than before." })
  changed!: number;

  @Field(() => DateTimeScalar, { description: "When it was asked for." })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it began." })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended, in whatever way." })
  finishedAt!: Date | null;
}

@InputType({ description: "Asks for a recomputation." })
export class RecomputeIndicatorsInput {
  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A recomputation that is to be ended." })
export class CancelIndicatorRunInput {
  @Field(() => ID, { description: "Opaque id of the run." })
  id!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true })
abstract class IndicatorRunPayload {
  @Field(() => IndicatorRun, { nullable: true, description: "The run as it is now; null when nothing was done." })
  indicatorRun!: IndicatorRun | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when it was done." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about what was done." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `recomputeIndicators`." })
export class RecomputeIndicatorsPayload extends IndicatorRunPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `cancelIndicatorRun`." })
export class CancelIndicatorRunPayload extends IndicatorRunPayload {}
