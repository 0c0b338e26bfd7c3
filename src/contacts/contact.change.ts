import type { OperationContext } from "../platform/context.js";
import type { Sql } from "../platform/database/sql.js";
import { type Problem, userErrors } from "../platform/errors/user-error.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../platform/idempotency.js";
import { contactAnonymized, contactNotFound } from "./contact.errors.js";
import { contactLoaders, type VisibleContact } from "./contact.loaders.js";
import { lockContact } from "./contact.sql.js";
import type { ContactRow } from "./contact.type.js";

/** What every mutation of one contact answers. */
export interface ContactAnswer {
  contact: VisibleContact | null;
  userErrors: ReturnType<typeof userErrors>;
  warnings: [];
}

export interface KeyedInput {
  idempotencyKey?: string | null;
}

/** An answer that refuses: nothing was written. */
export function refusal(context: OperationContext, problems: readonly Problem[]): ContactAnswer {
  return { contact: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}

/**
 * Runs a mutation that ends with one contact: once per idempotency key, in one transaction, and answers with the
 * contact as the caller sees it afterwards.
 * @param work makes the change and gives the contact's database id, or throws {@link refuse}
 */
export async function changeContact(
  context: OperationContext,
  mutation: string,
  input: KeyedInput,
  work: (db: Sql) => Promise<string>,
): Promise<ContactAnswer> {
  const done = await idempotent(context, { mutation, key: input.idempotencyKey, input }, async (db) => ({
    contact: await work(db),
  }));
  if ("problems" in done) return refusal(context, done.problems);
  return { contact: await contactLoaders(context).byId.load(done.ids.contact), userErrors: [], warnings: [] };
}

/**
 * The contact that a mutation names, locked. Refuses when it does not exist for the caller, or is anonymized.
 * @param field the input field that names it
 */
export async function contactToChange(db: Sql, id: string, field: string): Promise<ContactRow> {
  const key = decodeId("Contact", id);
  const contact = key === null ? null : await lockContact(db, key);
  if (!contact) return refuse(contactNotFound(field));
  if (contact.anonymizedAt) return refuse(contactAnonymized(field));
  return contact;
}
