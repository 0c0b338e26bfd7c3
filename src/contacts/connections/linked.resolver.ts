import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact, ContactConnection } from "../contact.type.js";
import { linkedContact, linkedContacts, primaryRelay } from "./linked.service.js";

const howMany = { description: "How many, from 1 to 100." };
const position = { nullable: true, description: "The `endCursor` of the page before." };

/** The connections of a contact by what they mean (F33). Whoever is not visible to the caller is not there. */
@Resolver(() => Contact)
export class LinkedResolver {
  @FieldResolver(() => Contact, {
    nullable: true,
    description: "The structure that this contact is a relay of. Null also when the caller does not see it.",
  })
  structure(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return linkedContact(context, contact, "structure");
  }

  @FieldResolver(() => Contact, {
    nullable: true,
    description: "The parent of a subsidiary: an individual's, or the mother structure. Null also when not visible.",
  })
  parent(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return linkedContact(context, contact, "parent");
  }

  @FieldResolver(() => Contact, {
    nullable: true,
    description:
      "The relay that a structure is reached through: of its valid relays the one that was chosen last, else the oldest, among those that the caller sees. Null without any.",
  })
  primaryRelay(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return primaryRelay(context, contact);
  }

  @FieldResolver(() => ContactConnection, { nullable: true, description: "The relays of a structure, oldest first." })
  relays(
    @Root() contact: VisibleContact,
    @Arg("first", () => Int, howMany) first: number,
    @Arg("after", () => String, position) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return linkedContacts(context, contact, "relays", { first, after });
  }

  @FieldResolver(() => ContactConnection, { nullable: true, description: "The members of a structure, oldest first." })
  members(
    @Root() contact: VisibleContact,
    @Arg("first", () => Int, howMany) first: number,
    @Arg("after", () => String, position) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return linkedContacts(context, contact, "members", { first, after });
  }

  @FieldResolver(() => ContactConnection, {
    nullable: true,
    description: "The subsidiaries of a parent, oldest first.",
  })
  subsidiaries(
    @Root() contact: VisibleContact,
    @Arg("first", () => Int, howMany) first: number,
    @Arg("after", () => String, position) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return linkedContacts(context, contact, "subsidiaries", { first, after });
  }
}
