import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { AuthorizationCode } from "../authorizations/authorization.js";

/** What every report of something that happened to a message says. */
@InputType()
export abstract class ReportedEventInput {
  @Field(() => String, {
    description:
      "The sender's own id of what happened, up to 200 characters. What is reported again under it is counted once.",
  })
  eventId!: string;

  @Field(() => ID, { description: "The contact whom the message was sent to." })
  contactId!: string;

  @Field(() => Date, { description: "When it happened. Not in the future." })
  occurredAt!: Date;

  @Field(() => ID, {
    nullable: true,
    description: "The shipment to this contact that it is about, whose state follows.",
  })
  shipmentId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "For who does not know the shipment: the campaign that the contact received it by.",
  })
  campaignId?: string | null;
}

@InputType({ description: "A message that has arrived." })
export class DeliveryInput extends ReportedEventInput {
  @Field(() => String, {
    nullable: true,
    description: "The e-mail address that it arrived at. Left out for other channels.",
  })
  address?: string | null;
}

@InputType({ description: "What arrived where." })
export class ReportDeliveriesInput {
  @Field(() => [DeliveryInput], { description: "Up to 1,000." })
  reports!: DeliveryInput[];
}

export enum BounceKind {
  FAILURE = "FAILURE",
  AUTOMATIC_REPLY = "AUTOMATIC_REPLY",
  COMPLAINT = "COMPLAINT",
}
registerEnumType(BounceKind, {
  name: "BounceKind",
  description: "What came back instead of an answer.",
  valuesConfig: {
    FAILURE: { description: "A mail server could not deliver; `statusCode` says why." },
    AUTOMATIC_REPLY: { description: "The account answered by itself, such as out of office." },
    COMPLAINT: {
      description: "The person called the mail spam. No bounce: his authorization INSTITUTION_EMAIL becomes FALSE.",
    },
  },
});

@InputType({ description: "Something that came back from an address: either what it is, or the message itself." })
export class BounceInput extends ReportedEventInput {
  @Field(() => String, {
    nullable: true,
    description: "The e-mail address that the mail was sent to. May be left out when the message names one.",
  })
  address?: string | null;

  @Field(() => BounceKind, { nullable: true, description: "What it is, for who has understood it himself." })
  kind?: BounceKind | null;

  @Field(() => String, { nullable: true, description: "With FAILURE: the status code of RFC 3463, such as 5.1.1." })
  statusCode?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The message as it came, headers first, up to 256 KiB: a delivery report (RFC 3464), an automatic reply (RFC 3834) or a complaint (RFC 5965). It is read and not kept.",
  })
  message?: string | null;
}

@InputType({ description: "What came back." })
export class ReportBouncesInput {
  @Field(() => [BounceInput], { description: "Up to 1,000, with messages of up to 4 MiB together." })
  reports!: BounceInput[];
}

export enum EngagementKind {
  CLICK = "CLICK",
  OPEN = "OPEN",
}
registerEnumType(EngagementKind, {
  name: "EngagementKind",
  description: "What somebody did with a message.",
  valuesConfig: {
    CLICK: { description: "A link of it was followed." },
    OPEN: { description: "A picture of it was loaded. Never counts, and is not kept." },
  },
});

@InputType({ description: "A link of a message that was followed." })
export class ClickInput extends ReportedEventInput {
  @Field(() => EngagementKind, { nullable: true, description: "CLICK when left out." })
  kind?: EngagementKind | null;

  @Field(() => String, { description: "The method of the request, such as GET." })
  method!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "What the request said of the program that sent it; not kept. Scanners and programs that fetch pages ahead do not count, nor does a request without it.",
  })
  userAgent?: string | null;
}

@InputType({ description: "Which links were followed." })
export class ReportClicksInput {
  @Field(() => [ClickInput], { description: "Up to 1,000." })
  reports!: ClickInput[];
}

@InputType({ description: "Somebody who wants no more." })
export class UnsubscribeInput extends ReportedEventInput {
  @Field(() => [AuthorizationCode], {
    nullable: true,
    description:
      "What he withdraws. When left out or empty: SMS, PHONE or LETTER where the report names a shipment that went that way, INSTITUTION_EMAIL otherwise.",
  })
  codes?: AuthorizationCode[] | null;
}

@InputType({ description: "Who wants no more." })
export class ReportUnsubscribesInput {
  @Field(() => [UnsubscribeInput], { description: "Up to 1,000." })
  reports!: UnsubscribeInput[];
}
