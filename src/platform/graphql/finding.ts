import { Field, ObjectType } from "type-graphql";

/** What types that say of a file, a row or a job what is wrong with it have. */
@ObjectType({ simpleResolvers: true })
export abstract class Finding {
  @Field(() => String, { description: "Stable code. Codes are added, never renamed." })
  code!: string;

  @Field(() => String, { description: "What was wrong and what to do, in the caller's language." })
  message!: string;
}
