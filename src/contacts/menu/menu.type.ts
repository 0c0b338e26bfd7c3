import { Field, ObjectType } from "type-graphql";

@ObjectType({ simpleResolvers: true, description: "A tab of a menu item of the contact file." })
export class ContactFileTab {
  @Field(() => String, { description: "Stable code, such as `GENERAL`." })
  code!: string;

  @Field(() => String, { description: "Its label in the language asked for." })
  label!: string;
}

@ObjectType({ simpleResolvers: true, description: "An item of the vertical menu of the contact file." })
export class ContactFileMenuItem {
  @Field(() => String, { description: "Stable code, such as `PURCHASE_HISTORY`." })
  code!: string;

  @Field(() => String, { description: "Its label in the language asked for." })
  label!: string;

  @Field(() => [ContactFileTab], { description: "Its tabs in their order; empty when it has none." })
  tabs!: ContactFileTab[];

  @Field(() => Boolean, { description: "False for a place that is named while no data describes it yet." })
  isAvailable!: boolean;
}
