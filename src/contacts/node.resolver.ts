import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Allow } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { Node } from "../platform/graphql/shared-types.js";
import { findNode } from "./node.service.js";

@Resolver()
export class NodeResolver {
  @Allow("authenticated")
  @Query(() => Node, {
    nullable: true,
    description: "The object with this id. Null when there is none that the caller may see.",
  })
  node(@Arg("id", () => ID, { description: "Opaque id." }) id: string, @Ctx() context: OperationContext) {
    return findNode(context, id);
  }
}
