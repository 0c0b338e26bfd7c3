import { Field, ID, InputType, Int } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { DateScalar } from "../../platform/graphql/scalars.js";
import { TargetKind, TargetOperator } from "./target.enums.js";

@InputType({ description: "Which purchases or visits count for a condition. What is left out does not narrow." })
export class TargetScopeInput {
  @Field(() => DateScalar, { nullable: true, description: "First day that counts." })
  from?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day that counts." })
  to?: string | null;

  @Field(() => [String], { nullable: true, description: "Codes of organizations, up to 200." })
  organizations?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Kinds of products, such as PERFORMANCE." })
  productKinds?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Codes of products, up to 1000." })
  products?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Codes of seasons, up to 200." })
  seasons?: string[] | null;

  @Field(() => String, { nullable: true, description: "Only amounts in this currency (ISO 4217)." })
  currency?: string | null;
}

@InputType({ description: "One condition of a filter." })
export class TargetConditionInput {
  @Field(() => String, { description: "The field, as `targetFields` lists them." })
  field!: string;

  @Field(() => TargetOperator, { description: "How to compare; one of the field's operators." })
  operator!: TargetOperator;

  @Field(() => [String], {
    defaultValue: [],
    description:
      "What to compare with: up to 1000 values; one for AT_LEAST, AT_MOST and days, two for BETWEEN, none for IS_SET and IS_NOT_SET.",
  })
  values!: string[];

  @Field(() => TargetScopeInput, { nullable: true, description: "For fields with a `scope`: what counts." })
  scope?: TargetScopeInput | null;
}

@InputType({
  description: "A filter: exactly one of the four. Up to 6 levels, 100 conditions and 10000 values in all.",
})
export class TargetFilterInput {
  @Field(() => [TargetFilterInput], { nullable: true, description: "All of these are met." })
  all?: TargetFilterInput[] | null;

  @Field(() => [TargetFilterInput], { nullable: true, description: "At least one of these is met." })
  any?: TargetFilterInput[] | null;

  @Field(() => [TargetFilterInput], { nullable: true, description: "None of these is met." })
  none?: TargetFilterInput[] | null;

  @Field(() => TargetConditionInput, { nullable: true, description: "One condition." })
  condition?: TargetConditionInput | null;
}

@InputType({ description: "A new target: a filter, or a list of contacts." })
export class CreateTargetInput {
  @Field(() => String, { description: "Its name, up to 100 characters." })
  name!: string;

  @Field(() => TargetKind, { description: "Question or answer. Never changes." })
  kind!: TargetKind;

  @Field(() => TargetFilterInput, {
    nullable: true,
    description: "Whom it is about. A dynamic target needs one; a static one has whom it meets now.",
  })
  filter?: TargetFilterInput | null;

  @Field(() => [ID], { nullable: true, description: "Contacts of a static target, instead of a filter. Up to 10000." })
  contactIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Logins of the partners who share it, up to 100." })
  sharedWith?: string[] | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "What changes of a target. What is left out stays." })
export class UpdateTargetInput {
  @Field(() => ID, { description: "The target." })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: "The version that was read: refused when somebody changed it since.",
  })
  version?: number | null;

  @Field(() => String, { nullable: true, description: "Its name, up to 100 characters." })
  name?: string | null;

  @Field(() => TargetFilterInput, {
    nullable: true,
    description: "Its filter from now on. A static target has whom it meets now.",
  })
  filter?: TargetFilterInput | null;

  @Field(() => [String], { nullable: true, description: "Logins of all partners who share it, up to 100." })
  sharedWith?: string[] | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A picture of a target to take." })
export class SnapshotTargetInput {
  @Field(() => ID, { description: "The target: a dynamic one is asked, a static one asked again with its filter." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: "Name of a new static target; left out, a static target is taken anew.",
  })
  name?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}
