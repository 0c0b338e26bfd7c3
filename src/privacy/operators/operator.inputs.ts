import { Field, ID, InputType } from "type-graphql";
import { ConfidentialityLevel } from "../../platform/access/clearance.js";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { OperatorKind } from "./operator.type.js";

@InputType({ description: "A new operator." })
export class CreateOperatorInput {
  @Field(() => String, {
    description:
      "1 to 100 characters without blanks at its ends. Can never be changed or removed: it shall not reveal who the person is.",
  })
  login!: string;

  @Field(() => OperatorKind, { description: "Who stands behind it." })
  kind!: OperatorKind;

  @Field(() => String, { nullable: true, description: "First name, up to 100 characters." })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: "Last name, up to 100 characters." })
  lastName?: string | null;

  @Field(() => ConfidentialityLevel, {
    defaultValue: ConfidentialityLevel.FREE,
    description: "How far the operator may see; not above the caller's own clearance.",
  })
  clearance!: ConfidentialityLevel;

  @Field(() => [String], {
    defaultValue: [],
    description: "Codes of roles, whose permissions the caller has himself. Up to 50.",
  })
  roles!: string[];

  @Field(() => [String], { defaultValue: [], description: "Codes of organizations of the institution. Up to 200." })
  organizations!: string[];

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType()
abstract class OperatorInput {
  @Field(() => ID, { description: "The operator." })
  operatorId!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "An operator's new names. The login never changes." })
export class UpdateOperatorInput extends OperatorInput {
  @Field(() => String, { nullable: true, description: "First name; null removes it, left out it stays." })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: "Last name; null removes it, left out it stays." })
  lastName?: string | null;
}

@InputType({ description: "What an operator may do and see. What is left out stays. In force within 30 seconds." })
export class SetOperatorRightsInput extends OperatorInput {
  @Field(() => ConfidentialityLevel, {
    nullable: true,
    description: "How far the operator may see; raised not above the caller's own clearance.",
  })
  clearance?: ConfidentialityLevel | null;

  @Field(() => [String], {
    nullable: true,
    description: "All roles from now on. Of those that are added, the caller has the permissions himself. Up to 50.",
  })
  roles?: string[] | null;

  @Field(() => [String], { nullable: true, description: "All organizations from now on. Up to 200." })
  organizations?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "False for who leaves; true for who comes back." })
  isActive?: boolean | null;
}

@InputType({ description: "Whose names to remove." })
export class AnonymizeOperatorNamesInput extends OperatorInput {}

@InputType({ description: "A role and all of its permissions. Made when there is none of this code." })
export class SetRoleInput {
  @Field(() => String, { description: "Capital letters, digits and underscores, a letter first, up to 40." })
  code!: string;

  @Field(() => [String], {
    description: "All its permissions from now on. Those that are added, the caller has himself.",
  })
  permissions!: string[];

  @IdempotencyKey()
  idempotencyKey?: string | null;
}
