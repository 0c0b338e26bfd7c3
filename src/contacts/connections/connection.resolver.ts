import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import {
  AddConnectionInput,
  AddConnectionPayload,
  ChangeRoleInput,
  ChangeRolePayload,
  RemoveConnectionInput,
  RemoveConnectionPayload,
  SetPrimaryRelayInput,
  SetPrimaryRelayPayload,
  SetRolesInput,
  SetRolesPayload,
} from "./connection.inputs.js";
import { addConnection, removeConnection } from "./connection.service.js";
import { setPrimaryRelay } from "./primary-relay.service.js";
import { changeRole, setRoles } from "./role.service.js";

@Resolver()
export class ConnectionResolver {
  @Allow("contact:write")
  @Mutation(() => AddConnectionPayload, {
    description:
      "Links two contacts, and gives the first the role that comes with the link: RELAY, MEMBER or SUBSIDIARY in the place of PUBLIC. A contact with orders does not become a relay.",
  })
  addConnection(
    @Arg("input", () => AddConnectionInput, { description: "The two contacts and the link." })
    input: AddConnectionInput,
    @Ctx() context: OperationContext,
  ) {
    return addConnection(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => RemoveConnectionPayload, {
    description: "Ends a link between two contacts. The role that came with it goes, unless another link needs it.",
  })
  removeConnection(
    @Arg("input", () => RemoveConnectionInput, { description: "The link." }) input: RemoveConnectionInput,
    @Ctx() context: OperationContext,
  ) {
    return removeConnection(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => SetPrimaryRelayPayload, {
    description: "Makes one of a structure's relays its primary one. While none is chosen, it is the oldest valid one.",
  })
  setPrimaryRelay(
    @Arg("input", () => SetPrimaryRelayInput, { description: "The structure and the relay." })
    input: SetPrimaryRelayInput,
    @Ctx() context: OperationContext,
  ) {
    return setPrimaryRelay(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => SetRolesPayload, { description: "Gives a contact exactly these roles." })
  setRoles(
    @Arg("input", () => SetRolesInput, { description: "The contact and all its roles." }) input: SetRolesInput,
    @Ctx() context: OperationContext,
  ) {
    return setRoles(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => ChangeRolePayload, {
    description:
      "Puts one role in the place of another, together with the links that they stand for. CONTACT_HAS_HISTORY: a contact with orders does not become a relay.",
  })
  changeRole(
    @Arg("input", () => ChangeRoleInput, { description: "The contact and the two roles." }) input: ChangeRoleInput,
    @Ctx() context: OperationContext,
  ) {
    return changeRole(context, input);
  }
}
