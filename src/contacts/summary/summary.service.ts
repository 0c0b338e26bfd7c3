import type { OperationContext } from "../../platform/context.js";
import { AddressKind } from "../contact.enums.js";
import type { VisibleContact } from "../contact.loaders.js";
import { contactAddresses, contactRoles } from "../contact-lists.service.js";

/** The contact's own part of its summary. Lists are read when they are asked for, for all contacts at once. */
export function summaryOf(context: OperationContext, contact: VisibleContact) {
  const redactions = context.fields.withheld("ContactSummary");
  const shown = <Value>(field: string, value: Value) => (context.fields.may("ContactSummary", field) ? value : null);
  const { id, type, contactNumber, confidentialityLevel, isValid, anonymizedAt } = contact;
  return {
    ...{ id, type, contactNumber, confidentialityLevel, isValid, anonymizedAt, redactions },
    displayName: shown("displayName", contact.displayName),
    email: shown("email", contact.email),
    mainAddress: () => shown("mainAddress", mainAddress(context, contact)),
    roles: () => shown("roles", contactRoles(context, contact)),
  };
}

async function mainAddress(context: OperationContext, contact: VisibleContact) {
  const addresses = await contactAddresses(context, contact);
  return addresses?.find(({ kind }) => kind === AddressKind.MAIN) ?? null;
}
