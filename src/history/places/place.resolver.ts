import { Args, Ctx, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { contactsByPlace } from "./place.service.js";
import { ContactPlaceConnection, ContactsByPlaceArguments } from "./place.type.js";

@Resolver()
export class PlaceResolver {
  @Allow("history:read")
  @Query(() => ContactPlaceConnection, {
    nullable: true,
    description:
      "Where contacts come from, by country, post code and town of their main address, for reports on geographical " +
      "origin. Anonymized contacts keep their place and count. Only contacts that the caller may see. Null only with an error.",
  })
  contactsByPlace(
    @Args(() => ContactsByPlaceArguments) args: ContactsByPlaceArguments,
    @Ctx() context: OperationContext,
  ) {
    return contactsByPlace(context, args);
  }
}
