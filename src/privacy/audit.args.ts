import { ArgsType, Field, Int } from "type-graphql";

@ArgsType()
export class AuditArgs {
  @Field(() => Date, { description: "The beginning of the time frame, inclusive." })
  from!: Date;

  @Field(() => Date, { description: "The end of the time frame, inclusive. At most 366 days after its beginning." })
  to!: Date;

  @Field(() => Int, { description: "How many, from 1 to 100." })
  first!: number;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}
