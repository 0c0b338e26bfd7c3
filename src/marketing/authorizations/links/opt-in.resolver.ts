import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../platform/access/allow.js";
import type { OperationContext } from "../../../platform/context.js";
import { requestDoubleOptIn } from "./opt-in.service.js";
import { RequestDoubleOptInInput, RequestDoubleOptInPayload } from "./opt-in.type.js";

@Resolver()
export class OptInResolver {
  @Allow("authorization:write")
  @Mutation(() => RequestDoubleOptInPayload, {
    description:
      "Asks a contact by mail to agree, with the wordings in force. Nothing changes before he opens the link in it and confirms: within seven days, once, at the address that he had. At most five mails in 24 hours. An internet user asks for himself.",
  })
  requestDoubleOptIn(
    @Arg("input", () => RequestDoubleOptInInput, { description: "Whom to ask for what." })
    input: RequestDoubleOptInInput,
    @Ctx() context: OperationContext,
  ) {
    return requestDoubleOptIn(context, input);
  }
}
