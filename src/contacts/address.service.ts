import type { OperationContext } from "../platform/context.js";
import { problem } from "../platform/errors/user-error.js";
import { refuse } from "../platform/idempotency.js";
import { type AddressValues, deleteAddress, upsertAddress } from "./address.sql.js";
import { type ContactAnswer, changeContact, contactToChange, refusal } from "./contact.change.js";
import { fieldNotAvailable } from "./contact.errors.js";
import type { RemoveAddressInput, SetAddressInput } from "./contact.inputs.js";
import { touchContact } from "./contact.sql.js";
import { addressProblems, tidy } from "./contact.validation.js";
import { selectInstitutionCountry } from "./institution.sql.js";

/** Replaces the contact's address of this kind (F20: at most one of each). */
export async function setAddress(context: OperationContext, input: SetAddressInput): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", "addresses")) return refusal(context, [fieldNotAvailable("kind")]);
  const { contactId, kind, version, idempotencyKey: _, ...given } = input;
  const lines: AddressValues = tidy({ ...given });
  const problems = addressProblems(lines);
  if (problems.length > 0) return refusal(context, problems);
  return changeContact(context, "setAddress", input, async (db) => {
    const contact = await contactToChange(db, contactId, "contactId", version);
    const country = lines.country ?? (await selectInstitutionCountry(db));
    if (!(await upsertAddress(db, contact.id, kind, { ...lines, country }))) return contact.id;
    await touchContact(db, contact.id);
    await context.ports.marketing.copyContacts(db, [contact.id]);
    return contact.id;
  });
}

/** Removes the contact's address of this kind; main may go while others stay. */
export async function removeAddress(context: OperationContext, input: RemoveAddressInput): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", "addresses")) return refusal(context, [fieldNotAvailable("kind")]);
  return changeContact(context, "removeAddress", input, async (db) => {
    const contact = await contactToChange(db, input.contactId, "contactId", input.version);
    const removed = await deleteAddress(db, contact.id, input.kind);
    if (!removed) refuse(problem("ADDRESS_NOT_FOUND", ["kind"]));
    await touchContact(db, contact.id);
    await context.ports.marketing.copyContacts(db, [contact.id]);
    return contact.id;
  });
}
