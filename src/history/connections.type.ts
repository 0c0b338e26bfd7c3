import { Field, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../platform/graphql/connection.js";
import { DateScalar, DecimalScalar } from "../platform/graphql/scalars.js";
import { RedactionType } from "../platform/graphql/shared-types.js";
import { Order, Payment, Ticket } from "./order.type.js";
import { Period } from "./period.type.js";
import { Product } from "./product.type.js";

@ObjectType({
  simpleResolvers: true,
  description: "A product that a contact attended or is to attend, with the ticket that says so.",
})
class CulturalItem {
  @Field(() => DateScalar, {
    nullable: true,
    description: "The day it is listed under: the last day of the product's validity. Null for an undated product.",
  })
  date!: string | null;

  @Field(() => Product, { nullable: true, description: "What is attended." })
  product!: Product | null;

  @Field(() => Ticket, { nullable: true, description: "The ticket." })
  ticket!: Ticket | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "A sum of money in one currency." })
class MoneySum {
  @Field(() => String, { description: "The currency (ISO 4217)." })
  currency!: string;

  @Field(() => DecimalScalar, { description: "The exact sum." })
  amount!: string;
}

/** A page of a history: it says which period it covers, and how many items there are in it. */
export function historyOf<Node extends object>(name: string, node: () => new () => Node) {
  @ObjectType({ simpleResolvers: true })
  abstract class HistoryConnection extends connectionOf(name, node) {
    @Field(() => Period, { description: "The days that this list covers." })
    period!: Period;

    @Field(() => Int, { description: "How many items the whole list has, exactly." })
    totalCount!: number;
  }
  return HistoryConnection;
}

@ObjectType({ simpleResolvers: true, description: "Orders, the newest first." })
export class OrderConnection extends historyOf("Order", () => Order) {
  @Field(() => [MoneySum], {
    nullable: true,
    description:
      "What is due for all orders of the list together, by currency: their `amountDue`, whether paid or not. " +
      "Null when the amounts are withheld from the caller.",
  })
  sums!: MoneySum[] | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "Products attended or to be attended, the furthest in the future first, those without a date last.",
})
export class CulturalItemConnection extends historyOf("CulturalItem", () => CulturalItem) {}

@ObjectType({ simpleResolvers: true, description: "Payments and refunds, the newest first." })
export class PaymentConnection extends historyOf("Payment", () => Payment) {
  @Field(() => [MoneySum], {
    nullable: true,
    description:
      "All payments of the list together, by currency, refunds taken off. Null when the amounts are withheld from the caller.",
  })
  sums!: MoneySum[] | null;
}
