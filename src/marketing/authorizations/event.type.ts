import { Field, ID, ObjectType } from "type-graphql";
import type { ChangeSource as Source } from "../../platform/database/sql.js";
import { ChangeSource } from "../../platform/graphql/change-source.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { AuthorizationCode, AuthorizationValue } from "./authorization.js";
import { AuthorizationWording } from "./wording.type.js";

@ObjectType({ simpleResolvers: true, description: "One entry of the ledger of authorizations. It never changes." })
export class AuthorizationEvent {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Date, { description: "When." })
  at!: Date;

  @Field(() => AuthorizationCode, { description: "What for." })
  code!: AuthorizationCode;

  @Field(() => AuthorizationValue, { description: "What was known before." })
  oldValue!: AuthorizationValue;

  @Field(() => AuthorizationValue, {
    description:
      "What has been known since: another value, or the same, which the contact has confirmed by double opt-in.",
  })
  newValue!: AuthorizationValue;

  @Field(() => String, {
    nullable: true,
    description: "Who wrote it: a login, or the id of the contact. Null for a contact, of whoever is not himself.",
  })
  actor!: string | null;

  @Field(() => String, {
    description: "What kind of caller: `OPERATOR`, `SERVICE`, `PARTNER`, `CONTACT`, or `SYSTEM`.",
  })
  actorKind!: string;

  @Field(() => ChangeSource, { description: "How it came in." })
  source!: Source;

  @Field(() => AuthorizationWording, {
    nullable: true,
    description: "What the person was shown; null when nobody said.",
  })
  wording!: AuthorizationWording | null;

  @Field(() => Boolean, {
    description: "True when nobody said it: INSTITUTION_EMAIL was agreed to while EMAIL was EMPTY.",
  })
  isAutomatic!: boolean;

  @Field(() => Boolean, {
    description: "False when it was imported without the value that it was to replace.",
  })
  isVerified!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "A page of the ledger of a contact's authorizations, newest first." })
export class AuthorizationEventConnection extends connectionOf("AuthorizationEvent", () => AuthorizationEvent) {}
