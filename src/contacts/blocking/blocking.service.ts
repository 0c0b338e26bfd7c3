import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import {
  type ContactAnswer,
  changeContact,
  contactToChange,
  type NoticeAnswer,
  refusal,
  withFreeTextNotice,
} from "../contact.change.js";
import { fieldNotAvailable } from "../contact.errors.js";
import { freeTextProblems } from "../contact.validation.js";
import { type PurchaseRefusalRow, purchaseRefusals, setBlocked, setUnblocked } from "./blocking.sql.js";
import type { BlockContactInput, PurchaseEligibility, PurchaseRefusal, UnblockContactInput } from "./blocking.type.js";

const longestReason = 500;

type RefusalLoader = DataLoader<string, PurchaseRefusalRow | null>;

function refusalLoader(context: OperationContext): RefusalLoader {
  return new DataLoader(async (ids) => {
    const rows = await purchaseRefusals(context.db, ids, context.now());
    const byContact = new Map(rows.map((row) => [row.contactId, row]));
    return ids.map((id) => byContact.get(id) ?? null);
  });
}

/**
 * Whether the contact may buy; null for an unknown contact and an invisible one.
 * @throws CodedError FIELD_NOT_AVAILABLE when it is withheld whether contacts are blocked
 */
export async function purchaseEligibility(context: OperationContext, id: string): Promise<PurchaseEligibility | null> {
  if (!context.fields.may("Contact", "isBlocked"))
    throw new CodedError("FIELD_NOT_AVAILABLE", "It is withheld from you whether contacts are blocked.", {
      field: "isBlocked",
    });
  const key = decodeId("Contact", id);
  const row = key === null ? null : await context.once(refusalLoader).load(key);
  return row && { eligible: row.reasons.length === 0, reasons: row.reasons as PurchaseRefusal[] };
}

/**
 * Blocks purchases, in all organizations (F15). A repeat keeps the first reason and date. Needs no right to read
 * reasons: the answer is the same whatever is there.
 */
export async function blockContact(context: OperationContext, input: BlockContactInput): Promise<NoticeAnswer> {
  return withFreeTextNotice(context, input.reason, await block(context, input));
}

async function block(context: OperationContext, input: BlockContactInput): Promise<ContactAnswer> {
  const hidden = withheldBlock(context, "reason");
  if (hidden) return hidden;
  const reason = input.reason.trim();
  const problems = freeTextProblems(reason, "reason", longestReason);
  if (problems.length > 0) return refusal(context, problems);
  return changeContact(context, "blockContact", input, async (db) => {
    const contact = await contactToChange(db, input.contactId, "contactId");
    await setBlocked(db, contact.id, reason);
    return contact.id;
  });
}

/** Lets the contact buy again. Nothing happens when it is not blocked. */
export async function unblockContact(context: OperationContext, input: UnblockContactInput): Promise<ContactAnswer> {
  const hidden = withheldBlock(context, "contactId");
  if (hidden) return hidden;
  return changeContact(context, "unblockContact", input, async (db) => {
    const contact = await contactToChange(db, input.contactId, "contactId");
    await setUnblocked(db, contact.id);
    return contact.id;
  });
}

/** The version that an answer shows would tell whether the contact was blocked. */
function withheldBlock(context: OperationContext, field: string): ContactAnswer | null {
  return context.fields.may("Contact", "isBlocked") ? null : refusal(context, [fieldNotAvailable(field)]);
}
