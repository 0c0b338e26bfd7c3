import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../platform/context.js";
import { Address } from "./address.type.js";
import { ContactLinkConnection } from "./connection.type.js";
import { ContactRole } from "./contact.enums.js";
import type { VisibleContact } from "./contact.loaders.js";
import { Contact } from "./contact.type.js";
import { contactAddresses, contactLinks, contactRoles } from "./contact-lists.service.js";

@Resolver(() => Contact)
export class ContactListsResolver {
  @FieldResolver(() => [Address], { nullable: true, description: "Up to three addresses: main, delivery, invoice." })
  addresses(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return contactAddresses(context, contact);
  }

  @FieldResolver(() => [ContactRole], { nullable: true, description: "What the contact is for the institution." })
  roles(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return contactRoles(context, contact);
  }

  @FieldResolver(() => ContactLinkConnection, {
    nullable: true,
    description:
      "Links to other contacts, at whichever end this one stands, oldest first. Links to contacts that the caller does not see are not there.",
  })
  connections(
    @Root() contact: VisibleContact,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return contactLinks(context, contact, { first, after });
  }
}
