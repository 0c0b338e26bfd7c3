import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { setOrderRemark } from "./remark.service.js";
import { SetOrderRemarkInput, SetOrderRemarkPayload } from "./remark.type.js";

@Resolver()
export class RemarkResolver {
  @Allow("contact:write")
  @Mutation(() => SetOrderRemarkPayload, {
    description:
      "Writes, changes or clears the remark of an order. It stands from then on, whatever remark later deliveries of " +
      "the order bring. Takes the permission `history:read` as well.",
  })
  setOrderRemark(
    @Arg("input", () => SetOrderRemarkInput, { description: "The order and its remark." }) input: SetOrderRemarkInput,
    @Ctx() context: OperationContext,
  ) {
    return setOrderRemark(context, input);
  }
}
