import { Ctx, Query, Resolver } from "type-graphql";
import { Allow } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { viewerOf } from "./viewer.service.js";
import { Viewer } from "./viewer.type.js";

@Resolver()
export class ViewerResolver {
  @Allow("authenticated")
  @Query(() => Viewer, { description: "Who the caller is and what he may do and see, for a frontend to show." })
  viewer(@Ctx() context: OperationContext) {
    return viewerOf(context);
  }
}
