import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact } from "../contact.type.js";
import { addPreferredSeat, preferredSeats, removePreferredSeat } from "./seat.service.js";
import {
  AddPreferredSeatInput,
  AddPreferredSeatPayload,
  PreferredSeat,
  RemovePreferredSeatInput,
  RemovePreferredSeatPayload,
  SetSeatBlockInput,
  SetSeatBlockPayload,
} from "./seat.type.js";
import { setSeatBlock } from "./seat-plan.service.js";

@Resolver(() => Contact)
export class SeatResolver {
  @FieldResolver(() => [PreferredSeat], {
    nullable: true,
    description: "Where the contact likes to sit, the oldest wish first; at most 50. Seats that are gone are marked.",
  })
  preferredSeats(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return preferredSeats(context, contact);
  }

  @Allow("contact:write")
  @Mutation(() => AddPreferredSeatPayload, { description: "Adds a seat that a contact likes." })
  addPreferredSeat(
    @Arg("input", () => AddPreferredSeatInput, { description: "The contact and the seat." })
    input: AddPreferredSeatInput,
    @Ctx() context: OperationContext,
  ) {
    return addPreferredSeat(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => RemovePreferredSeatPayload, { description: "Removes a seat that a contact liked." })
  removePreferredSeat(
    @Arg("input", () => RemovePreferredSeatInput, { description: "The preferred seat." })
    input: RemovePreferredSeatInput,
    @Ctx() context: OperationContext,
  ) {
    return removePreferredSeat(context, input);
  }

  @Allow("seat:write")
  @Mutation(() => SetSeatBlockPayload, {
    description:
      "Tells which seats a block of a venue has, for the ticketing system. Of blocks that it never told, no seat is stale.",
  })
  setSeatBlock(
    @Arg("input", () => SetSeatBlockInput, { description: "The block and all its seats." }) input: SetSeatBlockInput,
    @Ctx() context: OperationContext,
  ) {
    return setSeatBlock(context, input);
  }
}
