import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { removeAddress, setAddress } from "./address.service.js";
import {
  CreateContactInput,
  RemoveAddressInput,
  SetAddressInput,
  SetConfidentialityLevelInput,
  SetValidityEndDateInput,
  UpdateContactInput,
} from "./contact.inputs.js";
import {
  CreateContactPayload,
  RemoveAddressPayload,
  SetAddressPayload,
  SetConfidentialityLevelPayload,
  SetValidityEndDatePayload,
  UpdateContactPayload,
} from "./contact.payloads.js";
import { findContact, findContactByNumber } from "./contact.reference.js";
import { createContact, setConfidentialityLevel, setValidityEndDate, updateContact } from "./contact.service.js";
import { Contact } from "./contact.type.js";

@Resolver(() => Contact)
export class ContactResolver {
  @Allow("contact:read")
  @Query(() => Contact, {
    nullable: true,
    description: "The contact file. Null when no contact has this id, or none that the caller may see.",
  })
  contact(
    @Arg("id", () => ID, { description: "Opaque id of the contact." }) id: string,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return findContact(context, id, info);
  }

  @Allow("contact:read")
  @Query(() => Contact, {
    nullable: true,
    description: "The contact with this number. Null when there is none that the caller may see.",
  })
  contactByNumber(
    @Arg("contactNumber", () => String, { description: "The number, exactly: leading zeros count." })
    contactNumber: string,
    @Ctx() context: OperationContext,
  ) {
    return findContactByNumber(context, contactNumber);
  }

  @Allow("contact:write")
  @Mutation(() => CreateContactPayload, { description: "Creates a contact." })
  createContact(
    @Arg("input", () => CreateContactInput, { description: "The new contact." }) input: CreateContactInput,
    @Ctx() context: OperationContext,
  ) {
    return createContact(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => UpdateContactPayload, { description: "Changes the general data of a contact." })
  updateContact(
    @Arg("input", () => UpdateContactInput, { description: "The change." }) input: UpdateContactInput,
    @Ctx() context: OperationContext,
  ) {
    return updateContact(context, input);
  }

  @Allow("contact:confidentiality")
  @Mutation(() => SetConfidentialityLevelPayload, {
    description: "Sets who may see a contact. From then on it does not exist for callers below.",
  })
  setConfidentialityLevel(
    @Arg("input", () => SetConfidentialityLevelInput, { description: "The contact and its level." })
    input: SetConfidentialityLevelInput,
    @Ctx() context: OperationContext,
  ) {
    return setConfidentialityLevel(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => SetValidityEndDatePayload, {
    description: "Invalidates a contact from the day after a date on, or makes it valid again.",
  })
  setValidityEndDate(
    @Arg("input", () => SetValidityEndDateInput, { description: "The contact and its last valid day." })
    input: SetValidityEndDateInput,
    @Ctx() context: OperationContext,
  ) {
    return setValidityEndDate(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => SetAddressPayload, {
    description: "Sets the contact's address of one kind, in place of the one that it had.",
  })
  setAddress(
    @Arg("input", () => SetAddressInput, { description: "The contact and the address." }) input: SetAddressInput,
    @Ctx() context: OperationContext,
  ) {
    return setAddress(context, input);
  }

  @Allow("contact:write")
  @Mutation(() => RemoveAddressPayload, { description: "Removes the contact's address of one kind." })
  removeAddress(
    @Arg("input", () => RemoveAddressInput, { description: "The contact and the kind." }) input: RemoveAddressInput,
    @Ctx() context: OperationContext,
  ) {
    return removeAddress(context, input);
  }
}
