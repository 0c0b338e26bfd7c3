import { Directive, Field, ID, ObjectType } from "type-graphql";

/** Its audit is in contact.resolver.ts. */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "Data protection's part of a contact." })
export class Contact {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;
}
