import { Field, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";

@ObjectType({ simpleResolvers: true, description: "A legal notice in all languages, as an administrator sees it." })
export class LegalNoticeWording {
  @Field(() => String, { description: "Which notice." })
  code!: string;

  @Field(() => Int, { description: "1 is what was shipped; each new wording counts up." })
  version!: number;

  @Field(() => String, { description: "The text in English." })
  en!: string;

  @Field(() => String, { description: "The text in French." })
  fr!: string;

  @Field(() => String, { description: "The text in Spanish." })
  es!: string;
}

@InputType({
  description: "The new wording of a legal notice, in every language: nobody is shown an old text beside a new one.",
})
export class SetLegalNoticeInput {
  @Field(() => String, { description: "Which notice, such as DATA_EXPORT." })
  code!: string;

  @Field(() => String, { description: "The text in English, up to 4000 characters." })
  en!: string;

  @Field(() => String, { description: "The text in French, up to 4000 characters." })
  fr!: string;

  @Field(() => String, { description: "The text in Spanish, up to 4000 characters." })
  es!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setLegalNotice`." })
export class SetLegalNoticePayload {
  @Field(() => LegalNoticeWording, {
    nullable: true,
    description: "The notice as it is in force now; null when nothing was written.",
  })
  legalNotice!: LegalNoticeWording | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the wording is in force." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about it." })
  warnings!: Warning[];
}
