import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact } from "../contact.type.js";
import { contactSummary } from "./summary.reference.js";
import { ContactSummary } from "./summary.type.js";

@Resolver(() => Contact)
export class SummaryResolver {
  @FieldResolver(() => ContactSummary, { nullable: true, description: "The summary tab." })
  summary(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return contactSummary(context, contact);
  }
}
