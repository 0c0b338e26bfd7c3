import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar, DecimalScalar } from "../platform/graphql/scalars.js";
import { RedactionType } from "../platform/graphql/shared-types.js";
import { Contact } from "./contact.type.js";
import { Order } from "./order.type.js";

export enum PaymentMethod {
  CARD = "CARD",
  CASH = "CASH",
  TRANSFER = "TRANSFER",
  VOUCHER = "VOUCHER",
  INVOICE = "INVOICE",
  OTHER = "OTHER",
}

registerEnumType(PaymentMethod, {
  name: "PaymentMethod",
  description: "How something was paid.",
  valuesConfig: {
    CARD: { description: "By a credit or debit card." },
    CASH: { description: "In cash." },
    TRANSFER: { description: "By bank transfer." },
    VOUCHER: { description: "With a voucher." },
    INVOICE: { description: "Against an invoice." },
    OTHER: { description: "In another way." },
  },
});

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
  order!: Order | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}
