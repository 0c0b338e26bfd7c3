import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../platform/graphql/connection.js";
import { DateScalar, DateTimeScalar } from "../platform/graphql/scalars.js";
import { RedactionType } from "../platform/graphql/shared-types.js";

export enum ProductKind {
  PERFORMANCE = "PERFORMANCE",
  MATCH = "MATCH",
  EXHIBITION = "EXHIBITION",
  PASS = "PASS",
  SEASON_TICKET = "SEASON_TICKET",
  MEMBERSHIP = "MEMBERSHIP",
  GOODS = "GOODS",
  GIFT = "GIFT",
}

registerEnumType(ProductKind, {
  name: "ProductKind",
  description: "What kind of thing is sold.",
  valuesConfig: {
    PERFORMANCE: { description: "A show, concert or screening at a given time." },
    MATCH: { description: "A sports match." },
    EXHIBITION: { description: "An exhibition or a museum entry." },
    PASS: { description: "A pass that is valid for a period." },
    SEASON_TICKET: { description: "A season ticket: several performances bought at once." },
    MEMBERSHIP: { description: "A membership." },
    GOODS: { description: "Goods of the shop. Undated." },
    GIFT: { description: "A gift or a voucher. Undated." },
  },
});

@ObjectType({ simpleResolvers: true, description: "A season of an organization." })
export class Season {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Its code in the organization." })
  code!: string | null;

  @Field(() => String, { nullable: true, description: "Its name." })
  name!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Its first day." })
  startDate!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Its last day." })
  endDate!: string | null;

  @Field(() => String, { nullable: true, description: "Code of the organization whose season it is." })
  organization!: string | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "Something that an organization sells." })
export class Product {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Its code in the organization that sells it." })
  code!: string | null;

  @Field(() => String, { nullable: true, description: "Its name." })
  name!: string | null;

  @Field(() => ProductKind, { nullable: true, description: "What kind of thing it is." })
  kind!: ProductKind | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it begins; null when it has no such moment." })
  startsAt!: Date | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Last day of its validity: the day of a performance, the last day of a pass. Null: undated.",
  })
  validityEndDate!: string | null;

  @Field(() => String, { nullable: true, description: "Code of the organization that sells it." })
  organization!: string | null;

  @Field(() => Season, { nullable: true, description: "The season that it belongs to; null for none." })
  season!: Season | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "Products, in the order in which they became known." })
export class ProductConnection extends connectionOf("Product", () => Product) {}
