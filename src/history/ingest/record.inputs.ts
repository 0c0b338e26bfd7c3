import { Field, Float, InputType } from "type-graphql";

/** What every record says of itself. */
@InputType()
export abstract class RecordInput {
  @Field(() => String, {
    nullable: true,
    description: "Required. Code of the organization whose record it is; one that you act for.",
  })
  organization?: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Required. A whole number that grows with each change of the record: of two versions the higher one stands, in whatever order they come.",
  })
  version?: number | null;
}

/** A season or product, known by its code. */
@InputType()
export abstract class CatalogueRecordInput extends RecordInput {
  @Field(() => String, {
    nullable: true,
    description: "Required. What it is known by in its organization, up to 60 characters.",
  })
  code?: string | null;

  @Field(() => String, { nullable: true, description: "Required. Its name." })
  name?: string | null;
}

/** What belongs to a contact or an order, known by a number of its own. */
@InputType()
export abstract class BelongingRecordInput extends RecordInput {
  @Field(() => String, {
    nullable: true,
    description: "Required. What the record is known by in its organization, up to 60 characters.",
  })
  externalId?: string | null;
}
