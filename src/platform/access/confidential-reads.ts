import type { OperationContext } from "../context.js";
import { ConfidentialityLevel, clearanceOf } from "./clearance.js";

const confidential = clearanceOf(ConfidentialityLevel.CONFIDENTIAL);

/** Notes that the caller is shown a contact of this level (database id). Who reads his own file is not noted. */
export function noteRead(context: OperationContext, contactId: string, level: number): void {
  if (level === confidential && context.caller.ownContactId !== contactId) context.confidentialReads.add(contactId);
}

/** Writes what was noted into the access log. Before the answer leaves: when it fails, there is no answer. */
export async function logReads(context: OperationContext): Promise<void> {
  const ids = [...context.confidentialReads];
  if (ids.length === 0) return;
  context.confidentialReads.clear();
  await context.transaction((db) => context.ports.privacy.recordReads(db, ids, context.requestId));
}
