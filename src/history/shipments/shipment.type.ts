import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../platform/graphql/scalars.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { Contact } from "../contact.type.js";
import { Order } from "../order.type.js";
import { Campaign } from "./campaign.type.js";

export enum ShipmentKind {
  CAMPAIGN = "CAMPAIGN",
  PURCHASE_INFORMATION = "PURCHASE_INFORMATION",
  QUOTATION = "QUOTATION",
  INVOICE = "INVOICE",
  TICKETS = "TICKETS",
  REMINDER = "REMINDER",
  PRIVACY_INFORMATION = "PRIVACY_INFORMATION",
  OTHER = "OTHER",
}

registerEnumType(ShipmentKind, {
  name: "ShipmentKind",
  description: "What was sent.",
  valuesConfig: {
    CAMPAIGN: { description: "A message of a marketing campaign." },
    PURCHASE_INFORMATION: { description: "Information on something bought. No marketing." },
    QUOTATION: { description: "An offer that waits for an answer." },
    INVOICE: { description: "An invoice." },
    TICKETS: { description: "Tickets." },
    REMINDER: { description: "A reminder, such as of a payment." },
    PRIVACY_INFORMATION: { description: "Tells a person who was created on behalf of his rights. No marketing." },
    OTHER: { description: "Something else, such as a mail of the billing office." },
  },
});

export enum ShipmentChannel {
  EMAIL = "EMAIL",
  SMS = "SMS",
  LETTER = "LETTER",
  PHONE = "PHONE",
  ADVANTAGE = "ADVANTAGE",
  WEB_LINK = "WEB_LINK",
}

registerEnumType(ShipmentChannel, {
  name: "ShipmentChannel",
  description: "The way that something was sent.",
  valuesConfig: {
    EMAIL: { description: "E-mail." },
    SMS: { description: "SMS or MMS." },
    LETTER: { description: "By post." },
    PHONE: { description: "A telephone call." },
    ADVANTAGE: { description: "An advantage put on the contact's account." },
    WEB_LINK: { description: "A link shown on the web." },
  },
});

export enum ShipmentState {
  QUEUED = "QUEUED",
  SENT = "SENT",
  DELIVERED = "DELIVERED",
  BOUNCED = "BOUNCED",
  REFUSED = "REFUSED",
  FAILED = "FAILED",
}

registerEnumType(ShipmentState, {
  name: "ShipmentState",
  description: "What became of a shipment.",
  valuesConfig: {
    QUEUED: { description: "Waits to be sent." },
    SENT: { description: "On its way." },
    DELIVERED: { description: "It arrived." },
    BOUNCED: { description: "It came back; the response code tells whether for good." },
    REFUSED: { description: "The receiver did not take it." },
    FAILED: { description: "It could not be sent." },
  },
});

export enum ShipmentResponseCode {
  OPENED = "OPENED",
  FOLLOWED = "FOLLOWED",
  SOFT_BOUNCED = "SOFT_BOUNCED",
  HARD_BOUNCED = "HARD_BOUNCED",
}

registerEnumType(ShipmentResponseCode, {
  name: "ShipmentResponseCode",
  description: "What came back on a shipment.",
  valuesConfig: {
    OPENED: { description: "The contact opened it." },
    FOLLOWED: { description: "The contact followed a link in it." },
    SOFT_BOUNCED: { description: "A temporary error, or an answer of a machine." },
    HARD_BOUNCED: { description: "The address does not exist, or no longer." },
  },
});

@ObjectType({ simpleResolvers: true, description: "One message or document sent to one contact." })
export class Shipment {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Contact, { nullable: true, description: "To whom it was sent." })
  contact!: Contact | null;

  @Field(() => String, {
    nullable: true,
    description: "Code of the organization that sent it. Null without redaction: the institution itself.",
  })
  organization!: string | null;

  @Field(() => ShipmentKind, { nullable: true, description: "What was sent." })
  kind!: ShipmentKind | null;

  @Field(() => ShipmentChannel, { nullable: true, description: "How it was sent." })
  channel!: ShipmentChannel | null;

  @Field(() => String, { nullable: true, description: "Its subject or title." })
  subject!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The address or number that it went to: personal data, removed when the contact is anonymized.",
  })
  recipient!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was made. The list is in this order." })
  createdAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was sent; null while it waits." })
  sentAt!: Date | null;

  @Field(() => ShipmentState, { nullable: true, description: "What became of it." })
  state!: ShipmentState | null;

  @Field(() => ShipmentResponseCode, {
    nullable: true,
    description: "What came back on it. Null: nothing, or it was delivered without more.",
  })
  responseCode!: ShipmentResponseCode | null;

  @Field(() => Order, { nullable: true, description: "The order that it is about, if any." })
  order!: Order | null;

  @Field(() => Campaign, {
    nullable: true,
    description: "The campaign that it is of, if any that exists for the caller.",
  })
  campaign!: Campaign | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}
