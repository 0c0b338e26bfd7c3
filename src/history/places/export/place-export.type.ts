import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../../platform/graphql/idempotency-key.js";
import { LegalNotice, UserError, Warning } from "../../../platform/graphql/shared-types.js";
import { PeriodInput } from "../../period.type.js";

@ObjectType({
  simpleResolvers: true,
  description: "A zip with the report on where contacts come from, as CSV. Exists for who asked for it only.",
})
export class ContactsByPlaceExport {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Where the zip is fetched, with the caller's own token in the header `Authorization`. Null when it has expired.",
  })
  downloadUrl!: string | null;

  @Field(() => Float, { description: "Of the zip, in bytes." })
  sizeBytes!: number;

  @Field(() => Int, { description: "How many places are in it." })
  placeCount!: number;

  @Field(() => Int, { description: "How many contacts these places come to." })
  contactCount!: number;

  @Field(() => Date, { description: "Until when it can be fetched: a day." })
  expiresAt!: Date;
}

@InputType({ description: "Which report to export." })
export class ExportContactsByPlaceInput {
  @Field(() => PeriodInput, { nullable: true, description: "As for `contactsByPlace`. Left out: every contact." })
  period?: PeriodInput | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `exportContactsByPlace`." })
export class ExportContactsByPlacePayload {
  @Field(() => ContactsByPlaceExport, { nullable: true, description: "The file; null when there is none." })
  contactsByPlaceExport!: ContactsByPlaceExport | null;

  @Field(() => LegalNotice, { description: "The duties of whoever has the file." })
  legalNotice!: LegalNotice;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the file was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about it." })
  warnings!: Warning[];
}
