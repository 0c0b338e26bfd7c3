import { contactAnonymized, contactNotFound, lockVisibleContacts } from "../../contacts/index.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { contactLoader } from "../contact.loader.js";
import { selectReported } from "../reports/report-event.sql.js";
import type { ClearBounceInput, ClearBouncePayload } from "./bounce.inputs.js";
import { currentAddress, settle } from "./bounce-state.service.js";
import { insertClearing, selectBounced } from "./bounce-state.sql.js";

/**
 * Lets the contact's current address take mails again (F12). It is an event beside those reported: what bounces later
 * counts again, and a report that comes late about earlier does not.
 */
export async function clearBounce(context: OperationContext, input: ClearBounceInput): Promise<ClearBouncePayload> {
  if (!context.fields.may("Contact", "bounceStatus")) {
    return refusal(context, [problem("FIELD_NOT_AVAILABLE", ["contactId"])]);
  }
  const call = { mutation: "clearBounce", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, (db) => clear(context, db, input));
  if ("problems" in done) return refusal(context, done.problems);
  return { contact: await contactLoader(context).load(done.ids.contact), userErrors: [], warnings: [] };
}

async function clear(
  context: OperationContext,
  db: Sql,
  { contactId }: ClearBounceInput,
): Promise<{ contact: string }> {
  const key = decodeId("Contact", contactId);
  if (key === null) return refuse(contactNotFound("contactId"));
  const ids = await lockVisibleContacts(db, [key]);
  if (ids.length === 0) refuse(contactNotFound("contactId"));
  const [contact] = await selectReported(db, ids);
  if (contact?.isAnonymized) refuse(contactAnonymized("contactId"));
  const { identityKeys } = context.services;
  const [row] = await selectBounced(db, [key]);
  const { digest } = row ? currentAddress(identityKeys, db, row) : { digest: null };
  const address = digest && { contactId: key, digest };
  if (address && (await insertClearing(db, address))) await settle(identityKeys, db, [address]);
  return { contact: key };
}

function refusal(context: OperationContext, problems: readonly Problem[]): ClearBouncePayload {
  return { contact: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}
