import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact } from "../contact.type.js";
import { createInternetAccount, disableInternetAccount, internetAccount, loginEligibility } from "./account.service.js";
import {
  CreateInternetAccountInput,
  CreateInternetAccountPayload,
  DisableInternetAccountInput,
  DisableInternetAccountPayload,
  InternetAccount,
  LoginEligibility,
} from "./account.type.js";

@Resolver(() => Contact)
export class AccountResolver {
  @FieldResolver(() => InternetAccount, {
    nullable: true,
    description: "The account in the ticket shop, disabled or not. Individuals only.",
  })
  internetAccount(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return internetAccount(context, contact);
  }

  @Allow("contact:read")
  @Query(() => LoginEligibility, {
    nullable: true,
    description:
      "Whether a contact may log in, for the identity provider, which asks it at each login and is cleared for all contacts. Null when no contact has this id, or none that the caller may see.",
  })
  loginEligibility(
    @Arg("contactId", () => ID, { description: "The contact." }) contactId: string,
    @Ctx() context: OperationContext,
  ) {
    return loginEligibility(context, contactId);
  }

  @Allow("contact:write")
  @Mutation(() => CreateInternetAccountPayload, {
    description:
      "Gives an individual an internet account, in place of one that was disabled. Of accounts that share a login nevertheless, the oldest may log in.",
  })
  createInternetAccount(
    @Arg("input", () => CreateInternetAccountInput, { description: "The contact and its login." })
    input: CreateInternetAccountInput,
    @Ctx() context: OperationContext,
  ) {
    return createInternetAccount(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => DisableInternetAccountPayload, {
    description: "Disables a contact's internet account. Its login is free for others from then on.",
  })
  disableInternetAccount(
    @Arg("input", () => DisableInternetAccountInput, { description: "The contact." })
    input: DisableInternetAccountInput,
    @Ctx() context: OperationContext,
  ) {
    return disableInternetAccount(context, input);
  }
}
