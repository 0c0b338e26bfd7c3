import { Directive, Field, ID, ObjectType } from "type-graphql";

/** Marketing knows campaigns; here, a shipment only says of which it is. */
@Directive(`@key(fields: "id", resolvable: false)`)
@ObjectType({ simpleResolvers: true, description: "Something that is sent to the contacts of targets, once each." })
export class Campaign {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;
}
