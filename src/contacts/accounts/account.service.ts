import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { problem } from "../../platform/errors/user-error.js";
import { refuse } from "../../platform/idempotency.js";
import { type ContactAnswer, changeContact, contactToChange, refusal } from "../contact.change.js";
import { ContactType } from "../contact.enums.js";
import { fieldNotApplicable, fieldNotAvailable } from "../contact.errors.js";
import { databaseId, type VisibleContact } from "../contact.loaders.js";
import { findContact } from "../contact.reference.js";
import { touchContact } from "../contact.sql.js";
import { createAccount } from "./account.creation.js";
import { type AccountRow, selectAccounts, updateAccountDisabled } from "./account.sql.js";
import {
  type CreateInternetAccountInput,
  type DisableInternetAccountInput,
  type InternetAccount,
  type LoginEligibility,
  LoginRefusal,
} from "./account.type.js";

type AccountLoader = DataLoader<string, AccountRow | null>;

function accountLoader(context: OperationContext): AccountLoader {
  return new DataLoader(async (ids) => {
    const byContact = new Map((await selectAccounts(context.db, ids)).map((row) => [row.contactId, row]));
    return ids.map((id) => byContact.get(id) ?? null);
  });
}

/** Null when there is none, or when accounts are withheld. */
export async function internetAccount(
  context: OperationContext,
  contact: VisibleContact,
): Promise<InternetAccount | null> {
  if (!context.fields.may("Contact", "internetAccount")) return null;
  return context.once(accountLoader).load(contact[databaseId]);
}

/**
 * Whether the contact may log in, as far as the caller sees; null for an unknown contact and an invisible one.
 * @throws CodedError FIELD_NOT_AVAILABLE when accounts are withheld
 */
export async function loginEligibility(context: OperationContext, id: string): Promise<LoginEligibility | null> {
  if (!context.fields.may("Contact", "internetAccount"))
    throw new CodedError("FIELD_NOT_AVAILABLE", "Internet accounts are withheld from you.", {
      field: "internetAccount",
    });
  const contact = await findContact(context, id);
  if (!contact) return null;
  const reasons = loginRefusals(contact, await context.once(accountLoader).load(contact[databaseId]));
  return { eligible: reasons.length === 0, reasons };
}

function loginRefusals(
  { isValid, anonymizedAt }: Pick<VisibleContact, "isValid" | "anonymizedAt">,
  account: AccountRow | null,
): LoginRefusal[] {
  const found: [LoginRefusal, boolean][] = [
    [LoginRefusal.NO_ACCOUNT, account === null],
    [LoginRefusal.DISABLED, account?.disabledAt != null],
    [LoginRefusal.INVALID, !isValid],
    [LoginRefusal.ANONYMIZED, anonymizedAt !== null],
    [LoginRefusal.LOGIN_TAKEN, account?.isTaken === true],
  ];
  return found.filter(([, applies]) => applies).map(([reason]) => reason);
}

/** Gives an individual an account. A structure has none: its relays do (F33). */
export async function createInternetAccount(
  context: OperationContext,
  input: CreateInternetAccountInput,
): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", "internetAccount")) return refusal(context, [fieldNotAvailable("login")]);
  return changeContact(context, "createInternetAccount", input, async (db) => {
    const contact = await contactToChange(db, input.contactId, "contactId");
    if (contact.type === ContactType.STRUCTURE) refuse(fieldNotApplicable("login"));
    if (await createAccount(db, contact.id, input.login.trim())) await touchContact(db, contact.id);
    return contact.id;
  });
}

/** Disables the contact's account and frees its login. A repeat keeps the first instant. */
export async function disableInternetAccount(
  context: OperationContext,
  input: DisableInternetAccountInput,
): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", "internetAccount")) return refusal(context, [fieldNotAvailable("contactId")]);
  return changeContact(context, "disableInternetAccount", input, async (db) => {
    const contact = await contactToChange(db, input.contactId, "contactId");
    const [account] = await selectAccounts(db, [contact.id]);
    if (!account) return refuse(problem("ACCOUNT_NOT_FOUND", ["contactId"]));
    if (account.disabledAt) return contact.id;
    await updateAccountDisabled(db, contact.id);
    await touchContact(db, contact.id);
    return contact.id;
  });
}
