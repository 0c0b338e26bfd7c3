import type { OperationContext } from "../platform/context.js";
import type { Sql } from "../platform/database/sql.js";
import { type Problem, userErrors, warnings } from "../platform/errors/user-error.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import type { LegalNotice } from "../platform/graphql/shared-types.js";
import { idempotent, type ResultIds, refuse } from "../platform/idempotency.js";
import { legalNotice } from "../platform/legal-notices.js";
import { contactAnonymized, contactNotFound, versionConflict } from "./contact.errors.js";
import { contactLoaders, type VisibleContact } from "./contact.loaders.js";
import { lockContact } from "./contact.sql.js";
import type { ContactRow } from "./contact.type.js";

/** What every mutation of one contact answers. */
export interface ContactAnswer {
  contact: VisibleContact | null;
  userErrors: ReturnType<typeof userErrors>;
  warnings: ReturnType<typeof warnings>;
}

/** Database ids of what a mutation of one contact has changed. */
export type ChangedIds = ResultIds & {
  readonly contact: string;
  /** The structure whose primary relay has become another one by the way. */
  readonly primaryRelayOf?: string;
};

export interface KeyedInput {
  idempotencyKey?: string | null;
}

/** What a mutation answers that shows a notice. */
export interface NoticeAnswer extends ContactAnswer {
  legalNotice: LegalNotice | null;
}

/** The answer with the notice about free text, when some is written, also when it is refused: who enters it reads it (F16). */
export async function withFreeTextNotice(
  context: OperationContext,
  text: string | null | undefined,
  answer: ContactAnswer,
): Promise<NoticeAnswer> {
  return { ...answer, legalNotice: text ? await legalNotice(context, "FREE_TEXT_CONTENT") : null };
}

/** An answer that refuses: nothing was written. */
export function refusal(context: OperationContext, problems: readonly Problem[]): ContactAnswer {
  return { contact: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}

/**
 * Runs a mutation that ends with one contact: once per idempotency key, in one transaction, and answers with the
 * contact as the caller sees it afterwards.
 * @param work makes the change and gives the contact's database id, with those of what else changed, or throws
 *   {@link refuse}
 */
export async function changeContact(
  context: OperationContext,
  mutation: string,
  input: KeyedInput,
  work: (db: Sql) => Promise<string | ChangedIds>,
): Promise<ContactAnswer> {
  const call = { mutation, key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db): Promise<ChangedIds> => {
    const changed = await work(db);
    return typeof changed === "string" ? { contact: changed } : changed;
  });
  if ("problems" in done) return refusal(context, done.problems);
  const { contact, primaryRelayOf } = done.ids;
  const codes = await primaryRelayWarnings(context, primaryRelayOf);
  return {
    contact: await contactLoaders(context).byId.load(contact),
    userErrors: [],
    warnings: warnings(codes, context.locale),
  };
}

/** The codes of what became of a structure's primary relay, for a caller who sees the structure. */
export async function primaryRelayWarnings(context: OperationContext, structureId?: string): Promise<string[]> {
  const isSeen =
    structureId !== undefined &&
    context.fields.may("Contact", "primaryRelay") &&
    (await contactLoaders(context).byId.load(structureId)) !== null;
  return isSeen ? ["PRIMARY_RELAY_CHANGED"] : [];
}

/**
 * The contact that a mutation names, locked. Refuses when it does not exist for the caller, is anonymized, or has
 * another version than the one that the change is based on.
 * @param field the input field that names it
 */
export async function contactToChange(
  db: Sql,
  id: string,
  field: string,
  version?: number | null,
): Promise<ContactRow> {
  const key = decodeId("Contact", id);
  const contact = key === null ? null : await lockContact(db, key);
  if (!contact) return refuse(contactNotFound(field));
  if (contact.anonymizedAt) return refuse(contactAnonymized(field));
  if (version != null && version !== contact.version) return refuse(versionConflict(contact.version));
  return contact;
}
