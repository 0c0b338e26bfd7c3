import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { contactIsProspect } from "./prospect.service.js";

@Resolver(() => Contact)
export class ProspectResolver {
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      "True for somebody who never had a part in a sale, as purchase or cultural contact and whatever became of it, and never paid. Options, reservations and waiting lists alone leave him a prospect.",
  })
  isProspect(@Root() { id }: Contact, @Ctx() context: OperationContext) {
    return contactIsProspect(context, id);
  }
}
