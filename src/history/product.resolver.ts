import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../platform/context.js";
import { productParts } from "./product.service.js";
import { Product, ProductConnection } from "./product.type.js";

@Resolver(() => Product)
export class ProductResolver {
  @FieldResolver(() => ProductConnection, {
    nullable: true,
    description: "What a pass or a season ticket is made of, such as its performances. Empty for other products.",
  })
  parts(
    @Root() { id }: Product,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return productParts(context, id, { first, after });
  }
}
