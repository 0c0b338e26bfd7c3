import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { contactHold, findHolds, setRetentionHold } from "./hold.service.js";
import {
  RetentionHold,
  RetentionHoldArguments,
  RetentionHoldConnection,
  SetRetentionHoldInput,
  SetRetentionHoldPayload,
} from "./hold.type.js";

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
  @Query(() => RetentionHoldConnection, {
    description:
      "Retention holds of contacts whom the caller sees, also those that have run out. Empty when holds are withheld from him.",
  })
  retentionHolds(@Args(() => RetentionHoldArguments) args: RetentionHoldArguments, @Ctx() context: OperationContext) {
    return findHolds(context, args);
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
