import { Field, InputType, Int } from "type-graphql";
import { ContactNameInput } from "./order.inputs.js";
import { BelongingRecordInput } from "./record.inputs.js";

@InputType({ description: "A payment, or a refund." })
export class PaymentRecordInput extends BelongingRecordInput {
  @Field(() => String, { nullable: true, description: "Number of the order of the organization that was paid." })
  order?: string | null;

  @Field(() => ContactNameInput, { nullable: true, description: "Required. Who paid." })
  payer?: ContactNameInput | null;

  @Field(() => String, { nullable: true, description: "Required. When, RFC 3339 with an offset." })
  paidAt?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Required. One of CARD, CASH, TRANSFER, VOUCHER, INVOICE, OTHER.",
  })
  method?: string | null;

  @Field(() => String, { nullable: true, description: `Required. How much, such as "80.00"; negative for a refund.` })
  amount?: string | null;

  @Field(() => String, { nullable: true, description: "Required. ISO 4217." })
  currency?: string | null;
}

@InputType({ description: "A membership of a contact." })
export class MembershipRecordInput extends BelongingRecordInput {
  @Field(() => ContactNameInput, { nullable: true, description: "Required. Whose it is." })
  contact?: ContactNameInput | null;

  @Field(() => String, { nullable: true, description: "Required. Code of the product." })
  product?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Number of the order of the organization that it was bought with.",
  })
  order?: string | null;

  @Field(() => String, { nullable: true, description: "Required. First day, YYYY-MM-DD." })
  validFrom?: string | null;

  @Field(() => String, { nullable: true, description: "Last day, YYYY-MM-DD; left out: without end." })
  validTo?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What became of it. One of ACTIVE, REFUNDED, CANCELLED; left out: ACTIVE.",
  })
  state?: string | null;
}

@InputType({ description: "An advantage that a contact was given." })
export class AdvantageRecordInput extends BelongingRecordInput {
  @Field(() => ContactNameInput, { nullable: true, description: "Required. Whose it is." })
  contact?: ContactNameInput | null;

  @Field(() => String, { nullable: true, description: "Required. Which advantage." })
  code?: string | null;

  @Field(() => String, { nullable: true, description: "Required. Its name." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "First day, YYYY-MM-DD; left out: open." })
  validFrom?: string | null;

  @Field(() => String, { nullable: true, description: "Last day, YYYY-MM-DD; left out: open." })
  validTo?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What became of it. One of ASSIGNED, USED, REVOKED; left out: ASSIGNED.",
  })
  state?: string | null;
}

@InputType({ description: "A request for something that is sold out." })
export class WaitingListEntryRecordInput extends BelongingRecordInput {
  @Field(() => ContactNameInput, { nullable: true, description: "Required. Who waits." })
  contact?: ContactNameInput | null;

  @Field(() => String, { nullable: true, description: "Required. Code of the product." })
  product?: string | null;

  @Field(() => Int, { nullable: true, description: "How many; left out: 1." })
  quantity?: number | null;

  @Field(() => String, { nullable: true, description: "Required. When, RFC 3339 with an offset." })
  requestedAt?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What became of it. One of WAITING, SERVED, CANCELLED; left out: WAITING.",
  })
  state?: string | null;
}

@InputType({ description: "A message or document that was sent to a contact." })
export class ShipmentRecordInput extends BelongingRecordInput {
  @Field(() => ContactNameInput, { nullable: true, description: "Required. Who it was for." })
  contact?: ContactNameInput | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Required. What it was. One of CAMPAIGN, PURCHASE_INFORMATION, QUOTATION, INVOICE, TICKETS, REMINDER, PRIVACY_INFORMATION, OTHER.",
  })
  kind?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Required. Which way it went. One of EMAIL, SMS, LETTER, PHONE, ADVANTAGE, WEB_LINK.",
  })
  channel?: string | null;

  @Field(() => String, { nullable: true, description: "Its subject." })
  subject?: string | null;

  @Field(() => String, { nullable: true, description: "The address or number it went to." })
  recipient?: string | null;

  @Field(() => String, { nullable: true, description: "Number of the order of the organization that it was about." })
  order?: string | null;

  @Field(() => String, { nullable: true, description: "Required. When it was made, RFC 3339 with an offset." })
  createdAt?: string | null;

  @Field(() => String, { nullable: true, description: "When it left; required once it has." })
  sentAt?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Required. What became of it. One of QUEUED, SENT, DELIVERED, BOUNCED, REFUSED, FAILED.",
  })
  state?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "How it was answered. One of OPENED, FOLLOWED, SOFT_BOUNCED, HARD_BOUNCED.",
  })
  responseCode?: string | null;
}
