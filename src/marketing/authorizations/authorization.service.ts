import {
  contactAnonymized,
  contactNotFound,
  lockVisibleContacts,
  type VisibleContactIds,
} from "../../contacts/index.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, userErrors } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { contactLoader } from "../contact.loader.js";
import {
  authorizationNotApplicable,
  authorizationsMissing,
  authorizationsWithheld,
  contactInvalid,
  duplicateCode,
  notHisOwn,
} from "./authorization.errors.js";
import type { AuthorizationInput, SetAuthorizationsInput, SetAuthorizationsPayload } from "./authorization.inputs.js";
import { authorizationCodes, storedAuthorization } from "./authorization.js";
import { selectState } from "./authorization.sql.js";
import { type AuthorizationEventRow, applyAuthorizations } from "./ledger.sql.js";
import { shownWordings } from "./wording.service.js";

/**
 * Sets authorizations of an individual, with the rule of 5.4: INSTITUTION_EMAIL TRUE makes an EMPTY EMAIL TRUE unless
 * EMAIL is given. An invalid contact may withdraw and nothing else (F07, Q-16). A CONTACT sets his own.
 */
export async function setAuthorizations(
  context: OperationContext,
  input: SetAuthorizationsInput,
): Promise<SetAuthorizationsPayload> {
  const problems = inputProblems(context, input);
  if (problems.length > 0) return refusal(context, problems);
  const call = { mutation: "setAuthorizations", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, (db) => change(db, input));
  if ("problems" in done) return refusal(context, done.problems);
  return { contact: await contactLoader(context).load(done.ids.contact), userErrors: [], warnings: [] };
}

async function change(db: Sql, { contactId, authorizations }: SetAuthorizationsInput): Promise<{ contact: string }> {
  const ids = await contactToChange(db, contactId);
  const { isStructure, isAnonymized, isValid } = await selectState(db, ids);
  if (isAnonymized) refuse(contactAnonymized("contactId"));
  if (isStructure) refuse(authorizationNotApplicable());
  const wordings = await shownWordings(db, authorizations);
  const values = new Map(authorizations.map(({ code, value }) => [code, storedAuthorization(value)]));
  const events = await applyAuthorizations(db, ids, [{ contactId: ids[0]!, values }], { wordings });
  if (!isValid) refuseAllButWithdrawals(authorizations, events);
  return { contact: ids[0]! };
}

/** The contact, locked. Refuses what the caller does not see. */
export async function contactToChange(db: Sql, id: string): Promise<VisibleContactIds> {
  const key = decodeId("Contact", id);
  if (key === null) return refuse(contactNotFound("contactId"));
  const ids = await lockVisibleContacts(db, [key]);
  return ids.length > 0 ? ids : refuse(contactNotFound("contactId"));
}

/** What was written is undone: only the statement knows which values are new. */
function refuseAllButWithdrawals(
  wanted: readonly AuthorizationInput[],
  events: readonly AuthorizationEventRow[],
): void {
  const others = events.filter(({ value }) => value !== false).map(({ code }) => code);
  const problems = wanted.flatMap(({ code }, index) => (others.includes(code) ? [contactInvalid(index)] : []));
  if (problems.length > 0) refuse(...problems);
}

function inputProblems(context: OperationContext, { contactId, authorizations }: SetAuthorizationsInput): Problem[] {
  const { ownContactId } = context.caller;
  // not even of those of his community, whom he may see
  if (ownContactId !== null && decodeId("Contact", contactId) !== ownContactId) return [notHisOwn()];
  if (!context.fields.may("Contact", "authorizations")) return [authorizationsWithheld()];
  if (authorizations.length === 0) return [authorizationsMissing()];
  const codes = authorizations.map(({ code }) => code);
  const repeated = codes.flatMap((code, index) => (codes.indexOf(code) < index ? [duplicateCode(code, index)] : []));
  // a caller who sends a thousand of them learns enough from these
  return repeated.slice(0, authorizationCodes.length);
}

function refusal(context: OperationContext, problems: readonly Problem[]): SetAuthorizationsPayload {
  return { contact: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}
