import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../platform/context.js";
import { selects } from "../platform/graphql/selection.js";
import { CulturalItemConnection, OrderConnection, PaymentConnection } from "./connections.type.js";
import { Contact } from "./contact.type.js";
import { CulturalHistoryArguments, FinancialHistoryArguments, PurchaseHistoryArguments } from "./history.inputs.js";
import { culturalHistory, financialHistory, purchaseHistory } from "./history.service.js";

@Resolver(() => Contact)
export class ContactResolver {
  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description:
      "The orders that the contact made, the newest first. Not those that he only attends or paid. " +
      "Of a structure also those of its relays.",
  })
  purchaseHistory(
    @Root() { id }: Contact,
    @Args(() => PurchaseHistoryArguments) args: PurchaseHistoryArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const withLines = selects(info, ["nodes", "lines"], ["edges", "node", "lines"]);
    return purchaseHistory(context, id, { ...args, withLines });
  }

  @FieldResolver(() => CulturalItemConnection, {
    nullable: true,
    description:
      "What the contact attended or is to attend, whoever ordered it: by date, the furthest in the future first. " +
      "Returned and cancelled tickets are left out unless the filter asks for them. Undated products come last, in any period. Of a structure also what its relays attend.",
  })
  culturalHistory(
    @Root() { id }: Contact,
    @Args(() => CulturalHistoryArguments) args: CulturalHistoryArguments,
    @Ctx() context: OperationContext,
  ) {
    return culturalHistory(context, id, args);
  }

  @FieldResolver(() => PaymentConnection, {
    nullable: true,
    description:
      "The payments that the contact made, whoever ordered, the newest first. Refunds are negative. " +
      "Of a structure also those of its relays.",
  })
  financialHistory(
    @Root() { id }: Contact,
    @Args(() => FinancialHistoryArguments) args: FinancialHistoryArguments,
    @Ctx() context: OperationContext,
  ) {
    return financialHistory(context, id, args);
  }
}
