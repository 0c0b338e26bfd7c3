import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { blockContact, purchaseEligibility, unblockContact } from "./blocking.service.js";
import {
  BlockContactInput,
  BlockContactPayload,
  PurchaseEligibility,
  UnblockContactInput,
  UnblockContactPayload,
} from "./blocking.type.js";

@Resolver()
export class BlockingResolver {
  @Allow("contact:read")
  @Query(() => PurchaseEligibility, {
    nullable: true,
    description:
      "Whether a contact may be the purchaser, payer or named spectator of a purchase; options and reservations count as purchases, viewing and refunds do not. For every channel to ask before it sells. Null when no contact has this id, or none that the caller may see.",
  })
  purchaseEligibility(
    @Arg("contactId", () => ID, { description: "The contact." }) contactId: string,
    @Ctx() context: OperationContext,
  ) {
    return purchaseEligibility(context, contactId);
  }

  @Allow("contact:block")
  @Mutation(() => BlockContactPayload, {
    description:
      "Stops all purchases of a contact, in every organization. When it is blocked, the first reason and instant stay.",
  })
  blockContact(
    @Arg("input", () => BlockContactInput, { description: "The contact and the reason." }) input: BlockContactInput,
    @Ctx() context: OperationContext,
  ) {
    return blockContact(context, input);
  }

  @Allow("contact:block")
  @Mutation(() => UnblockContactPayload, { description: "Lets a contact buy again." })
  unblockContact(
    @Arg("input", () => UnblockContactInput, { description: "The contact." }) input: UnblockContactInput,
    @Ctx() context: OperationContext,
  ) {
    return unblockContact(context, input);
  }
}
