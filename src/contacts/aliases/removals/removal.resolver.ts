import { Arg, Ctx, Int, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../../platform/access/allow.js";
import type { OperationContext } from "../../../platform/context.js";
import { acknowledgeAliasRemovals, aliasRemovals } from "./removal.service.js";
import {
  AcknowledgeAliasRemovalsInput,
  AcknowledgeAliasRemovalsPayload,
  AliasRemoval,
  AliasRemovalConnection,
} from "./removal.type.js";

@Resolver(() => AliasRemoval)
export class AliasRemovalResolver {
  @Allow("alias:remove")
  @Query(() => AliasRemovalConnection, {
    nullable: true,
    description:
      "Payment aliases of erased contacts that providers are still to delete, the oldest first: for the service that tells them. " +
      "Each page stands in the access log. Null only with an error.",
  })
  aliasRemovals(
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." })
    after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return aliasRemovals(context, { first, after: after ?? null });
  }

  @Allow("alias:remove")
  @Mutation(() => AcknowledgeAliasRemovalsPayload, {
    description:
      "Says that providers have deleted these aliases. They are blanked here, and that they were acknowledged stays.",
  })
  acknowledgeAliasRemovals(
    @Arg("input", () => AcknowledgeAliasRemovalsInput, { description: "What was deleted." })
    input: AcknowledgeAliasRemovalsInput,
    @Ctx() context: OperationContext,
  ) {
    return acknowledgeAliasRemovals(context, input);
  }
}
