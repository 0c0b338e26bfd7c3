import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { ClearBounceInput, ClearBouncePayload } from "./bounce.inputs.js";
import { clearBounce } from "./bounce.service.js";

@Resolver()
export class BounceResolver {
  @Allow("bounce:clear")
  @Mutation(() => ClearBouncePayload, {
    description:
      "Says that the contact's current e-mail address takes mails again: its bounce status becomes NONE, and what was reported before counts no more. Nothing happens when it is NONE.",
  })
  clearBounce(
    @Arg("input", () => ClearBounceInput, { description: "The contact." }) input: ClearBounceInput,
    @Ctx() context: OperationContext,
  ) {
    return clearBounce(context, input);
  }
}
