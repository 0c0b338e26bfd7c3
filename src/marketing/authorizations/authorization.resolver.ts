import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { SetAuthorizationsInput, SetAuthorizationsPayload } from "./authorization.inputs.js";
import { setAuthorizations } from "./authorization.service.js";

@Resolver()
export class AuthorizationResolver {
  @Allow("authorization:write")
  @Mutation(() => SetAuthorizationsPayload, {
    description:
      "Sets what a contact authorizes; authorizations that are not named stay. Setting INSTITUTION_EMAIL to TRUE also sets an EMPTY EMAIL to TRUE, unless EMAIL is given. An invalid contact can only withdraw (FALSE). An internet user sets his own.",
  })
  setAuthorizations(
    @Arg("input", () => SetAuthorizationsInput, { description: "Which authorizations of which contact to set." })
    input: SetAuthorizationsInput,
    @Ctx() context: OperationContext,
  ) {
    return setAuthorizations(context, input);
  }
}
