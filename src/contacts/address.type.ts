import { Field, ObjectType } from "type-graphql";
import { AddressKind } from "./contact.enums.js";

@ObjectType({ simpleResolvers: true, description: "A postal address of a contact." })
export class Address {
  @Field(() => AddressKind, { description: "What it is for; at most one of each kind." })
  kind!: AddressKind;

  @Field(() => String, { nullable: true, description: "First line: street and number." })
  street1!: string | null;

  @Field(() => String, { nullable: true, description: "Second line." })
  street2!: string | null;

  @Field(() => String, { nullable: true, description: "Third line." })
  street3!: string | null;

  @Field(() => String, { nullable: true, description: "Post code." })
  postcode!: string | null;

  @Field(() => String, { nullable: true, description: "Town." })
  town!: string | null;

  @Field(() => String, { nullable: true, description: "Country, as an ISO 3166-1 alpha-2 code such as `CH`." })
  country!: string | null;
}
