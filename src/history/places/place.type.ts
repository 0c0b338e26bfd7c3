import { ArgsType, Field, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Period, PeriodInput } from "../period.type.js";

@ObjectType({ simpleResolvers: true, description: "How many contacts come from a place, by their main address." })
class ContactPlace {
  @Field(() => String, {
    nullable: true,
    description: "Country: ISO 3166-1 alpha-2 code, such as `CH`. Null: the address does not say, or there is none.",
  })
  country!: string | null;

  @Field(() => String, { nullable: true, description: "Post code. Null: the address does not say, or there is none." })
  postcode!: string | null;

  @Field(() => String, { nullable: true, description: "Town. Null: the address does not say, or there is none." })
  town!: string | null;

  @Field(() => Int, { description: "How many contacts come from there, the anonymized included." })
  contactCount!: number;

  @Field(() => Int, { description: "How many of them are anonymized." })
  anonymizedCount!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "Places that contacts come from: where most come from first, then by country, post code and town.",
})
export class ContactPlaceConnection extends connectionOf("ContactPlace", () => ContactPlace) {
  @Field(() => Period, {
    nullable: true,
    description: "The days that this report covers; null: it covers all contacts.",
  })
  period!: Period | null;

  @Field(() => Int, { description: "How many places there are, exactly." })
  totalCount!: number;

  @Field(() => Int, { description: "How many contacts come from all of these places together, exactly." })
  contactCount!: number;
}

@ArgsType()
export class ContactsByPlaceArguments {
  @Field(() => PeriodInput, {
    nullable: true,
    description:
      "Counts who made an order on these days, or attends something dated that is valid until one of them. " +
      "Left out: every contact, with or without purchases.",
  })
  period?: PeriodInput | null;

  @Field(() => Int, { description: "How many places, from 1 to 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "Cursor of the place before the page." })
  after?: string | null;
}
