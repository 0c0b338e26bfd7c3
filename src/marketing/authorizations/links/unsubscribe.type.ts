import { Field, ObjectType } from "type-graphql";

@ObjectType({ simpleResolvers: true, description: "A header of a mail." })
export class MailHeader {
  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => String, { description: "Its value, to be written as it is." })
  value!: string;
}

@ObjectType({ simpleResolvers: true, description: "How the reader of a mail withdraws." })
export class UnsubscribeLink {
  @Field(() => String, {
    description:
      "For the text of the mail. Shows a page with a button; whoever has it can withdraw, so it goes to nobody else.",
  })
  url!: string;

  @Field(() => [MailHeader], {
    description:
      "For the head of the mail, signed by DKIM with the rest: one click in the mail program (RFC 2369, RFC 8058).",
  })
  headers!: MailHeader[];
}
