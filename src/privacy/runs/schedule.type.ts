import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { DateTimeScalar } from "../../platform/graphql/scalars.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { AnonymizationMode } from "./run.enums.js";

const months = "Calendar months, from 1 to 1200.";

export enum BatchTypeCode {
  INACTIVE_CONTACTS = "INACTIVE_CONTACTS",
}
registerEnumType(BatchTypeCode, {
  name: "BatchTypeCode",
  description: "What a batch does.",
  valuesConfig: { INACTIVE_CONTACTS: { description: "Deletion and anonymization of inactive contacts." } },
});

@ObjectType({ simpleResolvers: true, description: "A type of batch that can be scheduled." })
export class BatchType {
  @Field(() => BatchTypeCode, { description: "What it does." })
  code!: BatchTypeCode;

  @Field(() => String, { description: "The same in the caller's language." })
  label!: string;

  @Field(() => String, { description: "Login of who made it." })
  createdBy!: string;

  @Field(() => DateTimeScalar, { description: "When." })
  createdAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: "Runs the batch for inactive contacts again and again." })
export class AnonymizationSchedule {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, {
    description: "When: minute, hour, day of month, month, day of week, in the time zone of the institution.",
  })
  cron!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it runs next; null for never." })
  nextAt!: Date | null;

  @Field(() => AnonymizationMode, { description: "Whether it only plans. A RUN plans, and then carries its plan out." })
  mode!: AnonymizationMode;

  @Field(() => String, { nullable: true, description: "Code of the organization that runs it. It limits nothing." })
  organization!: string | null;

  @Field(() => Int, { description: "After how many calendar months without activity a contact is inactive." })
  inactivityMonths!: number;

  @Field(() => Int, { nullable: true, description: "The same of customers; null: as of everybody." })
  customerInactivityMonths!: number | null;

  @Field(() => Int, { nullable: true, description: "The same of prospects; null: as of everybody." })
  prospectInactivityMonths!: number | null;

  @Field(() => String, { nullable: true, description: "Of RUN: the plan by which it was confirmed." })
  planHash!: string | null;

  @Field(() => String, { description: "Login of who made it. It acts with his rights of each day." })
  owner!: string;

  @Field(() => DateTimeScalar, { description: "When it was made." })
  createdAt!: Date;
}

@InputType({ description: "A type of batch that is to be there." })
export class EnsureBatchTypeInput {
  @Field(() => BatchTypeCode, { description: "Which." })
  code!: BatchTypeCode;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A schedule of the batch for inactive contacts." })
export class ScheduleAnonymizationInput {
  @Field(() => String, {
    description:
      "When: minute, hour, day of month, month, day of week, such as `0 3 1 * *`, in the time zone of the institution.",
  })
  cron!: string;

  @Field(() => AnonymizationMode, { nullable: true, description: "SIMULATION when left out." })
  mode?: AnonymizationMode | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Confirms a schedule of RUNs, once: the `planHash` of a simulation under the same periods that ended at most seven days ago.",
  })
  planHash?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `After how long without activity a contact is inactive. When left out, as the institution has set it now. ${months}`,
  })
  inactivityMonths?: number | null;

  @Field(() => Int, { nullable: true, description: `The same of customers. ${months}` })
  customerInactivityMonths?: number | null;

  @Field(() => Int, { nullable: true, description: `The same of prospects. ${months}` })
  prospectInactivityMonths?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: "Code of the organization that runs it; the caller's first when left out.",
  })
  organizationId?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A schedule that is to be removed." })
export class RemoveAnonymizationScheduleInput {
  @Field(() => ID, { description: "Opaque id of the schedule." })
  id!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true })
abstract class Payload {
  @Field(() => [UserError], { description: "What to mend in the input. Empty when it was done." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about what was done." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `ensureBatchType`." })
export class EnsureBatchTypePayload extends Payload {
  @Field(() => BatchType, { nullable: true, description: "The type as it is now; null when nothing was done." })
  batchType!: BatchType | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `scheduleAnonymization`." })
export class ScheduleAnonymizationPayload extends Payload {
  @Field(() => AnonymizationSchedule, { nullable: true, description: "The schedule; null when nothing was done." })
  anonymizationSchedule!: AnonymizationSchedule | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `removeAnonymizationSchedule`." })
export class RemoveAnonymizationSchedulePayload extends Payload {
  @Field(() => ID, { nullable: true, description: "The schedule that is gone; null when nothing was done." })
  removedId!: string | null;
}
