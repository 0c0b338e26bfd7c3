import { Field, InputType } from "type-graphql";

@InputType({
  description: "What a contact shall have for one criterion: exactly one of values, yesNo, text and clear.",
})
export class CriterionInput {
  @Field(() => String, { description: "Code of the criterion." })
  code!: string;

  @Field(() => [String], {
    nullable: true,
    description:
      "Of a list: internal codes, never labels. They replace what the contact has, in no order; none at all clears.",
  })
  values?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Of a yes or no." })
  yesNo?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: "Of a free text: up to 2000 characters, trimmed. A blank one clears; the text Empty is refused.",
  })
  text?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True takes the value away." })
  clear?: boolean | null;
}

@InputType({ description: "Which values of a criterion contacts shall have." })
export class CriterionFilter {
  @Field(() => String, { description: "Code of the criterion: a list, or a yes or no." })
  code!: string;

  @Field(() => [String], {
    description: "Internal codes, up to 100: a contact fits that has any of them. TRUE or FALSE of a yes or no.",
  })
  values!: string[];
}
