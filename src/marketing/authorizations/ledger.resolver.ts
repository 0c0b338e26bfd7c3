import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { DateScalar } from "../../platform/graphql/scalars.js";
import { Contact, ContactAuthorization } from "../contact.type.js";
import { authorizationHistory, consentAsOf } from "./event.service.js";
import { AuthorizationEventConnection } from "./event.type.js";
import { consentReceipt } from "./receipt.service.js";
import { ConsentReceipt } from "./receipt.type.js";

@Resolver(() => Contact)
export class LedgerResolver {
  @FieldResolver(() => [ContactAuthorization], {
    nullable: true,
    description:
      "What the contact authorized when a day ended: all seven, in the order of `authorizations`. Those of now for a day that has not ended. Null when withheld, or anonymized.",
  })
  consentAsOf(
    @Root() contact: Contact,
    @Arg("date", () => DateScalar, { description: "The day, where the institution is." }) date: string,
    @Ctx() context: OperationContext,
  ) {
    return consentAsOf(context, contact, date);
  }

  @FieldResolver(() => AuthorizationEventConnection, {
    nullable: true,
    description:
      "The ledger of what the contact authorized, newest first. Nothing in it ever changes. Null when withheld, or anonymized.",
  })
  authorizationHistory(
    @Root() contact: Contact,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." })
    after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return authorizationHistory(context, contact, { first, after });
  }

  @Allow("contact:read")
  @Query(() => ConsentReceipt, {
    nullable: true,
    description:
      "What a contact has agreed to and refused, for machines and for keeping. Null when no contact has this id, or none that the caller may see, when `authorizations` are withheld, for a structure, and when anonymized.",
  })
  consentReceipt(
    @Arg("contactId", () => ID, { description: "The contact, an individual." }) contactId: string,
    @Ctx() context: OperationContext,
  ) {
    return consentReceipt(context, contactId);
  }
}
