import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { PersonValuesInput } from "../contact.inputs.js";
import { ContactNoticePayload } from "../contact.payloads.js";
import { Contact } from "../contact.type.js";

export enum ConsentStatus {
  PENDING = "PENDING",
  ACTIVE = "ACTIVE",
  REFUSED = "REFUSED",
}
registerEnumType(ConsentStatus, {
  name: "ConsentStatus",
  description: "Whether a member has agreed to be in a community.",
  valuesConfig: {
    PENDING: { description: "The member was not asked yet, or has not answered." },
    ACTIVE: { description: "The member is in the community. The status of whoever is created on behalf." },
    REFUSED: { description: "The member has refused." },
  },
});

@ObjectType({ simpleResolvers: true, description: "A contact in the community of an internet user." })
export class CommunityMember {
  @Field(() => Contact, { description: "The member." })
  contact!: Contact;

  @Field(() => ConsentStatus, { description: "Whether the member has agreed." })
  consentStatus!: ConsentStatus;

  @Field(() => Boolean, { description: "True when the owner has created the member's file on his behalf." })
  createdByOwner!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "A page of members of a community." })
export class CommunityMemberConnection extends connectionOf("CommunityMember", () => CommunityMember) {
  @Field(() => Int, { description: "How many members the caller sees, exactly. Counted only when asked for." })
  totalCount!: number;
}

@ObjectType({ description: "The contacts whom an internet user may buy for: friends and family." })
export class Community {
  @Field(() => Contact, { description: "The group lead: the internet user whose community it is." })
  owner!: Contact;
}

@InputType({
  description:
    "A person whom an internet user gives us the data of. The file is FREE and PUBLIC, and the person is in his community.",
})
export class CreateContactOnBehalfInput extends PersonValuesInput {
  @Field(() => ID, {
    nullable: true,
    description: "The internet user. Left out by a caller who is a contact himself: it is he.",
  })
  ownerId?: string | null;

  @Field(() => Boolean, {
    description:
      "True gives the person an internet account with the e-mail address as its login, and sends the privacy information there.",
  })
  createLogin!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "True when the internet user has confirmed the notice CREATION_ON_BEHALF. Needed without a login: nobody else informs the person.",
  })
  legalMentionAcknowledged!: boolean;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "Answer to `createContactOnBehalf`: the new contact, and the notice CREATION_ON_BEHALF without a login.",
})
export class CreateContactOnBehalfPayload extends ContactNoticePayload {}
