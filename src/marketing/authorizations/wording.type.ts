import { Field, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { AuthorizationCode } from "./authorization.js";

@ObjectType({
  simpleResolvers: true,
  description:
    "A text that persons are asked to agree to, in one language. It never changes: another text is another version.",
})
export class AuthorizationWording {
  @Field(() => AuthorizationCode, { description: "What it asks for." })
  code!: AuthorizationCode;

  @Field(() => String, { description: "Its language: en, fr or es." })
  locale!: string;

  @Field(() => Int, { description: "Counts up from 1 in each language of each code." })
  version!: number;

  @Field(() => String, { description: "The text, as it was shown." })
  text!: string;

  @Field(() => Date, { description: "Since when it could be shown." })
  publishedAt!: Date;
}

@InputType({ description: "The wording that the person was shown. Of the code that it stands beside." })
export class ShownWordingInput {
  @Field(() => String, { description: "Its language: en, fr or es." })
  locale!: string;

  @Field(() => Int, { description: "Its version in that language." })
  version!: number;
}

@InputType({ description: "A new text to agree to." })
export class PublishWordingInput {
  @Field(() => AuthorizationCode, { description: "What it asks for." })
  code!: AuthorizationCode;

  @Field(() => String, { description: "Its language: en, fr or es." })
  locale!: string;

  @Field(() => String, { description: "The text, up to 4000 characters. Plain: clients show it as it is." })
  text!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `publishWording`." })
export class PublishWordingPayload {
  @Field(() => AuthorizationWording, {
    nullable: true,
    description: "The wording now in force; null when nothing was written.",
  })
  wording!: AuthorizationWording | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the wording is in force." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}
