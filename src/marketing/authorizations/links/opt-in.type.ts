import { Field, ID, InputType, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../../platform/graphql/shared-types.js";
import { Contact } from "../../contact.type.js";
import { AuthorizationCode } from "../authorization.js";

@InputType({ description: "What a contact is asked to confirm by a link in a mail." })
export class RequestDoubleOptInInput {
  @Field(() => ID, { description: "The contact, an individual with an e-mail address." })
  contactId!: string;

  @Field(() => [AuthorizationCode], { description: "What he is asked to agree to. At least one, each once." })
  codes!: AuthorizationCode[];

  @Field(() => String, {
    nullable: true,
    description: "Language of the mail and of the wordings in it: en, fr or es. Left out: the caller's.",
  })
  locale?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `requestDoubleOptIn`." })
export class RequestDoubleOptInPayload {
  @Field(() => Contact, { nullable: true, description: "The contact, unchanged; null when nothing is sent." })
  contact!: Contact | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the mail is on its way." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing." })
  warnings!: Warning[];
}
