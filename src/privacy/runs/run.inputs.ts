import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { DateScalar } from "../../platform/graphql/scalars.js";
import { LegalNotice, UserError, Warning } from "../../platform/graphql/shared-types.js";
import { AnonymizationOutcome } from "./run.enums.js";
import { AnonymizationRun } from "./run.type.js";

const months = "Calendar months, from 1 to 1200.";

@InputType({ description: "Asks for a list of who would be anonymized or deleted." })
export class SimulateAnonymizationInput {
  @Field(() => Int, {
    nullable: true,
    description: `After how long without activity a contact is inactive. When left out, as the institution has set it. ${months}`,
  })
  inactivityMonths?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `The same of customers. When both this and \`inactivityMonths\` are left out, as the institution has set it. ${months}`,
  })
  customerInactivityMonths?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `The same of prospects. When both this and \`inactivityMonths\` are left out, as the institution has set it. ${months}`,
  })
  prospectInactivityMonths?: number | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "Code of the organization that runs it; the caller's first when left out. Activity counts in all of them.",
  })
  organizationId?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Another day in place of today. For tests: takes the permission operator:admin.",
  })
  asOf?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "Confirms the plan of a simulation, to be carried out. Irreversible." })
export class RunAnonymizationInput {
  @Field(() => String, { description: "The `planHash` of a simulation that ended at most seven days ago." })
  planHash!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A run that is to be ended." })
export class CancelAnonymizationRunInput {
  @Field(() => ID, { description: "Opaque id of the run." })
  id!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true })
abstract class RunPayload {
  @Field(() => AnonymizationRun, { nullable: true, description: "The run as it is now; null when nothing was done." })
  anonymizationRun!: AnonymizationRun | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when it was done." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about what was done." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `simulateAnonymization`." })
export class SimulateAnonymizationPayload extends RunPayload {
  @Field(() => LegalNotice, { nullable: true, description: "To be shown: the list that is made is personal data." })
  legalNotice!: LegalNotice | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `runAnonymization`." })
export class RunAnonymizationPayload extends RunPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `cancelAnonymizationRun`." })
export class CancelAnonymizationRunPayload extends RunPayload {}

@ArgsType()
export class RunItemArguments {
  @Field(() => AnonymizationOutcome, { nullable: true, description: "Only contacts with this outcome." })
  outcome?: AnonymizationOutcome | null;

  @Field(() => Int, { description: "How many, from 1 to 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}

@ArgsType()
export class RunPageArguments {
  @Field(() => Int, { description: "How many, from 1 to 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}
