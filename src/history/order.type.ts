import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateScalar, DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.js";
import { RedactionType } from "../platform/graphql/shared-types.js";
import { Contact } from "./contact.type.js";
import { Product } from "./product.type.js";

/** Keeps a class that is declared further down out of the emitted metadata. */
type Later<Type> = Type | null;

export enum OperationKind {
  OPTION = "OPTION",
  RESERVATION = "RESERVATION",
  SALE = "SALE",
}

registerEnumType(OperationKind, {
  name: "OperationKind",
  description: "How firm an order is.",
  valuesConfig: {
    OPTION: { description: "Seats held for a while." },
    RESERVATION: { description: "Reserved, not paid yet." },
    SALE: { description: "Sold." },
  },
});

export enum TicketState {
  VALID = "VALID",
  RETURNED = "RETURNED",
  CANCELLED = "CANCELLED",
}

registerEnumType(TicketState, {
  name: "TicketState",
  description: "What became of a ticket.",
  valuesConfig: {
    VALID: { description: "It counts." },
    RETURNED: { description: "The contact gave it back." },
    CANCELLED: { description: "The organization cancelled it." },
  },
});

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

  @Field(() => TicketState, { nullable: true, description: "What became of it." })
  state!: TicketState | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day on which it is valid. Null: undated." })
  validityEndDate!: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: "Its price, in the currency of the order." })
  price!: string | null;

  @Field(() => String, { nullable: true, description: "The seat; null when seats are free." })
  seat!: string | null;

  @Field(() => Order, {
    nullable: true,
    description: "The order that it belongs to. Null when someone made it whom the caller may not see.",
  })
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

  @Field(() => [Ticket], { nullable: true, description: "The tickets of this line; none for goods." })
  tickets!: Ticket[] | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "An option, a reservation or a sale." })
export class Order {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Its number in the organization." })
  orderNumber!: string | null;

  @Field(() => String, { nullable: true, description: "Code of the organization that took it." })
  organization!: string | null;

  @Field(() => OperationKind, { nullable: true, description: "How firm it is." })
  operationKind!: OperationKind | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was made." })
  orderedAt!: Date | null;

  @Field(() => DecimalScalar, { nullable: true, description: "What it costs in all." })
  total!: string | null;

  @Field(() => String, { nullable: true, description: "Currency of its amounts (ISO 4217)." })
  currency!: string | null;

  @Field(() => Contact, { nullable: true, description: "Who made it: the purchase contact." })
  purchaser!: Contact | null;

  @Field(() => [OrderLine], { nullable: true, description: "Its lines, by number." })
  lines!: OrderLine[] | null;

  @Field(() => String, { nullable: true, description: "The address in the network that it was made from." })
  ipAddress!: string | null;

  @Field(() => String, { nullable: true, description: "Free text that an operator wrote." })
  remark!: string | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}
