import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { contactHold, setRetentionHold } from "./hold.service.js";
import { RetentionHold, SetRetentionHoldInput, SetRetentionHoldPayload } from "./hold.type.js";

@Resolver(() => Contact)
export class RetentionHoldResolver {
  @FieldResolver(() => RetentionHold, {
    nullable: true,
    description:
      "What keeps the contact out of every erasure. Null without a hold, when withheld, and for the anonymized.",
  })
  retentionHold(@Root() { id }: Contact, @Ctx() context: OperationContext) {
    return contactHold(context, id);
  }

  @Allow("privacy:hold")
  @Mutation(() => SetRetentionHoldPayload, {
    description:
      "Keeps a contact out of the batch for inactive contacts and of anonymization by hand, with a reason; without a reason, lets him go again.",
  })
  setRetentionHold(
    @Arg("input", () => SetRetentionHoldInput, { description: "Whom, why, and how long." })
    input: SetRetentionHoldInput,
    @Ctx() context: OperationContext,
  ) {
    return setRetentionHold(context, input);
  }
}
