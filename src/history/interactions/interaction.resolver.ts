import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { selects } from "../../platform/graphql/selection.js";
import { Contact } from "../contact.type.js";
import {
  AddInteractionInput,
  AddInteractionPayload,
  UpdateInteractionInput,
  UpdateInteractionPayload,
} from "./interaction.inputs.js";
import { interactions } from "./interaction.service.js";
import { addInteraction, updateInteraction } from "./interaction-change.service.js";
import { InteractionArguments, InteractionConnection } from "./interaction-list.inputs.js";

@Resolver(() => Contact)
export class InteractionResolver {
  @FieldResolver(() => InteractionConnection, {
    nullable: true,
    description:
      "What passed between the contact and an organization, the newest first: what was sent, from the moment that it " +
      "was on its way, and what operators registered. Of a structure also with its relays.",
  })
  interactions(
    @Root() { id }: Contact,
    @Args(() => InteractionArguments) args: InteractionArguments,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    const withShipments = selects(info, ["nodes", "shipment"], ["edges", "node", "shipment"]);
    return interactions(context, id, { ...args, withShipments });
  }

  @Allow("contact:write")
  @Mutation(() => AddInteractionPayload, { description: "Registers a call, a visit or the like with a contact." })
  addInteraction(
    @Arg("input", () => AddInteractionInput, { description: "With whom, and what it was." }) input: AddInteractionInput,
    @Ctx() context: OperationContext,
  ) {
    return addInteraction(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => UpdateInteractionPayload, {
    description:
      "Changes an interaction; of an automatic one only the status. Any status may follow any other, but from ARCHIVED " +
      "only with the permission `interaction:reopen`.",
  })
  updateInteraction(
    @Arg("input", () => UpdateInteractionInput, { description: "The interaction and what changes." })
    input: UpdateInteractionInput,
    @Ctx() context: OperationContext,
  ) {
    return updateInteraction(context, input);
  }
}
