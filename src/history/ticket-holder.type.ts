import { Field, ObjectType } from "type-graphql";
import { DateScalar } from "../platform/graphql/scalars.js";
import { RedactionType } from "../platform/graphql/shared-types.js";
import { QuestionType } from "./order.enums.js";

@ObjectType({
  simpleResolvers: true,
  description: "Who holds a ticket, as it was typed in when the ticket was sold: no contact.",
})
export class Beneficiary {
  @Field(() => String, { nullable: true, description: "First name." })
  firstName!: string | null;

  @Field(() => String, { nullable: true, description: "Last name." })
  lastName!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Birth date." })
  birthDate!: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address." })
  email!: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number, as it was written." })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: "Country: ISO 3166-1 alpha-2 code, such as `CH`." })
  countryCode!: string | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "What was answered to a question that the sale of a ticket asked." })
export class TicketAnswer {
  @Field(() => String, { description: "Stable code of the question." })
  questionCode!: string;

  @Field(() => String, { nullable: true, description: "The question as it was asked; null when that is not known." })
  questionLabel!: string | null;

  @Field(() => QuestionType, { nullable: true, description: "What kind of answer it asks for." })
  questionType!: QuestionType | null;

  @Field(() => String, { nullable: true, description: "The answer." })
  value!: string | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}
