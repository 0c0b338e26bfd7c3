import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { contactRecency, contactRecencyMonth } from "./recency.service.js";
import { GdprRecency } from "./recency.type.js";

@Resolver(() => Contact)
export class RecencyResolver {
  @FieldResolver(() => GdprRecency, {
    nullable: true,
    description:
      "When the contact was last active, as it was worked out last. Null while that has not been done, when withheld, and for the anonymized.",
  })
  gdprRecency(@Root() { id }: Contact, @Ctx() context: OperationContext) {
    return contactRecency(context, id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The month of `gdprRecency`, as yyyymm. Targets can ask for it.",
  })
  gdprRecencyMonth(@Root() { id }: Contact, @Ctx() context: OperationContext) {
    return contactRecencyMonth(context, id);
  }
}
