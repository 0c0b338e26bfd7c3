import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({
  simpleResolvers: true,
  description:
    "What a contact has agreed to and refused, when, how and by which words: to be kept, by him and by others.",
})
export class ConsentReceipt {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => Date, { description: "When the receipt was made." })
  issuedAt!: Date;

  @Field(() => String, {
    description:
      "The receipt as a JSON text: `schema`, `issuedAt`, `institution { code name }`, `contact { id }` and, for each code that anything is known of, `authorizations { code value since source actorKind isAutomatic eventId wording { locale version publishedAt text } }`.",
  })
  json!: string;
}
