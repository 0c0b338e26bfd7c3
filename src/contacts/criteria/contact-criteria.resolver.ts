import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact } from "../contact.type.js";
import { contactCriteria } from "./contact-criteria.service.js";
import { SetCriteriaInput } from "./criterion.inputs.js";
import { SetCriteriaPayload } from "./criterion.payloads.js";
import { ContactCriterion } from "./criterion.type.js";
import { setCriteria } from "./set-criteria.service.js";

@Resolver(() => Contact)
export class ContactCriteriaResolver {
  @FieldResolver(() => [ContactCriterion], {
    nullable: true,
    description: "What the contact has for the institution's criteria, in their order.",
  })
  criteria(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return contactCriteria(context, contact);
  }

  @Allow("contact:write")
  @Mutation(() => SetCriteriaPayload, {
    description:
      "Sets criteria of a contact. What he has already is no change; each real change counts as activity for his recency.",
  })
  setCriteria(
    @Arg("input", () => SetCriteriaInput, { description: "The contact and its criteria." }) input: SetCriteriaInput,
    @Ctx() context: OperationContext,
  ) {
    return setCriteria(context, input);
  }
}
