import { Directive, Field, ID, ObjectType } from "type-graphql";

@Directive(`@key(fields: "id")`)
@ObjectType({ simpleResolvers: true, description: "A person or structure that the institution knows." })
export class Contact {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;
}
