import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { timeline } from "./timeline.service.js";
import { TimelineArguments, TimelineEntryConnection } from "./timeline.type.js";

@Resolver(() => Contact)
export class TimelineResolver {
  @FieldResolver(() => TimelineEntryConnection, {
    nullable: true,
    description:
      "What happened and is to happen to the contact, from all of its histories in one: the furthest in the future first. " +
      "Of a structure also to its relays. Histories that are withheld from the caller are left out.",
  })
  timeline(
    @Root() { id }: Contact,
    @Args(() => TimelineArguments) args: TimelineArguments,
    @Ctx() context: OperationContext,
  ) {
    return timeline(context, id, args);
  }
}
