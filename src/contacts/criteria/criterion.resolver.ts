import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { ContactType } from "../contact.enums.js";
import { criterionDefinitions, criterionValues } from "./contact-criteria.service.js";
import { DefineCriterionInput, DefineCriterionValueInput } from "./criterion.inputs.js";
import { DefineCriterionPayload, DefineCriterionValuePayload } from "./criterion.payloads.js";
import { CriterionDefinition, CriterionValue } from "./criterion.type.js";
import { defineCriterion } from "./definition.service.js";
import { defineCriterionValue } from "./value.service.js";

@Resolver()
export class CriterionResolver {
  @Allow("contact:read")
  @Query(() => [CriterionDefinition], {
    description:
      "What the institution classifies its contacts by, in order; at most 500. Internet users see what is visible on the internet.",
  })
  criteria(
    @Arg("type", () => ContactType, { nullable: true, description: "Only those for contacts of this type." })
    type: ContactType | null | undefined,
    @Arg("includeInactive", () => Boolean, { defaultValue: false, description: "Also those out of use." })
    includeInactive: boolean,
    @Ctx() context: OperationContext,
  ) {
    return criterionDefinitions(context, { type, includeInactive });
  }

  @Allow("contact:read")
  @Query(() => [CriterionValue], {
    nullable: true,
    description:
      "The values of a list with their internal codes, in order, also those out of use; at most 2000 (F89). Empty for other kinds, null when no criterion has this code.",
  })
  criterionValues(
    @Arg("code", () => String, { description: "Code of the criterion." }) code: string,
    @Ctx() context: OperationContext,
  ) {
    return criterionValues(context, code);
  }

  @Allow("criterion:admin")
  @Mutation(() => DefineCriterionPayload, { description: "Defines a criterion, or changes one." })
  defineCriterion(
    @Arg("input", () => DefineCriterionInput, { description: "The criterion." }) input: DefineCriterionInput,
    @Ctx() context: OperationContext,
  ) {
    return defineCriterion(context, input);
  }

  @Allow("criterion:admin")
  @Mutation(() => DefineCriterionValuePayload, { description: "Defines a value of a list, or changes one." })
  defineCriterionValue(
    @Arg("input", () => DefineCriterionValueInput, { description: "The value." }) input: DefineCriterionValueInput,
    @Ctx() context: OperationContext,
  ) {
    return defineCriterionValue(context, input);
  }
}
