import { Field, InputType, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { DecimalScalar } from "../../platform/graphql/scalars.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { ContactKind, IndicatorCode, IndicatorRefresh } from "./indicator.enums.js";

@ObjectType({ simpleResolvers: true, description: "What counts in an organization for an indicator, and when." })
export class IndicatorSetting {
  @Field(() => String, { description: "Code of the organization." })
  organization!: string;

  @Field(() => IndicatorCode, { description: "The indicator." })
  code!: IndicatorCode;

  @Field(() => Boolean, { description: "Whether what happens in this organization counts at all." })
  isActive!: boolean;

  @Field(() => IndicatorRefresh, { description: "When it counts." })
  refresh!: IndicatorRefresh;
}

@ObjectType({ simpleResolvers: true, description: "From which revenue on a contact of a kind is medium or large." })
export class IndicatorBand {
  @Field(() => ContactKind, { description: "The kind of contact." })
  contactKind!: ContactKind;

  @Field(() => DecimalScalar, { description: "The least revenue of MEDIUM; below it is SMALL." })
  mediumFrom!: string;

  @Field(() => DecimalScalar, { description: "The least revenue of LARGE." })
  largeFrom!: string;
}

@ObjectType({ simpleResolvers: true, description: "What an institution has set about its indicators." })
export class IndicatorSettings {
  @Field(() => [IndicatorSetting], { description: "By organization, then by indicator." })
  settings!: IndicatorSetting[];

  @Field(() => [IndicatorBand], { description: "One for each kind of contact." })
  bands!: IndicatorBand[];
}

@InputType({ description: "What counts in an organization for an indicator, and when." })
export class SetIndicatorSettingInput {
  @Field(() => String, { description: "Code of the organization." })
  organization!: string;

  @Field(() => IndicatorCode, { description: "The indicator. BALANCE is always there and always of now." })
  code!: IndicatorCode;

  @Field(() => Boolean, { description: "Whether what happens in this organization counts at all." })
  isActive!: boolean;

  @Field(() => IndicatorRefresh, { description: "When it counts. MEMBERSHIP and SENIORITY are always REAL_TIME." })
  refresh!: IndicatorRefresh;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "From which revenue on a contact of a kind is medium or large." })
export class SetIndicatorBandInput {
  @Field(() => ContactKind, { description: "The kind of contact." })
  contactKind!: ContactKind;

  @Field(() => DecimalScalar, { description: "The least revenue of MEDIUM; more than 0." })
  mediumFrom!: string;

  @Field(() => DecimalScalar, { description: "The least revenue of LARGE; more than that of MEDIUM." })
  largeFrom!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true })
abstract class IndicatorSettingsPayload {
  @Field(() => IndicatorSettings, {
    nullable: true,
    description: "All settings as they are now; null when nothing was written.",
  })
  indicatorSettings!: IndicatorSettings | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setIndicatorSetting`." })
export class SetIndicatorSettingPayload extends IndicatorSettingsPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `setIndicatorBand`." })
export class SetIndicatorBandPayload extends IndicatorSettingsPayload {}
