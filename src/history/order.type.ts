import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { DateScalar, DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.js";
import { RedactionType } from "../platform/graphql/shared-types.js";
import { Contact } from "./contact.type.js";
import { OperationKind, OrderState, PaymentMethod, TicketState } from "./order.enums.js";
import { Product } from "./product.type.js";
import { Beneficiary, TicketAnswer } from "./ticket-holder.type.js";

/** Keeps a class that is declared further down out of the emitted metadata. */
type Later<Type> = Type | null;

@ObjectType({ simpleResolvers: true, description: "One ticket of an order: one person, one product." })
export class Ticket {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Product, { nullable: true, description: "What it gives access to." })
  product!: Product | null;

  @Field(() => Contact, {
    nullable: true,
    description: "Who attends. Null when nobody was named, or someone whom the caller may not see.",
  })
  culturalContact!: Contact | null;

  @Field(() => Int, { nullable: true, description: "Its number in its line of the order." })
  ticketNumber!: number | null;

  @Field(() => TicketState, { nullable: true, description: "What became of it." })
  state!: TicketState | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was given back; null when it was not." })
  returnedAt!: Date | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day on which it is valid. Null: undated." })
  validityEndDate!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: "Its price, in the currency of the order." })
  price!: string | null;

  @Field(() => String, { nullable: true, description: "The seat; null when seats are free." })
  seat!: string | null;

  @Field(() => Beneficiary, {
    nullable: true,
    description:
      "Who holds it, as it was typed in. Null when nobody was, and when the caller may not see who attends: " +
      "where nobody is named for that, who ordered.",
  })
  beneficiary!: Beneficiary | null;

  @Field(() => [TicketAnswer], {
    nullable: true,
    description:
      "Answers to the questions that its sale asked, by code. Empty when the caller may not see whose they are: " +
      "who attends or, where nobody is named for that, who ordered.",
  })
  answers!: TicketAnswer[] | null;

  @Field(() => Order, { nullable: true, description: "The order that it belongs to." })
  order!: Later<Order>;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "One line of an order: a product and how many of it." })
export class OrderLine {
  @Field(() => Int, { description: "Its number in the order." })
  lineNumber!: number;

  @Field(() => Product, { nullable: true, description: "What was ordered." })
  product!: Product | null;

  @Field(() => Int, { nullable: true, description: "How many." })
  quantity!: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: "Amount of the line, in the currency of the order." })
  amount!: string | null;

  @Field(() => String, { nullable: true, description: "Code of the tariff; null when that is not known." })
  tariffCode!: string | null;

  @Field(() => Boolean, { nullable: true, description: "True for a tariff of children." })
  isChildrenTariff!: boolean | null;

  @Field(() => [Ticket], { nullable: true, description: "The tickets of this line; none for goods." })
  tickets!: Ticket[] | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "A payment, or a refund: its amount is negative." })
export class Payment {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Code of the organization that was paid." })
  organization!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was made." })
  paidAt!: Date | null;

  @Field(() => PaymentMethod, { nullable: true, description: "How it was made." })
  method!: PaymentMethod | null;

  @Field(() => DecimalScalar, { nullable: true, description: "How much; negative for a refund." })
  amount!: string | null;

  @Field(() => String, { nullable: true, description: "Its currency (ISO 4217)." })
  currency!: string | null;

  @Field(() => Contact, { nullable: true, description: "Who paid." })
  payer!: Contact | null;

  @Field(() => Order, {
    nullable: true,
    description: "What was paid. Null for a payment without an order, such as one on account.",
  })
  order!: Later<Order>;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@Directive(`@key(fields: "id")`)
@ObjectType({
  simpleResolvers: true,
  description:
    "An option, a reservation or a sale. It exists for a caller who may see one of its people: " +
    "who made it, who is to pay or has paid, or who attends. The others are null.",
})
export class Order {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Its number in the organization." })
  orderNumber!: string | null;

  @Field(() => String, { nullable: true, description: "Code of the organization that took it." })
  organization!: string | null;

  @Field(() => OperationKind, { nullable: true, description: "How firm it is." })
  operationKind!: OperationKind | null;

  @Field(() => OrderState, { nullable: true, description: "What became of it." })
  state!: OrderState | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was made." })
  orderedAt!: Date | null;

  @Field(() => DecimalScalar, { nullable: true, description: "What it costs in all, without what was given back." })
  total!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "What is to be paid for it: its total, and nothing for options and what has expired or was cancelled.",
  })
  amountDue!: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "What was paid for it in its currency, refunds taken off, by those whom the caller may see: other payers do not count.",
  })
  amountPaid!: string | null;

  @Field(() => [Payment], {
    nullable: true,
    description:
      "The payments and refunds for it, the newest first, at most 100, by those whom the caller may see. Those of others " +
      "are neither shown nor counted.",
  })
  payments!: Payment[] | null;

  @Field(() => String, { nullable: true, description: "Currency of its amounts (ISO 4217)." })
  currency!: string | null;

  @Field(() => Contact, {
    nullable: true,
    description:
      "Who made it: the purchase contact. Null when nobody was named, or someone whom the caller may not see.",
  })
  purchaser!: Contact | null;

  @Field(() => Contact, {
    nullable: true,
    description:
      "Who is to pay. Null when that is who made it, or someone whom the caller may not see. Who has paid stands in the payments.",
  })
  payer!: Contact | null;

  @Field(() => [OrderLine], { nullable: true, description: "Its lines, by number." })
  lines!: OrderLine[] | null;

  @Field(() => String, { nullable: true, description: "The address in the network that it was made from." })
  ipAddress!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Free text that an operator wrote, here (`setOrderRemark`) or where the order was taken.",
  })
  remark!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Counts the changes that `setOrderRemark` made; a change names the version that it has seen.",
  })
  remarkVersion!: number | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}
