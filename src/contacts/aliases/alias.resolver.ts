import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact } from "../contact.type.js";
import { addPaymentAlias, paymentAliases, removePaymentAlias } from "./alias.service.js";
import {
  AddPaymentAliasInput,
  AddPaymentAliasPayload,
  PaymentAlias,
  RemovePaymentAliasInput,
  RemovePaymentAliasPayload,
} from "./alias.type.js";

@Resolver(() => Contact)
export class AliasResolver {
  @FieldResolver(() => [PaymentAlias], {
    nullable: true,
    description: "Aliases of the contact's credit cards, the oldest first; at most 20.",
  })
  paymentAliases(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return paymentAliases(context, contact);
  }

  @Allow("alias:write")
  @Mutation(() => AddPaymentAliasPayload, {
    description: "Keeps an alias of a credit card, once the buyer's consent is confirmed. Card numbers are refused.",
  })
  addPaymentAlias(
    @Arg("input", () => AddPaymentAliasInput, { description: "The contact, the alias and the consent." })
    input: AddPaymentAliasInput,
    @Ctx() context: OperationContext,
  ) {
    return addPaymentAlias(context, input);
  }

  @Allow("alias:write")
  @Mutation(() => RemovePaymentAliasPayload, { description: "Forgets an alias of a credit card." })
  removePaymentAlias(
    @Arg("input", () => RemovePaymentAliasInput, { description: "The alias." }) input: RemovePaymentAliasInput,
    @Ctx() context: OperationContext,
  ) {
    return removePaymentAlias(context, input);
  }
}
