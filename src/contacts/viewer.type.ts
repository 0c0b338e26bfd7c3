import { Field, ObjectType, registerEnumType } from "type-graphql";
import { ConfidentialityLevel } from "../platform/access/clearance.js";

export enum CallerKind {
  OPERATOR = "OPERATOR",
  SERVICE = "SERVICE",
  PARTNER = "PARTNER",
  CONTACT = "CONTACT",
}
registerEnumType(CallerKind, {
  name: "CallerKind",
  description: "What kind of caller a token stands for.",
  valuesConfig: {
    OPERATOR: { description: "A back-office user." },
    SERVICE: { description: "Another system, such as the audience management or the ticketing." },
    PARTNER: { description: "Somebody outside who works on what is shared with him." },
    CONTACT: { description: "An internet user, who sees his own file." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "The caller himself, with the rights in force: the lower of token and operator.",
})
export class Viewer {
  @Field(() => CallerKind, { description: "What kind of caller." })
  kind!: CallerKind;

  @Field(() => String, { description: "Login of the operator, service or partner; id of the contact." })
  login!: string;

  @Field(() => String, { description: "Code of the institution." })
  institution!: string;

  @Field(() => [String], { description: "Codes of the organizations the caller works for." })
  organizations!: readonly string[];

  @Field(() => [String], { description: "What the caller may do, in alphabetical order." })
  permissions!: readonly string[];

  @Field(() => ConfidentialityLevel, { description: "The highest confidentiality level that the caller sees." })
  clearance!: ConfidentialityLevel;

  @Field(() => String, {
    description: "Language of messages and labels, out of the request's Accept-Language: en, fr or es.",
  })
  locale!: string;
}
