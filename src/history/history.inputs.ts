import { ArgsType, Field, InputType, Int } from "type-graphql";
import { OperationKind, OrderState, PaymentMethod, TicketState } from "./order.enums.js";
import { PeriodInput } from "./period.type.js";
import { ProductKind } from "./product.type.js";

/** What every list of a contact takes. */
@ArgsType()
export abstract class HistoryArguments {
  @Field(() => PeriodInput, {
    nullable: true,
    description: "Days to look at. Left out: the last 12 months and all of the future.",
  })
  period?: PeriodInput | null;

  @Field(() => Int, { description: "How many items, from 1 to 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "Cursor of the item before the page." })
  after?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Of a structure: whether to show what is its relays' too, as far as the caller may see them. Left out: true. " +
      "Each item names whose it is.",
  })
  includeRelays?: boolean | null;
}

export const organizationsDescription = "Codes of organizations. Left out: all of them.";

@InputType({ description: "Which orders a purchase history shows." })
class PurchaseHistoryFilter {
  @Field(() => [String], { nullable: true, description: organizationsDescription })
  organizations?: string[] | null;

  @Field(() => [OperationKind], { nullable: true, description: "How firm they are. Left out: any." })
  operationKinds?: OperationKind[] | null;

  @Field(() => [OrderState], { nullable: true, description: "What became of them. Left out: anything." })
  states?: OrderState[] | null;

  @Field(() => [ProductKind], {
    nullable: true,
    description: "Orders with a line for a product of one of these kinds. Left out: any.",
  })
  productKinds?: ProductKind[] | null;
}

@ArgsType()
export class PurchaseHistoryArguments extends HistoryArguments {
  @Field(() => PurchaseHistoryFilter, { nullable: true, description: "Which orders. Left out: all of them." })
  filter?: PurchaseHistoryFilter | null;
}

@InputType({ description: "Which tickets a cultural history shows." })
class CulturalHistoryFilter {
  @Field(() => [TicketState], { nullable: true, description: "States of the tickets. Left out: valid ones only." })
  states?: TicketState[] | null;

  @Field(() => [String], { nullable: true, description: organizationsDescription })
  organizations?: string[] | null;

  @Field(() => [ProductKind], { nullable: true, description: "Kinds of what is attended. Left out: any." })
  productKinds?: ProductKind[] | null;
}

@ArgsType()
export class CulturalHistoryArguments extends HistoryArguments {
  @Field(() => CulturalHistoryFilter, { nullable: true, description: "Which tickets. Left out: valid ones only." })
  filter?: CulturalHistoryFilter | null;
}

@InputType({ description: "Which payments a financial history shows." })
class FinancialHistoryFilter {
  @Field(() => [String], { nullable: true, description: organizationsDescription })
  organizations?: string[] | null;

  @Field(() => [PaymentMethod], { nullable: true, description: "How they were made. Left out: any way." })
  methods?: PaymentMethod[] | null;
}

@ArgsType()
export class FinancialHistoryArguments extends HistoryArguments {
  @Field(() => FinancialHistoryFilter, { nullable: true, description: "Which payments. Left out: all of them." })
  filter?: FinancialHistoryFilter | null;
}
