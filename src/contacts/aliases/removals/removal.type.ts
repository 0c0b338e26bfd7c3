import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../../platform/graphql/connection.js";
import { IdempotencyKey } from "../../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../../platform/graphql/shared-types.js";

@ObjectType({
  simpleResolvers: true,
  description:
    "A payment alias that its provider is to delete, because its contact was erased. It does not say whose it was.",
})
export class AliasRemoval {
  @Field(() => ID, { description: "Opaque and stable; what is acknowledged." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: "Who gave the alias: bank or payment provider; null when unknown.",
  })
  provider!: string | null;

  @Field(() => String, { description: "The token to delete. Kept sealed, and opened for this answer alone." })
  alias!: string;

  @Field(() => Date, { description: "Since when it waits." })
  requestedAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: "A page of what providers are still to delete, the oldest first." })
export class AliasRemovalConnection extends connectionOf("AliasRemoval", () => AliasRemoval) {}

@InputType({ description: "What a provider has deleted." })
export class AcknowledgeAliasRemovalsInput {
  @Field(() => [ID], { description: "Removals, at most 500." })
  ids!: string[];

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `acknowledgeAliasRemovals`." })
export class AcknowledgeAliasRemovalsPayload {
  @Field(() => Int, { description: "How many of the ids are acknowledged, now or before." })
  acknowledged!: number;

  @Field(() => Int, { description: "How many removals still wait." })
  waiting!: number;

  @Field(() => [UserError], {
    description: "Which ids are of no removal, by `elementIndex`. The others are acknowledged.",
  })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about it." })
  warnings!: Warning[];
}
