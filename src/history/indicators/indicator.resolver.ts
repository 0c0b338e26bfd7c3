import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { contactIndicators } from "./indicator.service.js";
import { Indicator } from "./indicator.type.js";

@Resolver(() => Contact)
export class IndicatorResolver {
  @FieldResolver(() => [Indicator], {
    nullable: true,
    description:
      "The indicators, always in the same order. They count what the contact himself bought, attends, holds and owes. Null when withheld, or anonymized.",
  })
  indicators(@Root() { id }: Contact, @Ctx() context: OperationContext) {
    return contactIndicators(context, id);
  }
}
