import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { DateScalar } from "../../platform/graphql/scalars.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { historyOf } from "../connections.type.js";
import { Contact } from "../contact.type.js";
import { HistoryArguments, organizationsDescription } from "../history.inputs.js";

enum AdvantageState {
  ASSIGNED = "ASSIGNED",
  USED = "USED",
  REVOKED = "REVOKED",
}

registerEnumType(AdvantageState, {
  name: "AdvantageState",
  description: "What became of an advantage.",
  valuesConfig: {
    ASSIGNED: { description: "The contact may use it, on the days of its validity." },
    USED: { description: "It was used." },
    REVOKED: { description: "It was taken back." },
  },
});

@ObjectType({ simpleResolvers: true, description: "An offer that was assigned to a contact, such as a reduction." })
export class Advantage {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Contact, { nullable: true, description: "Who has it." })
  contact!: Contact | null;

  @Field(() => String, { nullable: true, description: "Code of the organization that grants it." })
  organization!: string | null;

  @Field(() => String, { nullable: true, description: "Its code in the organization." })
  code!: string | null;

  @Field(() => String, { nullable: true, description: "Its name." })
  name!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "First day of its validity; null: from the beginning." })
  validFromDate!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day of its validity; null: it does not end." })
  validToDate!: string | null;

  @Field(() => AdvantageState, { nullable: true, description: "What became of it." })
  state!: AdvantageState | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({
  simpleResolvers: true,
  description: "Advantages, the one that began last first, those without a beginning last.",
})
export class AdvantageConnection extends historyOf("Advantage", () => Advantage) {}

@InputType({ description: "Which advantages to show." })
class AdvantageFilter {
  @Field(() => [AdvantageState], { nullable: true, description: "What became of them. Left out: anything." })
  states?: AdvantageState[] | null;

  @Field(() => [String], { nullable: true, description: organizationsDescription })
  organizations?: string[] | null;
}

@ArgsType()
export class AdvantageArguments extends HistoryArguments {
  @Field(() => AdvantageFilter, { nullable: true, description: "Which advantages. Left out: all of them." })
  filter?: AdvantageFilter | null;
}
