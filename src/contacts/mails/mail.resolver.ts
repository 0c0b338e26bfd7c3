import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact } from "../contact.type.js";
import { contactMails } from "./mail.service.js";
import { ContactMailConnection } from "./mail.type.js";

@Resolver(() => Contact)
export class MailResolver {
  @FieldResolver(() => ContactMailConnection, {
    nullable: true,
    description: "What the contact file itself has sent to this contact by mail, newest first, and what became of it.",
  })
  mails(
    @Root() contact: VisibleContact,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return contactMails(context, contact, { first, after });
  }
}
