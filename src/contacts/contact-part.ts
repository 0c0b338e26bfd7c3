import type { OperationContext } from "../platform/context.js";
import type { Sql } from "../platform/database/sql.js";
import { problem } from "../platform/errors/user-error.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../platform/idempotency.js";
import { type ContactAnswer, type KeyedInput, refusal } from "./contact.change.js";
import { contactAnonymized, versionConflict } from "./contact.errors.js";
import { contactLoaders } from "./contact.loaders.js";
import { lockContact } from "./contact.sql.js";

/** Database ids of something that hangs on a contact, such as a note, and of the contact. */
export type PartIds = { readonly contact: string; readonly part: string };

/**
 * Runs a mutation of something that hangs on a contact: once per idempotency key, in one transaction, and answers with
 * the contact and the part as the caller sees them afterwards.
 * @param work makes the change, or throws {@link refuse}
 * @param find the part as it is now; null when it is gone
 */
export async function changePart<Part>(
  context: OperationContext,
  { mutation, input }: { mutation: string; input: KeyedInput },
  work: (db: Sql) => Promise<PartIds>,
  find: (ids: PartIds) => Promise<Part | null>,
): Promise<ContactAnswer & { part: Part | null }> {
  const done = await idempotent(context, { mutation, key: input.idempotencyKey, input }, work);
  if ("problems" in done) return { ...refusal(context, done.problems), part: null };
  const contact = await contactLoaders(context).byId.load(done.ids.contact);
  return { contact, part: contact && (await find(done.ids)), userErrors: [], warnings: [] };
}

export interface NamedPart {
  /** As the input names it. */
  readonly id: string;
  /** Of the opaque id. */
  readonly type: string;
  /** The code of the refusal when there is none. */
  readonly notFound: string;
  /** Of the contact: the one that the change is based on. */
  readonly version?: number | null;
}

/**
 * The part that a mutation names, with its contact locked. Refuses when the contact does not exist for the caller, as
 * it does for a part that there is not, is anonymized, or has another version than the one that the change is based on.
 * @param selectOwner the contact of a part that exists for the caller
 */
export async function partToChange(
  db: Sql,
  { id, type, notFound, version }: NamedPart,
  selectOwner: (db: Sql, id: string) => Promise<string | null>,
): Promise<PartIds> {
  const part = decodeId(type, id);
  const owner = part === null ? null : await selectOwner(db, part);
  const contact = owner === null ? null : await lockContact(db, owner);
  if (part === null || !contact) return refuse(problem(notFound, ["id"]));
  if (contact.anonymizedAt) return refuse(contactAnonymized("id"));
  if (version != null && version !== contact.version) return refuse(versionConflict(contact.version));
  return { contact: contact.id, part };
}
