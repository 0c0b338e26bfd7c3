import { Field, ObjectType, registerEnumType } from "type-graphql";

export enum BounceReason {
  INVALID_ADDRESS = "INVALID_ADDRESS",
  REPEATED_FAILURE = "REPEATED_FAILURE",
  PERMANENT_FAILURE = "PERMANENT_FAILURE",
  TEMPORARY_FAILURE = "TEMPORARY_FAILURE",
  AUTOMATIC_REPLY = "AUTOMATIC_REPLY",
}
registerEnumType(BounceReason, {
  name: "BounceReason",
  description: "Why an address has the bounce status that it has.",
  valuesConfig: {
    INVALID_ADDRESS: { description: "HARD: there is no such mailbox or no such host (5.1.x, 5.4.4)." },
    REPEATED_FAILURE: {
      description: "HARD: the third permanent failure within 30 days, and nothing arrived in between.",
    },
    PERMANENT_FAILURE: { description: "SOFT: another permanent failure (5.x.x), such as a mailbox that is full." },
    TEMPORARY_FAILURE: { description: "SOFT: a failure that may pass (4.x.x)." },
    AUTOMATIC_REPLY: { description: "SOFT: an automatic reply, such as out of office." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "What lies behind the bounce status of a contact's current address.",
})
export class ContactBounce {
  @Field(() => Date, {
    description: "When it came to that: of a HARD one, when it became so; of a SOFT one, the latest bounce.",
  })
  bouncedAt!: Date;

  @Field(() => BounceReason, { description: "What was reported." })
  reason!: BounceReason;

  @Field(() => String, {
    nullable: true,
    description: "What the mail server answered, as a status code of RFC 3463. Null for an automatic reply.",
  })
  statusCode!: string | null;
}
