import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../../platform/context.js";
import { Contact } from "../../contact.type.js";
import { AuthorizationCode } from "../authorization.js";
import { unsubscribeLink } from "./unsubscribe.service.js";
import { UnsubscribeLink } from "./unsubscribe.type.js";

@Resolver(() => Contact)
export class UnsubscribeResolver {
  @FieldResolver(() => UnsubscribeLink, {
    nullable: true,
    description:
      "The link by which this contact withdraws an authorization, and the headers that make it one click; for whoever sends mails. Null when withheld, for a structure, and when anonymized.",
  })
  unsubscribeLink(
    @Root() contact: Contact,
    @Arg("code", () => AuthorizationCode, {
      defaultValue: AuthorizationCode.INSTITUTION_EMAIL,
      description: "What it withdraws.",
    })
    code: AuthorizationCode,
    @Ctx() context: OperationContext,
  ) {
    return unsubscribeLink(context, contact, code);
  }
}
