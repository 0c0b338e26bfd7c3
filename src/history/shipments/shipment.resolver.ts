import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { ShipmentArguments, ShipmentConnection } from "./shipment.inputs.js";
import { shipments } from "./shipment.service.js";

@Resolver(() => Contact)
export class ShipmentResolver {
  @FieldResolver(() => ShipmentConnection, {
    nullable: true,
    description:
      "What an organization has sent to the contact, the newest first: campaigns, mails of the billing office and the " +
      "like, also what came back. Of a structure also what was sent to its relays.",
  })
  shipments(
    @Root() { id }: Contact,
    @Args(() => ShipmentArguments) args: ShipmentArguments,
    @Ctx() context: OperationContext,
  ) {
    return shipments(context, id, args);
  }
}
