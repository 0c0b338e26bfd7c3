import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { AdvantageArguments, AdvantageConnection } from "./advantage.type.js";
import { advantages, memberships, waitingList } from "./holding.service.js";
import { MembershipArguments, MembershipConnection } from "./membership.type.js";
import { WaitingListArguments, WaitingListEntryConnection } from "./waiting-list.type.js";

@Resolver(() => Contact)
export class HoldingResolver {
  @FieldResolver(() => WaitingListEntryConnection, {
    nullable: true,
    description:
      "What the contact was put on a waiting list for in the period, the newest first. Of a structure also its relays.",
  })
  waitingList(
    @Root() { id }: Contact,
    @Args(() => WaitingListArguments) args: WaitingListArguments,
    @Ctx() context: OperationContext,
  ) {
    return waitingList(context, id, args);
  }

  @FieldResolver(() => MembershipConnection, {
    nullable: true,
    description:
      "Memberships that are valid on a day of the period, the one that began last first. Of a structure also those of its relays.",
  })
  memberships(
    @Root() { id }: Contact,
    @Args(() => MembershipArguments) args: MembershipArguments,
    @Ctx() context: OperationContext,
  ) {
    return memberships(context, id, args);
  }

  @FieldResolver(() => AdvantageConnection, {
    nullable: true,
    description:
      "Advantages that are valid on a day of the period, the one that began last first. Of a structure also those of its relays.",
  })
  advantages(
    @Root() { id }: Contact,
    @Args(() => AdvantageArguments) args: AdvantageArguments,
    @Ctx() context: OperationContext,
  ) {
    return advantages(context, id, args);
  }
}
