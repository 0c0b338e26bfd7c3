import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact, ContactConnection } from "../contact.type.js";
import {
  findContactsByIdentity,
  identityNumber,
  maskedIdentityNumber,
  setIdentityDocument,
} from "./identity.service.js";
import { SetIdentityDocumentInput, SetIdentityDocumentPayload } from "./identity.type.js";

@Resolver(() => Contact)
export class IdentityResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Number of the passport or identity card, for recognising banned persons. Needs the permission `contact:identity`. Individuals only.",
  })
  identityDocumentNumber(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return identityNumber(context, contact);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The last three characters of that number, such as `***123`.",
  })
  identityDocumentMasked(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return maskedIdentityNumber(context, contact);
  }

  @Allow("contact:identity")
  @Query(() => ContactConnection, {
    description:
      "Contacts with this number on their passport or identity card, invalid ones too. Compared exactly, but for capitals, blanks, dots and hyphens.",
  })
  contactsByIdentityDocument(
    @Arg("number", () => String, { description: "The number." }) number: string,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return findContactsByIdentity(context, number, { first, after });
  }

  @Allow("contact:identity")
  @Mutation(() => SetIdentityDocumentPayload, {
    description: "Sets or removes the number of a contact's identity document. Its audit names no number.",
  })
  setIdentityDocument(
    @Arg("input", () => SetIdentityDocumentInput, { description: "The contact and the number." })
    input: SetIdentityDocumentInput,
    @Ctx() context: OperationContext,
  ) {
    return setIdentityDocument(context, input);
  }
}
