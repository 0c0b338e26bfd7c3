import { Field, InputType, ObjectType } from "type-graphql";
import { ConfidentialityLevel } from "../platform/access/clearance.js";
import { IdempotencyKey } from "../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../platform/graphql/shared-types.js";

@ObjectType({ simpleResolvers: true, description: "How a field is protected in the institution." })
export class FieldLevel {
  @Field(() => String, { description: "Name of the type in this schema." })
  typeName!: string;

  @Field(() => String, { description: "Name of the field in this schema." })
  fieldName!: string;

  @Field(() => ConfidentialityLevel, { description: "The clearance that the field takes now." })
  level!: ConfidentialityLevel;

  @Field(() => ConfidentialityLevel, { description: "The level as shipped: the lowest that can be set." })
  shippedLevel!: ConfidentialityLevel;

  @Field(() => String, {
    nullable: true,
    description: "The permission that it takes beside the clearance; null for none.",
  })
  requiredPermission!: string | null;

  @Field(() => [String], { description: "Fields that it gives away: it is withheld when any of them is." })
  derivedFrom!: readonly string[];
}

@InputType({ description: "Which level to give to which field." })
export class SetFieldLevelInput {
  @Field(() => String, { description: "Name of the type, such as `Contact`." })
  typeName!: string;

  @Field(() => String, { description: "Name of the field, such as `email`." })
  fieldName!: string;

  @Field(() => ConfidentialityLevel, {
    description: "The clearance that it shall take; never below the level as shipped.",
  })
  level!: ConfidentialityLevel;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setFieldLevel`." })
export class SetFieldLevelPayload {
  @Field(() => FieldLevel, { nullable: true, description: "The field as it is now; null when nothing was written." })
  fieldLevel!: FieldLevel | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}
