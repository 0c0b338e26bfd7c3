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
import { type ChangedAuthorization, selectState, updateAuthorizations } from "../contact.sql.js";
import {
  authorizationNotApplicable,
  authorizationsMissing,
  authorizationsWithheld,
  contactInvalid,
  duplicateCode,
} from "./authorization.errors.js";
import type { AuthorizationInput, SetAuthorizationsInput, SetAuthorizationsPayload } from "./authorization.inputs.js";
import { authorizationCodes, storedAuthorization } from "./authorization.js";

/**
 * Sets authorizations of an individual, with the rule of 5.4: INSTITUTION_EMAIL TRUE makes an EMPTY EMAIL TRUE unless
 * EMAIL is given. An invalid contact may withdraw, never agree (F07, Q-16).
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

async function change(db: Sql, input: SetAuthorizationsInput): Promise<{ contact: string }> {
  const ids = await contactToChange(db, input.contactId);
  const { isStructure, isAnonymized, isValid } = await selectState(db, ids);
  if (isAnonymized) refuse(contactAnonymized("contactId"));
  if (isStructure) refuse(authorizationNotApplicable());
  const values = new Map(input.authorizations.map(({ code, value }) => [code, storedAuthorization(value)]));
  const changed = await updateAuthorizations(db, ids, values);
  if (!isValid) refuseAgreements(input.authorizations, changed);
  return { contact: ids[0]! };
}

async function contactToChange(db: Sql, id: string): Promise<VisibleContactIds> {
  const key = decodeId("Contact", id);
  if (key === null) return refuse(contactNotFound("contactId"));
  const ids = await lockVisibleContacts(db, [key]);
  return ids.length > 0 ? ids : refuse(contactNotFound("contactId"));
}

/** What was written is undone: only the statement knows which values are new. */
function refuseAgreements(wanted: readonly AuthorizationInput[], changed: readonly ChangedAuthorization[]): void {
  const agreed = changed.filter(({ value }) => value === true).map(({ code }) => code);
  const problems = wanted.flatMap(({ code }, index) => (agreed.includes(code) ? [contactInvalid(index)] : []));
  if (problems.length > 0) refuse(...problems);
}

function inputProblems(context: OperationContext, { authorizations }: SetAuthorizationsInput): Problem[] {
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
