import { Field, InputType, ObjectType } from "type-graphql";
import { ContactChangeInput } from "../contact.inputs.js";
import { ContactPayload } from "../contact.payloads.js";

@InputType({ description: "The identity document of a contact." })
export class SetIdentityDocumentInput extends ContactChangeInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Number of the passport or identity card: 5 to 40 letters and digits, blanks, dots and hyphens beside. Left out or null: the number is removed.",
  })
  identityDocumentNumber?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setIdentityDocument`." })
export class SetIdentityDocumentPayload extends ContactPayload {}
