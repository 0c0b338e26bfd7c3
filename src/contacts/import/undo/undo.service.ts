import "./undo.messages.js";
import { claimsOf } from "../../../platform/access/claims.js";
import type { OperationContext } from "../../../platform/context.js";
import { type Problem, problem } from "../../../platform/errors/user-error.js";
import { decodeId } from "../../../platform/graphql/opaque-id.js";
import { idempotent, type Refused, refuse } from "../../../platform/idempotency.js";
import { enqueue, JobStatus } from "../../../platform/jobs/index.js";
import { isEmail } from "../../contact.validation.js";
import type { UndoImportInput } from "../import.type.js";
import { type ImportJobRow, type JobStarter, selectJobs } from "../import-job.sql.js";
import { keptMs } from "../retention.js";
import { queueUndo } from "./undo-job.sql.js";

const ended: ReadonlySet<JobStatus> = new Set([
  JobStatus.DONE,
  JobStatus.DONE_WITH_ERRORS,
  JobStatus.FAILED,
  JobStatus.CANCELLED,
]);

/** Until when an import can be undone: as long as its rows are kept. Null when there is nothing to undo, or not yet. */
export function undoableUntil(job: ImportJobRow): Date | null {
  const { mode, status, created, updated, finishedAt } = job;
  if (mode === "CHECK" || !ended.has(status) || created + updated === 0 || !finishedAt) return null;
  return job.rowsRemovedAt ? null : new Date(finishedAt.getTime() + keptMs);
}

/**
 * Has an import undone, in the background; one whose undo could not go on is undone from there.
 * @returns its database id; problems IMPORT_NOT_FOUND, IMPORT_NOT_ENDED, IMPORT_UNDONE, NOTHING_TO_UNDO, UNDO_EXPIRED,
 *   FIELD_NOT_AVAILABLE, INVALID_EMAIL and those of the key
 */
export async function startUndo(
  context: OperationContext,
  starter: JobStarter,
  input: UndoImportInput,
): Promise<{ ids: { importJob: string } } | Refused> {
  const id = decodeId("ImportJob", input.id);
  const email = input.notifyEmail?.trim() || null;
  const call = { mutation: "undoImport", key: input.idempotencyKey, input };
  return idempotent(context, call, async (db) => {
    const [job] = id === null ? [] : await selectJobs(db, starter, [id]);
    if (!job) return refuse(problem("IMPORT_NOT_FOUND", ["id"]));
    const problems = [...problemsOf(context, job), ...(email && !isEmail(email) ? [noAddress] : [])];
    if (problems.length > 0) return refuse(...problems);
    const asked = { claims: claimsOf(context.caller), notifyEmail: email, locale: context.locale };
    if (!(await queueUndo(db, job.id, asked))) return refuse(problem("IMPORT_UNDONE", ["id"]));
    await enqueue(db, "contacts.import-undo", { institutionId: db.institutionId, id: job.id });
    return { importJob: job.id };
  });
}

const noAddress = problem("INVALID_EMAIL", ["notifyEmail"]);

/** What is withheld cannot be written, and what became of the rows would tell it. */
const writes: Readonly<Record<string, string>> = { AUTHORIZATIONS: "authorizations", CRITERIA: "criteria" };

function problemsOf(context: OperationContext, job: ImportJobRow): Problem[] {
  const { status, mode } = job;
  const until = undoableUntil(job);
  const field = writes[job.type];
  const code = () => {
    if (status === JobStatus.UNDOING || status === JobStatus.UNDONE) return "IMPORT_UNDONE";
    if (!ended.has(status)) return "IMPORT_NOT_ENDED";
    if (mode === "CHECK" || job.created + job.updated === 0) return "NOTHING_TO_UNDO";
    if (!until || until <= context.now()) return "UNDO_EXPIRED";
    return field && !context.fields.may("Contact", field) ? "FIELD_NOT_AVAILABLE" : null;
  };
  const found = code();
  return found === null ? [] : [problem(found, ["id"])];
}
