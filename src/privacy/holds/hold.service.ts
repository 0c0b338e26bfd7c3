import DataLoader from "dataloader";
import { contactAnonymized, contactNotFound, freeTextProblems, lockVisibleContacts } from "../../contacts/index.js";
import { noteRead } from "../../platform/access/confidential-reads.js";
import type { OperationContext } from "../../platform/context.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, notACursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { legalNotice } from "../../platform/legal-notices.js";
import "./hold.messages.js";
import { deleteHold, type HoldRow, selectHoldPage, selectHolds, selectIsErased, upsertHold } from "./hold.sql.js";
import type {
  RetentionHold,
  RetentionHoldArguments,
  SetRetentionHoldInput,
  SetRetentionHoldPayload,
} from "./hold.type.js";

const longestReason = 500;

/** The hold of a contact. Null without one, when withheld, or anonymized. */
export async function contactHold(context: OperationContext, contactId: string): Promise<RetentionHold | null> {
  const id = decodeId("Contact", contactId);
  if (id === null || !context.fields.may("Contact", "retentionHold")) return null;
  const row = await context.once(createLoader).load(id);
  return row && toHold(context, row);
}

function toHold(context: OperationContext, { contactId, ...row }: HoldRow): RetentionHold {
  const isInForce = row.untilDate === null || row.untilDate >= context.today();
  return { ...row, contact: { id: encodeId("Contact", contactId) }, isInForce };
}

/**
 * Holds of the contacts whom the caller sees; none when they are withheld from him.
 * @throws CodedError BAD_USER_INPUT for a page that cannot be asked for
 */
export async function findHolds(
  context: OperationContext,
  { isInForce = null, first, after = null }: RetentionHoldArguments,
): Promise<Connection<RetentionHold>> {
  assertFirst(first);
  const [position] = decodeCursor(after, 1)?.map(String) ?? ["0"];
  if (!/^\d{1,18}$/.test(position!)) throw notACursor();
  const mayKnow = context.fields.may("Contact", "retentionHold");
  const rows = mayKnow ? await selectHoldPage(context.db, { isInForce, after: position!, limit: first + 1 }) : [];
  const { edges, pageInfo } = page(rows, { first, after }, ({ contactId }) => [contactId]);
  const shown = edges.map(({ cursor, node }) => ({ cursor, node: toHold(context, node) }));
  for (const { node } of edges) noteRead(context, node.contactId, node.contactLevel);
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo };
}

function createLoader({ db }: OperationContext) {
  return new DataLoader<string, HoldRow | null>(async (ids) => {
    const byContact = new Map((await selectHolds(db, ids)).map((row) => [row.contactId, row]));
    return ids.map((id) => byContact.get(id) ?? null);
  });
}

/** Keeps a contact out of the batch and of anonymization by hand, or lets him go (D-12). */
export async function setRetentionHold(
  context: OperationContext,
  input: SetRetentionHoldInput,
): Promise<SetRetentionHoldPayload> {
  const reason = input.reason?.trim() || null;
  const problems = inputProblems(context, reason, input);
  const call = { mutation: "setRetentionHold", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    if (problems.length > 0) return refuse(...problems);
    const id = decodeId("Contact", input.contactId);
    const locked = await lockVisibleContacts(db, id === null ? [] : [id]);
    const [contact] = locked;
    if (contact === undefined) return refuse(contactNotFound("contactId"));
    if (await selectIsErased(db, contact)) return refuse(contactAnonymized("contactId"));
    if (reason === null) await deleteHold(db, locked);
    else await upsertHold(db, locked, { reason, untilDate: input.until ?? null });
    return { contact };
  });
  if ("problems" in done) {
    return { contact: null, legalNotice: null, userErrors: userErrors(done.problems, context.locale), warnings: [] };
  }
  const notice = reason === null ? null : await legalNotice(context, "FREE_TEXT_CONTENT");
  return { contact: { id: encodeId("Contact", done.ids.contact) }, legalNotice: notice, userErrors: [], warnings: [] };
}

function inputProblems(context: OperationContext, reason: string | null, { until }: SetRetentionHoldInput): Problem[] {
  if (reason === null) return until == null ? [] : [problem("HOLD_NEEDS_REASON", ["reason"])];
  return [
    ...freeTextProblems(reason, "reason", longestReason),
    ...(until != null && until < context.today() ? [problem("HOLD_ENDS_BEFORE_TODAY", ["until"])] : []),
  ];
}
