import "./anonymize.messages.js";
import { contactAnonymized, contactNotFound, lockVisibleContacts } from "../../contacts/index.js";
import type { OperationContext } from "../../platform/context.js";
import { withFullClearance } from "../../platform/database/full-clearance.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { type AnonymizeContactInput, type AnonymizeContactPayload, ErasureResult } from "./anonymize.type.js";
import { certificateByKey } from "./certificate/certificate.reading.js";
import { eraseContacts } from "./erase.service.js";
import { type Obstacles, selectObstacles } from "./obstacle.sql.js";

/**
 * Erases one contact by hand (4.5): whatever his activity, but not with an open balance (F55, E33) or a role that keeps him
 * out (F47), and never a structure. Irreversible (F56).
 */
export async function anonymizeContact(
  context: OperationContext,
  input: AnonymizeContactInput,
): Promise<AnonymizeContactPayload> {
  const call = { mutation: "anonymizeContact", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const [id] = await lockVisibleContacts(db, decodedIds(input.contactId));
    const obstacles = id === undefined ? null : await withFullClearance(db, () => selectObstacles(db, id));
    if (id === undefined || !obstacles) return refuse(contactNotFound("contactId"));
    const problems = problemsOf(obstacles);
    if (problems.length > 0) return refuse(...problems);
    const outcome = input.deleteIfProspect && obstacles.isProspect ? "DELETE" : "ANONYMIZE";
    const { removed, certificateId } = await eraseContacts(context.services, db, {
      contacts: [{ id, outcome }],
      rule: "MANUAL",
    });
    const result = removed.length > 0 ? ErasureResult.DELETED : ErasureResult.ANONYMIZED;
    return { contact: id, result, certificate: certificateId };
  });
  if ("problems" in done) {
    const nothing = { contact: null, result: null, certificate: null, warnings: [] };
    return { ...nothing, userErrors: userErrors(done.problems, context.locale) };
  }
  const result = done.ids.result as ErasureResult;
  const contact = result === ErasureResult.DELETED ? null : { id: encodeId("Contact", done.ids.contact) };
  const certificate = await certificateByKey(context, done.ids.certificate);
  return { contact, result, certificate, userErrors: [], warnings: [] };
}

function decodedIds(contactId: string): string[] {
  const id = decodeId("Contact", contactId);
  return id === null ? [] : [id];
}

function problemsOf({ type, isAnonymized, excludingRoles, hasOpenBalance, isHeld }: Obstacles): Problem[] {
  if (type === "STRUCTURE") return [problem("ERASURE_NOT_OF_STRUCTURES", ["contactId"])];
  if (isAnonymized) return [contactAnonymized("contactId")];
  return [
    ...(excludingRoles.length > 0
      ? [problem("ROLE_EXCLUDES_ERASURE", ["contactId"], { roles: excludingRoles.join(", ") })]
      : []),
    ...(isHeld ? [problem("RETENTION_HOLD", ["contactId"])] : []),
    ...(hasOpenBalance ? [problem("OPEN_BALANCE", ["contactId"])] : []),
  ];
}
