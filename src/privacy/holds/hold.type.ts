import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { DateScalar, DateTimeScalar } from "../../platform/graphql/scalars.js";
import { LegalNotice, UserError, Warning } from "../../platform/graphql/shared-types.js";
import { Contact } from "../contact.type.js";

@ObjectType({ simpleResolvers: true, description: "Why a contact is kept out of every erasure, and how long." })
export class RetentionHold {
  @Field(() => Contact, { description: "Whom it keeps." })
  contact!: Contact;

  @Field(() => String, { description: "The reason, as it was written." })
  reason!: string;

  @Field(() => DateScalar, { nullable: true, description: "The last day on which it holds; null: until it is lifted." })
  untilDate!: string | null;

  @Field(() => Boolean, { description: "Whether it holds today." })
  isInForce!: boolean;

  @Field(() => String, { description: "Login of who set it." })
  setBy!: string;

  @Field(() => DateTimeScalar, { description: "When." })
  setAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: "A page of holds, by the ids of the contacts." })
export class RetentionHoldConnection extends connectionOf("RetentionHold", () => RetentionHold) {}

@ArgsType()
export class RetentionHoldArguments {
  @Field(() => Boolean, {
    nullable: true,
    description: "Only those that hold today, or only those that have run out; all when left out.",
  })
  isInForce?: boolean | null;

  @Field(() => Int, { description: "How many, from 1 to 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}

@InputType({ description: "Keeps a contact out of every erasure, or lets him go again." })
export class SetRetentionHoldInput {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => String, {
    nullable: true,
    description: "Why, such as a claim at law: up to 500 characters. Null or left out lifts the hold.",
  })
  reason?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The last day on which it holds; left out: until it is lifted.",
  })
  until?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setRetentionHold`." })
export class SetRetentionHoldPayload {
  @Field(() => Contact, { nullable: true, description: "The contact; null when nothing was written." })
  contact!: Contact | null;

  @Field(() => LegalNotice, { nullable: true, description: "To be shown when a reason is written." })
  legalNotice!: LegalNotice | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}
