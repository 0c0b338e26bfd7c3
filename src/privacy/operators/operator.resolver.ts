import { Arg, Ctx, Int, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import {
  AnonymizeOperatorNamesInput,
  CreateOperatorInput,
  SetOperatorRightsInput,
  SetRoleInput,
  UpdateOperatorInput,
} from "./operator.inputs.js";
import {
  anonymizeOperatorNames,
  createOperator,
  operators,
  setOperatorRights,
  updateOperator,
} from "./operator.service.js";
import {
  AnonymizeOperatorNamesPayload,
  CreateOperatorPayload,
  OperatorConnection,
  Role,
  SetOperatorRightsPayload,
  SetRolePayload,
  UpdateOperatorPayload,
} from "./operator.type.js";
import { roles, setRole } from "./role.service.js";

@Resolver()
export class OperatorResolver {
  @Allow("operator:admin")
  @Query(() => OperatorConnection, {
    description: "The operators, partners and services of the institution, by login.",
  })
  operators(
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Arg("isActive", () => Boolean, { nullable: true, description: "Only those who are active, or who have left." })
    isActive: boolean | null,
    @Ctx() context: OperationContext,
  ) {
    return operators(context, { first, after, isActive });
  }

  @Allow("operator:admin")
  @Query(() => [Role], { description: "The roles of the institution, by code." })
  roles(@Ctx() context: OperationContext) {
    return roles(context);
  }

  @Allow("operator:admin")
  @Mutation(() => CreateOperatorPayload, { description: "Makes an operator. A login can never be changed or removed." })
  createOperator(
    @Arg("input", () => CreateOperatorInput, { description: "The login, the names and the rights." })
    input: CreateOperatorInput,
    @Ctx() context: OperationContext,
  ) {
    return createOperator(context, input);
  }

  @Allow("operator:admin")
  @Mutation(() => UpdateOperatorPayload, { description: "Changes the names of an operator; the login never changes." })
  updateOperator(
    @Arg("input", () => UpdateOperatorInput, { description: "The operator and the names." }) input: UpdateOperatorInput,
    @Ctx() context: OperationContext,
  ) {
    return updateOperator(context, input);
  }

  @Allow("operator:admin")
  @Mutation(() => SetOperatorRightsPayload, {
    description:
      "Sets clearance, roles and organizations of an operator, and whether he is active. In force within 30 seconds.",
  })
  setOperatorRights(
    @Arg("input", () => SetOperatorRightsInput, { description: "The operator and what changes." })
    input: SetOperatorRightsInput,
    @Ctx() context: OperationContext,
  ) {
    return setOperatorRights(context, input);
  }

  @Allow("operator:admin")
  @Mutation(() => AnonymizeOperatorNamesPayload, {
    description: "Removes first and last name of an operator who has left. Histories go on showing the login.",
  })
  anonymizeOperatorNames(
    @Arg("input", () => AnonymizeOperatorNamesInput, { description: "The operator." })
    input: AnonymizeOperatorNamesInput,
    @Ctx() context: OperationContext,
  ) {
    return anonymizeOperatorNames(context, input);
  }

  @Allow("operator:admin")
  @Mutation(() => SetRolePayload, {
    description: "Makes a role, or replaces the permissions of one. In force within 30 seconds.",
  })
  setRole(
    @Arg("input", () => SetRoleInput, { description: "The role and its permissions." }) input: SetRoleInput,
    @Ctx() context: OperationContext,
  ) {
    return setRole(context, input);
  }
}
