import type { GraphQLResolveInfo } from "graphql";
import { Args, ArgsType, Ctx, Field, FieldResolver, Info, InputType, Int, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../platform/context.js";
import { selects } from "../platform/graphql/selection.js";
import { CulturalItemConnection, OrderConnection, PaymentConnection } from "./connections.type.js";
import { Contact } from "./contact.type.js";
import { culturalHistory, financialHistory, purchaseHistory } from "./history.service.js";
import { TicketState } from "./order.type.js";
import { PeriodInput } from "./period.type.js";

@ArgsType()
class HistoryArguments {
  @Field(() => PeriodInput, {
    nullable: true,
    description: "Days to look at. Left out: the last 12 months and all of the future.",
  })
  period?: PeriodInput | null;

  @Field(() => Int, { description: "How many items, from 1 to 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "Cursor of the item before the page." })
  after?: string | null;
}

@InputType({ description: "Which tickets a cultural history shows." })
class CulturalHistoryFilter {
  @Field(() => [TicketState], { nullable: true, description: "States of the tickets. Left out: valid ones only." })
  states?: TicketState[] | null;
}

@ArgsType()
class CulturalHistoryArguments extends HistoryArguments {
  @Field(() => CulturalHistoryFilter, { nullable: true, description: "Which tickets. Left out: valid ones only." })
  filter?: CulturalHistoryFilter | null;
}

@Resolver(() => Contact)
export class ContactResolver {
  @FieldResolver(() => OrderConnection, {
    nullable: true,
    description: "The orders that the contact made, the newest first. Not those that he only attends or paid.",
  })
  purchaseHistory(
    @Root() { id }: Contact,
    @Args(() => HistoryArguments) args: HistoryArguments,
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
      "Returned and cancelled tickets are left out unless the filter asks for them. Undated products come last, in any period.",
  })
  culturalHistory(
    @Root() { id }: Contact,
    @Args(() => CulturalHistoryArguments) { filter, ...args }: CulturalHistoryArguments,
    @Ctx() context: OperationContext,
  ) {
    return culturalHistory(context, id, { ...args, states: filter?.states ?? [TicketState.VALID] });
  }

  @FieldResolver(() => PaymentConnection, {
    nullable: true,
    description: "The payments that the contact made, whoever ordered, the newest first. Refunds are negative.",
  })
  financialHistory(
    @Root() { id }: Contact,
    @Args(() => HistoryArguments) args: HistoryArguments,
    @Ctx() context: OperationContext,
  ) {
    return financialHistory(context, id, args);
  }
}
