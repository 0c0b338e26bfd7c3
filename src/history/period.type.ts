import { Field, InputType, ObjectType } from "type-graphql";
import { DateScalar } from "../platform/graphql/scalars.js";

@InputType({ description: "Days that a history is limited to, both included, in the time zone of the institution." })
export class PeriodInput {
  @Field(() => DateScalar, { nullable: true, description: "First day; null or left out: from the beginning." })
  from?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day; null or left out: all of the future." })
  to?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "The days that a history was limited to, both included, in the time zone of the institution.",
})
export class Period {
  @Field(() => DateScalar, { nullable: true, description: "First day; null: from the beginning." })
  from!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day; null: all of the future." })
  to!: string | null;
}
