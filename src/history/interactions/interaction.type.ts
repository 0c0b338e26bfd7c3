import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../platform/graphql/scalars.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { Contact } from "../contact.type.js";
import { Shipment } from "../shipments/shipment.type.js";

export enum InteractionOrigin {
  AUTOMATIC = "AUTOMATIC",
  MANUAL = "MANUAL",
}

registerEnumType(InteractionOrigin, {
  name: "InteractionOrigin",
  description: "Who registered an interaction.",
  valuesConfig: {
    AUTOMATIC: { description: "Something was sent to the contact. Only its status can be changed." },
    MANUAL: { description: "An operator wrote it." },
  },
});

export enum InteractionStatus {
  OPEN = "OPEN",
  CLOSED = "CLOSED",
  ARCHIVED = "ARCHIVED",
}

registerEnumType(InteractionStatus, {
  name: "InteractionStatus",
  description: "What is still to be done about an interaction.",
  valuesConfig: {
    OPEN: { description: "Something is still to be done." },
    CLOSED: { description: "Done." },
    ARCHIVED: { description: "Put away. Only who holds the permission `interaction:reopen` sets another status." },
  },
});

export enum CommunicationMedium {
  EMAIL = "EMAIL",
  SMS = "SMS",
  LETTER = "LETTER",
  PHONE = "PHONE",
  VISIT = "VISIT",
  WEB = "WEB",
  OTHER = "OTHER",
}

registerEnumType(CommunicationMedium, {
  name: "CommunicationMedium",
  description: "How the contact and the institution were in touch.",
  valuesConfig: {
    EMAIL: { description: "E-mail." },
    SMS: { description: "SMS or MMS." },
    LETTER: { description: "By post." },
    PHONE: { description: "Telephone." },
    VISIT: { description: "In person." },
    WEB: { description: "On the web." },
    OTHER: { description: "In another way." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description:
    "Something that passed between a contact and the institution: a call that an operator registered, or a shipment. " +
    "Never part of a target.",
})
export class Interaction {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Contact, { nullable: true, description: "With whom." })
  contact!: Contact | null;

  @Field(() => String, {
    nullable: true,
    description: "Code of the organization that it is of. Null without redaction: the institution itself.",
  })
  organization!: string | null;

  @Field(() => InteractionOrigin, { description: "Who registered it." })
  origin!: InteractionOrigin;

  @Field(() => CommunicationMedium, { nullable: true, description: "How they were in touch." })
  medium!: CommunicationMedium | null;

  @Field(() => InteractionStatus, { nullable: true, description: "What is still to be done." })
  status!: InteractionStatus | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was or is to be. The list is in this order." })
  occurredAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Free text of an operator. Null for an automatic one." })
  description!: string | null;

  @Field(() => String, { nullable: true, description: "Login of who wrote it. Null for an automatic one." })
  createdBy!: string | null;

  @Field(() => Shipment, { nullable: true, description: "What was sent; null for a manual one." })
  shipment!: Shipment | null;

  @Field(() => Int, { description: "Counts up with each change. `updateInteraction` takes it." })
  version!: number;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}
