import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { Redaction } from "../../platform/access/fields.js";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { ContactChangeInput } from "../contact.inputs.js";
import { ContactNoticePayload, ContactPayload } from "../contact.payloads.js";

@ObjectType({
  simpleResolvers: true,
  description: "A bank's token for a credit card of the contact. The card's number is never kept.",
})
export class PaymentAlias {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { nullable: true, description: "The token. Needs the permission `alias:write`." })
  alias!: string | null;

  @Field(() => String, { nullable: true, description: "Who gave it: bank or payment provider." })
  provider!: string | null;

  @Field(() => String, { nullable: true, description: "The last four digits of the card, as they were entered." })
  maskedNumber!: string | null;

  @Field(() => Int, { nullable: true, description: "Last month of the card, 1 to 12." })
  expiryMonth!: number | null;

  @Field(() => Int, { nullable: true, description: "Year of that month." })
  expiryYear!: number | null;

  @Field(() => Boolean, { nullable: true, description: "True from the first day after that month; false without one." })
  isExpired!: boolean | null;

  @Field(() => Date, { description: "When the buyer's consent was confirmed." })
  consentAt!: Date;

  @Field(() => String, { description: "Login of who confirmed it." })
  consentConfirmedBy!: string;

  @Field(() => [RedactionType], { description: "The fields of this alias that the caller may not see." })
  redactions!: readonly Redaction[];
}

@InputType({ description: "An alias to keep. Show the notice ALIAS_CONSENT before." })
export class AddPaymentAliasInput extends ContactChangeInput {
  @Field(() => String, { description: "The token that the bank gave, up to 128 characters. Never a card number." })
  alias!: string;

  @Field(() => String, { nullable: true, description: "Who gave it. Up to 60 characters." })
  provider?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The last four digits of the card, such as `1234` or `****1234`.",
  })
  maskedNumber?: string | null;

  @Field(() => Int, { nullable: true, description: "Last month of the card, 1 to 12." })
  expiryMonth?: number | null;

  @Field(() => Int, { nullable: true, description: "Its year, in four digits." })
  expiryYear?: number | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "True: the buyer was asked and consents. Anything else stores nothing.",
  })
  buyerConsentConfirmed!: boolean;
}

@InputType({ description: "Which alias to remove." })
export class RemovePaymentAliasInput {
  @Field(() => ID, { description: "The alias." })
  id!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `addPaymentAlias`." })
export class AddPaymentAliasPayload extends ContactNoticePayload {
  @Field(() => PaymentAlias, { nullable: true, description: "The new alias; null when nothing was written." })
  paymentAlias!: PaymentAlias | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `removePaymentAlias`." })
export class RemovePaymentAliasPayload extends ContactPayload {}
