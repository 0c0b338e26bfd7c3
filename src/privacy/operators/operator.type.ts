import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { ConfidentialityLevel } from "../../platform/access/clearance.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { LegalNotice, UserError, Warning } from "../../platform/graphql/shared-types.js";

export enum OperatorKind {
  OPERATOR = "OPERATOR",
  SERVICE = "SERVICE",
  PARTNER = "PARTNER",
}

registerEnumType(OperatorKind, {
  name: "OperatorKind",
  description: "Who stands behind a login.",
  valuesConfig: {
    OPERATOR: { description: "Somebody of the institution's staff." },
    SERVICE: { description: "Another system, such as audience management or ticketing." },
    PARTNER: { description: "A partner, who sees only what is shared with him." },
  },
});

@ObjectType({ simpleResolvers: true, description: "A back-office user, a partner, or another system." })
export class Operator {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { description: "The login. Never changes and never goes; histories keep showing it." })
  login!: string;

  @Field(() => OperatorKind, { description: "Who stands behind it." })
  kind!: OperatorKind;

  @Field(() => String, { nullable: true, description: "First name; null when none was given, or it was anonymized." })
  firstName!: string | null;

  @Field(() => String, { nullable: true, description: "Last name; null when none was given, or it was anonymized." })
  lastName!: string | null;

  @Field(() => ConfidentialityLevel, { description: "How far the operator may see." })
  clearance!: ConfidentialityLevel;

  @Field(() => [String], { description: "Codes of the roles held, in alphabetical order." })
  roles!: string[];

  @Field(() => [String], { description: "Codes of the organizations worked for, in alphabetical order." })
  organizations!: string[];

  @Field(() => Boolean, { description: "False for who has left: no token opens anything." })
  isActive!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "A page of operators, by login." })
export class OperatorConnection extends connectionOf("Operator", () => Operator) {}

@ObjectType({ simpleResolvers: true, description: "A bundle of permissions that operators hold." })
export class Role {
  @Field(() => String, { description: "Its code." })
  code!: string;

  @Field(() => [String], { description: "Its permissions, in alphabetical order." })
  permissions!: string[];
}

@ObjectType({ simpleResolvers: true })
abstract class Payload {
  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true })
abstract class OperatorPayload extends Payload {
  @Field(() => Operator, { nullable: true, description: "The operator as he is now; null when nothing was written." })
  operator!: Operator | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `createOperator`." })
export class CreateOperatorPayload extends OperatorPayload {
  @Field(() => LegalNotice, { description: "The notice to show to who chooses a login (F66)." })
  legalNotice!: LegalNotice;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `updateOperator`." })
export class UpdateOperatorPayload extends OperatorPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `setOperatorRights`." })
export class SetOperatorRightsPayload extends OperatorPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `anonymizeOperatorNames`." })
export class AnonymizeOperatorNamesPayload extends OperatorPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `setRole`." })
export class SetRolePayload extends Payload {
  @Field(() => Role, { nullable: true, description: "The role as it is now; null when nothing was written." })
  role!: Role | null;
}
