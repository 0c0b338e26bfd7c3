import { Field, ID, InputType, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { Contact } from "../contact.type.js";
import { AuthorizationCode, AuthorizationValue } from "./authorization.js";
import { ShownWordingInput } from "./wording.type.js";

@InputType({ description: "What an authorization shall become." })
export class AuthorizationInput {
  @Field(() => AuthorizationCode, { description: "Which. Each at most once." })
  code!: AuthorizationCode;

  @Field(() => AuthorizationValue, { description: "What the contact said; `EMPTY` forgets what he said." })
  value!: AuthorizationValue;

  @Field(() => ShownWordingInput, {
    nullable: true,
    description: "The text that the person agreed to or refused, for the ledger.",
  })
  wording?: ShownWordingInput | null;
}

@InputType({ description: "Which authorizations of which contact to set." })
export class SetAuthorizationsInput {
  @Field(() => ID, { description: "The contact, an individual." })
  contactId!: string;

  @Field(() => [AuthorizationInput], { description: "At least one. Those that are not named stay as they are." })
  authorizations!: AuthorizationInput[];

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setAuthorizations`." })
export class SetAuthorizationsPayload {
  @Field(() => Contact, { nullable: true, description: "The contact as it is now; null when nothing was written." })
  contact!: Contact | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}
