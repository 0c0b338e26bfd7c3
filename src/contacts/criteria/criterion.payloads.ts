import { Field, ObjectType } from "type-graphql";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { ContactNoticePayload } from "../contact.payloads.js";
import { CriterionDefinition, CriterionValue } from "./criterion.type.js";

@ObjectType({ simpleResolvers: true })
abstract class DefinedPayload {
  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `defineCriterion`." })
export class DefineCriterionPayload extends DefinedPayload {
  @Field(() => CriterionDefinition, {
    nullable: true,
    description: "The criterion as it is now; null when nothing was written.",
  })
  criterion!: CriterionDefinition | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `defineCriterionValue`." })
export class DefineCriterionValuePayload extends DefinedPayload {
  @Field(() => CriterionValue, {
    nullable: true,
    description: "The value as it is now; null when nothing was written.",
  })
  value!: CriterionValue | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setCriteria`." })
export class SetCriteriaPayload extends ContactNoticePayload {}
