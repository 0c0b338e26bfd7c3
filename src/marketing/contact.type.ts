import { Directive, Field, ID, ObjectType } from "type-graphql";
import { AuthorizationCode, AuthorizationValue } from "./authorizations/authorization.js";
import { BounceStatus } from "./bounce-status.js";
import { ContactBounce } from "./bounces/bounce.type.js";

@ObjectType({ simpleResolvers: true, description: "One of the seven things that an individual may authorize." })
export class ContactAuthorization {
  @Field(() => AuthorizationCode, { description: "What for." })
  code!: AuthorizationCode;

  @Field(() => AuthorizationValue, { description: "What the contact said." })
  value!: AuthorizationValue;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "Marketing's part of a contact." })
export class Contact {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => [ContactAuthorization], {
    nullable: true,
    description:
      "All seven, always in the same order. Empty for a structure: authorizations live on its relays. Null when withheld, or anonymized.",
  })
  authorizations!: ContactAuthorization[] | null;

  @Field(() => BounceStatus, {
    nullable: true,
    description: "Of the contact's current e-mail address. Null when withheld, or anonymized.",
  })
  bounceStatus!: BounceStatus | null;

  @Field(() => ContactBounce, {
    nullable: true,
    description: "What lies behind the bounce status. Null when there is no bounce, when withheld, or anonymized.",
  })
  bounce!: ContactBounce | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "Marketing's part of a contact's summary." })
export class ContactSummary {
  @Field(() => ID, { description: "Id of the contact." })
  id!: string;

  @Field(() => [ContactAuthorization], {
    nullable: true,
    description: "All seven, always in the same order. Empty for a structure. Null when withheld, or anonymized.",
  })
  authorizations!: ContactAuthorization[] | null;

  @Field(() => BounceStatus, {
    nullable: true,
    description: "Of the contact's current e-mail address. Null when withheld, or anonymized.",
  })
  bounceStatus!: BounceStatus | null;
}
