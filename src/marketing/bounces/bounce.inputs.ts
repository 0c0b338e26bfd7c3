import { Field, ID, InputType, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { Contact } from "../contact.type.js";

@InputType({ description: "Whose address takes mails again." })
export class ClearBounceInput {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `clearBounce`." })
export class ClearBouncePayload {
  @Field(() => Contact, { nullable: true, description: "The contact as it is now; null when nothing was written." })
  contact!: Contact | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}
