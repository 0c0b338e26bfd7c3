import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { contactBalances } from "./balance.service.js";
import { ContactBalance } from "./balance.type.js";

@Resolver(() => Contact)
export class BalanceResolver {
  @FieldResolver(() => [ContactBalance], {
    nullable: true,
    description:
      "What is open between the contact and each organization: what is due on the orders that he answers for, less what was paid. Accounts that are even are left out. Payers whom the caller may not see do not count.",
  })
  balances(@Root() { id }: Contact, @Ctx() context: OperationContext) {
    return contactBalances(context, id);
  }
}
