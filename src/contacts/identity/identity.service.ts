import DataLoader from "dataloader";
import "./identity.messages.js";
import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { assertFirst, decodeCursor, page } from "../../platform/graphql/connection.js";
import { refuse } from "../../platform/idempotency.js";
import { type ContactAnswer, changeContact, contactToChange, refusal } from "../contact.change.js";
import { ContactType } from "../contact.enums.js";
import { fieldNotApplicable, fieldNotAvailable } from "../contact.errors.js";
import { databaseId, toContact, type VisibleContact } from "../contact.loaders.js";
import { touchContact } from "../contact.sql.js";
import {
  countContactsByIdentity,
  deleteIdentityDocument,
  selectContactsByIdentity,
  selectIdentityDocuments,
  upsertIdentityDocument,
} from "./identity.sql.js";
import type { SetIdentityDocumentInput } from "./identity.type.js";
import { identityNumberProblems, maskIdentityNumber, normalizeIdentityNumber } from "./identity-number.js";

const field = "identityDocumentNumber";

/** Where a number is sealed for: in another contact's row it does not open. */
export function placeOf(institutionId: number, contactId: string): string {
  return `identity ${institutionId} ${contactId}`;
}

/** Opens only what is asked for. */
function numberLoader(context: OperationContext): DataLoader<string, string | null> {
  const { identityKeys } = context.services;
  return new DataLoader(async (ids) => {
    const rows = await selectIdentityDocuments(context.db, ids);
    const sealed = new Map(rows.map((row) => [row.contactId, row]));
    return ids.map((id) => {
      const row = sealed.get(id);
      return row ? identityKeys.open(row, placeOf(context.caller.institutionId, id)) : null;
    });
  });
}

/** Null when there is none, or when it is withheld. */
export async function identityNumber(context: OperationContext, contact: VisibleContact): Promise<string | null> {
  if (!context.fields.may("Contact", field)) return null;
  return context.once(numberLoader).load(contact[databaseId]);
}

/** `***` and the last three characters; null when there is none, or when it is withheld. */
export async function maskedIdentityNumber(context: OperationContext, contact: VisibleContact): Promise<string | null> {
  if (!context.fields.may("Contact", "identityDocumentMasked")) return null;
  const number = await context.once(numberLoader).load(contact[databaseId]);
  return number === null ? null : maskIdentityNumber(number);
}

/** Sets or clears the number of an individual's identity document (F10). */
export async function setIdentityDocument(
  context: OperationContext,
  input: SetIdentityDocumentInput,
): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", field)) return refusal(context, [fieldNotAvailable(field)]);
  const number = input.identityDocumentNumber?.trim() || null;
  const problems = number === null ? [] : identityNumberProblems(number, field);
  if (problems.length > 0) return refusal(context, problems);
  const { identityKeys } = context.services;
  return changeContact(context, "setIdentityDocument", input, async (db) => {
    const contact = await contactToChange(db, input.contactId, "contactId");
    if (contact.type === ContactType.STRUCTURE) refuse(fieldNotApplicable(field));
    const place = placeOf(db.institutionId, contact.id);
    const [row] = await selectIdentityDocuments(db, [contact.id]);
    const known = row ? identityKeys.open(row, place) : null;
    if (known === number) return contact.id;
    if (number === null) await deleteIdentityDocument(db, contact.id);
    else {
      const sealed = { contactId: contact.id, ...identityKeys.seal(number, place) };
      await upsertIdentityDocument(db, sealed, digestOf(context, number));
    }
    await touchContact(db, contact.id);
    return contact.id;
  });
}

/**
 * Contacts with this number, whatever its blanks, dots, hyphens and capitals; the invalid and the blocked, too.
 * @throws CodedError FIELD_NOT_AVAILABLE when numbers are withheld, BAD_USER_INPUT for a page that cannot be asked for
 */
export async function findContactsByIdentity(
  context: OperationContext,
  number: string,
  wanted: { first: number; after: string | null },
) {
  if (!context.fields.may("Contact", field))
    throw new CodedError("FIELD_NOT_AVAILABLE", "Identity documents are withheld from you.", { field });
  assertFirst(wanted.first);
  const digest = digestOf(context, number.slice(0, 200));
  const after = afterId(wanted.after);
  const rows = await selectContactsByIdentity(context.db, digest, { after, limit: wanted.first + 1 });
  const contacts = rows.map((row) => toContact(context, row));
  return {
    ...page(contacts, wanted, (contact) => [contact[databaseId]]),
    totalCount: () => countContactsByIdentity(context.db, digest),
  };
}

function afterId(after: string | null): string {
  const [id] = decodeCursor(after, 1) ?? ["0"];
  if (typeof id === "string" && /^\d{1,18}$/.test(id)) return id;
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}

/** Different in each institution, so that two of them cannot compare what they know. */
function digestOf({ caller, services }: OperationContext, number: string): Buffer {
  return services.identityKeys.digest(`${caller.institutionId} ${normalizeIdentityNumber(number)}`);
}
