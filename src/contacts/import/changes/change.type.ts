import { Field, ObjectType } from "type-graphql";
import type { Redaction } from "../../../platform/access/fields.js";
import { RedactionType } from "../../../platform/graphql/shared-types.js";

@ObjectType({ simpleResolvers: true, description: "One value that a row of a file changes about its contact." })
export class ImportChange {
  @Field(() => String, {
    description:
      "What changes: a column of contacts files, such as `lastName`, or the code of a criterion or an authorization.",
  })
  column!: string;

  @Field(() => String, {
    nullable: true,
    description: "The value before, codes with a bar between them. Null for none, and when withheld.",
  })
  oldValue!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The value after, codes with a bar between them. Null for none, and when withheld.",
  })
  newValue!: string | null;

  @Field(() => Boolean, { description: "Whether the row said, rightly, what the value was." })
  isVerified!: boolean;

  @Field(() => [RedactionType], {
    description: "What is withheld of this change: it tells of a field that the caller may not see.",
  })
  redactions!: readonly Redaction[];
}
