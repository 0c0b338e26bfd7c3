import { Directive, Field, ID, ObjectType } from "type-graphql";
import { DateScalar } from "../../platform/graphql/scalars.js";
import { Indicator } from "../indicators/indicator.type.js";

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "History's part of a contact's summary." })
export class ContactSummary {
  @Field(() => ID, { description: "Id of the contact." })
  id!: string;

  @Field(() => [Indicator], {
    nullable: true,
    description: "The indicators, for pictograms, always in the same order. Null when withheld, or anonymized.",
  })
  indicators!: Indicator[] | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      "The latest day on which something kept the contact active: the validity of what he bought, reserved or attends, " +
      "which may lie ahead; a request on a waiting list; a change of his criteria or authorizations; a click. Null: " +
      "nothing ever did, or he is anonymized.",
  })
  lastActivityDate!: string | null;
}
