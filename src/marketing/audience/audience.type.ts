import { Field, ID, Int, ObjectType } from "type-graphql";
import type { Redaction } from "../../platform/access/fields.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { UnsubscribeLink } from "../authorizations/links/unsubscribe.type.js";
import { Contact } from "../contact.type.js";
import { AudienceOutcome } from "./audience.enums.js";

@ObjectType({ simpleResolvers: true, description: "Where a letter goes." })
export class LetterAddress {
  @Field(() => String, { nullable: true, description: "First line." })
  street1!: string | null;

  @Field(() => String, { nullable: true, description: "Second line." })
  street2!: string | null;

  @Field(() => String, { nullable: true, description: "Third line." })
  street3!: string | null;

  @Field(() => String, { nullable: true, description: "Post code." })
  postcode!: string | null;

  @Field(() => String, { nullable: true, description: "Town." })
  town!: string | null;

  @Field(() => String, { nullable: true, description: "ISO 3166-1 alpha-2." })
  country!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "A contact of a campaign's audience with what becomes of him and, where it is sent, what the message is addressed with.",
})
export class AudienceEntry {
  @Field(() => Contact, { description: "The contact." })
  contact!: Contact;

  @Field(() => AudienceOutcome, { description: "Whether he receives it, or why not." })
  outcome!: AudienceOutcome;

  @Field(() => Contact, {
    nullable: true,
    description: "Who receives it: the contact himself, or the primary relay of a structure. Null when nobody does.",
  })
  recipient!: Contact | null;

  @Field(() => String, {
    nullable: true,
    description: "E-mail address or telephone number for the channel; null for other channels, and when not sent.",
  })
  address!: string | null;

  @Field(() => LetterAddress, { nullable: true, description: "For letters; null otherwise, and when not sent." })
  letterAddress!: LetterAddress | null;

  @Field(() => String, { nullable: true, description: "Title of the recipient." })
  title!: string | null;

  @Field(() => String, { nullable: true, description: "First name of the recipient." })
  firstName!: string | null;

  @Field(() => String, { nullable: true, description: "Last name of the recipient." })
  lastName!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the structure that he receives it for." })
  structureName!: string | null;

  @Field(() => String, { nullable: true, description: "Language of the recipient (ISO 639-1)." })
  language!: string | null;

  @Field(() => UnsubscribeLink, {
    nullable: true,
    description:
      "How the recipient withdraws, with the headers of RFC 8058. Null for purchase information, which needs no consent, and when not sent.",
  })
  unsubscribeLink!: UnsubscribeLink | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The entry in the ledger of authorizations that decided; null where none did. With `refusalByAddress` it may be that of somebody else with the address.",
  })
  authorizationEventId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The shipment that a run made for him, which reports name; null when it made none. With another outcome than SEND: he was sent to, and is held back by now.",
  })
  shipmentId!: string | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld." })
  redactions!: readonly Redaction[];
}

@ObjectType({ simpleResolvers: true, description: "How many contacts have one outcome." })
export class AudienceCount {
  @Field(() => AudienceOutcome, { description: "The outcome." })
  outcome!: AudienceOutcome;

  @Field(() => Int, { description: "How many, exactly." })
  count!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "A page of a campaign's audience, in the order of the contacts' ids or, when it was recorded, in that in which they were dealt with.",
})
export class AudienceEntryConnection extends connectionOf("AudienceEntry", () => AudienceEntry) {
  @Field(() => ID, {
    nullable: true,
    description:
      "The latest run of the campaign: the answer is what its runs have recorded. Null while it was not run: the answer is worked out anew.",
  })
  runId!: string | null;

  @Field(() => Date, { nullable: true, description: "When that run asked the targets; null with it." })
  evaluatedAt!: Date | null;
}
