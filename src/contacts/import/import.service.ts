import DataLoader from "dataloader";
import { claimsOf } from "../../platform/access/claims.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, notACursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import type { UserError } from "../../platform/graphql/shared-types.js";
import { message } from "../../platform/i18n/messages.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { JobStatus, startFileJob } from "../../platform/jobs/index.js";
import { contactLoaders, type VisibleContact } from "../contact.loaders.js";
import { isEmail } from "../contact.validation.js";
import { ImportMode, type ImportOutcome, ImportType, type ImportUndoOutcome } from "./import.enums.js";
import "./import.messages.js";
import type { CancelImportInput, ImportJob, ImportRow, StartImportInput, UndoImportInput } from "./import.type.js";
import {
  cancelJob,
  type ImportedRow,
  type ImportJobRow,
  insertJob,
  type JobStarter,
  type Plan,
  type PlanSubject,
  selectImportedRows,
  selectJobPage,
  selectJobs,
  selectPlan,
} from "./import-job.sql.js";
import { importJobs } from "./import-run.sql.js";
import type { RowProblem } from "./import-strategy.js";
import { queueImportMail } from "./mail/import-mail.js";
import { startUndo, undoableUntil } from "./undo/index.js";

interface ImportAnswer {
  importJob: ImportJob | null;
  userErrors: UserError[];
  warnings: [];
}

/** Takes the file in and queues its job. */
export async function startImport(context: OperationContext, input: StartImportInput): Promise<ImportAnswer> {
  const { type, mode, onMatch, idempotencyKey, file, organizationId, approvedPlanHash, notifyEmail } = input;
  const { caller } = context;
  const problems = inputProblems(context, input);
  if (problems.length > 0) return refusal(context, problems);
  const asked = { type, mode, onMatch, organization: organizationId ?? null };
  const started = await startFileJob(context, {
    ...{ table: importJobs, queue: "contacts.import", mutation: "startImport", idempotencyKey, upload: file },
    input: { type, mode, onMatch, organizationId, approvedPlanHash, notifyEmail },
    async insert(db, { id: fileId, sha256: fileDigest }) {
      const plan =
        approvedPlanHash == null ? null : await planOf(db, context, approvedPlanHash, { ...asked, fileDigest });
      const starter = { clearance: caller.clearance, claims: claimsOf(caller) };
      return insertJob(db, {
        ...asked,
        ...starter,
        fileId,
        fileDigest,
        plan,
        locale: context.locale,
        notifyEmail: notifyEmail?.trim() || null,
      });
    },
  });
  if ("problems" in started) return refusal(context, started.problems);
  const [job] = await selectJobs(context.db, starterOf(context), [started.jobId]);
  return { importJob: job ? toJob(context, job) : null, userErrors: [], warnings: [] };
}

function inputProblems({ caller }: OperationContext, input: StartImportInput): Problem[] {
  const { mode, organizationId, approvedPlanHash, notifyEmail } = input;
  const email = notifyEmail?.trim();
  const isForeign = organizationId != null && !caller.organizations.includes(organizationId);
  return [
    ...(isForeign ? [problem("UNKNOWN_ORGANIZATION", ["organizationId"])] : []),
    ...(email && !isEmail(email) ? [problem("INVALID_EMAIL", ["notifyEmail"])] : []),
    ...(approvedPlanHash != null && mode === ImportMode.CHECK
      ? [problem("PLAN_NOT_EXPECTED", ["approvedPlanHash"])]
      : []),
  ];
}

/** The plan that an update carries out. Refuses one that does not exist for the caller, and one of something else. */
async function planOf(db: Sql, context: OperationContext, hash: string, subject: PlanSubject): Promise<Plan> {
  const plan = await selectPlan(db, starterOf(context), hash, subject);
  if (!plan) return refuse(problem("PLAN_NOT_FOUND", ["approvedPlanHash"]));
  if (!plan.isOfSame) return refuse(problem("PLAN_OF_OTHER_FILE", ["approvedPlanHash"]));
  return plan;
}

/** Ends an import, and tells whom its end is told; what was written until then stays. */
export async function cancelImport(context: OperationContext, input: CancelImportInput): Promise<ImportAnswer> {
  const id = decodeId("ImportJob", input.id);
  const starter = starterOf(context);
  const call = { mutation: "cancelImport", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const [job] = id === null ? [] : await selectJobs(db, starter, [id]);
    if (!job) return refuse(problem("IMPORT_NOT_FOUND", ["id"]));
    const cancelled = await cancelJob(db, starter, job.id);
    if (!cancelled) return refuse(problem("IMPORT_HAS_ENDED", ["id"]));
    await queueImportMail(db, "IMPORT_ENDED", cancelled);
    return { importJob: job.id };
  });
  if ("problems" in done) return refusal(context, done.problems);
  const [job] = await selectJobs(context.db, starter, [done.ids.importJob]);
  if (job) await context.services.files.remove(job.fileId);
  return { importJob: job ? toJob(context, job) : null, userErrors: [], warnings: [] };
}

/** Has an import undone that has ended, in the background. */
export async function undoImport(context: OperationContext, input: UndoImportInput): Promise<ImportAnswer> {
  const done = await startUndo(context, starterOf(context), input);
  if ("problems" in done) return refusal(context, done.problems);
  const [job] = await selectJobs(context.db, starterOf(context), [done.ids.importJob]);
  return { importJob: job ? toJob(context, job) : null, userErrors: [], warnings: [] };
}

/** Null for an id of no job, and of one that does not exist for the caller. */
export async function findImportJob(context: OperationContext, id: string): Promise<ImportJob | null> {
  const key = decodeId("ImportJob", id);
  return key === null ? null : context.once(jobLoader).load(key);
}

function jobLoader(context: OperationContext) {
  return new DataLoader<string, ImportJob | null>(async (ids) => {
    const rows = await selectJobs(context.db, starterOf(context), ids);
    const byId = new Map(rows.map((row) => [row.id, toJob(context, row)]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

interface PageArguments {
  first: number;
  after: string | null;
}

/** The newest first. */
export async function findImportJobs(
  context: OperationContext,
  { first, after }: PageArguments,
): Promise<Connection<ImportJob>> {
  assertFirst(first);
  const key = decodeCursor(after, 1);
  if (key && !/^[1-9]\d{0,17}$/.test(String(key[0]))) throw notACursor();
  const wanted = { before: key && String(key[0]), limit: first + 1 };
  const rows = await selectJobPage(context.db, starterOf(context), wanted);
  const jobs = rows.map((row) => toJob(context, row));
  return page(jobs, { first, after }, ({ id }) => [decodeId("ImportJob", id)]);
}

/** Rows of a job that was found for the caller, in the order of the file. */
export async function importedRows(
  context: OperationContext,
  job: ImportJob,
  {
    outcome,
    undoOutcome,
    first,
    after,
  }: PageArguments & {
    outcome: ImportOutcome | null;
    undoOutcome: ImportUndoOutcome | null;
  },
): Promise<Connection<ImportRow>> {
  assertFirst(first);
  const [line] = decodeCursor(after, 1) ?? [0];
  if (typeof line !== "number" || !Number.isInteger(line) || line < 0 || line >= 2 ** 31) throw notACursor();
  const jobId = decodeId("ImportJob", job.id)!;
  const wanted = { outcome: outcome ?? null, undoOutcome: undoOutcome ?? null, after: line, limit: first + 1 };
  const rows = await selectImportedRows(context.db, jobId, wanted);
  return page(
    rows.map((row) => ({ jobId, ...toRow(context, row) })),
    { first, after },
    (row) => [row.line],
  );
}

/** Null also for callers who may not read contacts: an import answers how rows went, not who people are. */
export async function importedContact(
  context: OperationContext,
  { contactId }: ImportRow,
): Promise<VisibleContact | null> {
  if (contactId === null || !context.caller.permissions.has("contact:read")) return null;
  return contactLoaders(context).byId.load(contactId);
}

/** A partner sees what he started; everybody else what his clearance allows. */
function starterOf({ caller }: OperationContext): JobStarter {
  return caller.kind === "PARTNER" ? { kind: caller.kind, login: caller.login } : null;
}

function refusal(context: OperationContext, problems: readonly Problem[]): ImportAnswer {
  return { importJob: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}

function toJob(context: OperationContext, row: ImportJobRow): ImportJob {
  const { failureCode, undoFailureCode } = row;
  const undo = undoFailureCode ? { code: undoFailureCode, message: message(undoFailureCode, context.locale) } : null;
  return {
    ...row,
    id: encodeId("ImportJob", row.id),
    type: ImportType[row.type as keyof typeof ImportType],
    mode: ImportMode[row.mode],
    onMatch: row.onMatch as ImportJob["onMatch"],
    progress: progressOf(row),
    counters: countersOf(row),
    recencies: row.activities,
    warnings: (row.warnings ?? []).map(({ code, parameters }) => ({
      ...{ code, message: message(code, context.locale, parameters) },
    })),
    fileError: failureCode
      ? { code: failureCode, message: message(failureCode, context.locale, row.failureParameters ?? {}) }
      : null,
    undoableUntil: undoableUntil(row),
    undoError: undo,
  };
}

const finished: ReadonlySet<JobStatus> = new Set([JobStatus.DONE, JobStatus.DONE_WITH_ERRORS, JobStatus.UNDONE]);

/** Of the import; of its undo while that goes on. */
function progressOf(row: ImportJobRow): number {
  if (finished.has(row.status)) return 1;
  const { undone, kept, created, updated } = row;
  if (row.status === JobStatus.UNDOING) return (undone + kept) / (created + updated);
  return row.total ? processedOf(row) / row.total : 0;
}

const processedOf = ({ created, updated, unchanged, skipped, conflicts, errors }: ImportJobRow): number =>
  created + updated + unchanged + skipped + conflicts + errors;

function countersOf(row: ImportJobRow): ImportJob["counters"] {
  const { created, updated, unchanged, skipped, conflicts, errors, undone, kept } = row;
  const isCheck = row.mode === ImportMode.CHECK;
  return {
    ...{ total: row.total ?? 0, processed: processedOf(row), unchanged, skipped, conflicts, errors, undone, kept },
    ...{ created: isCheck ? 0 : created, updated: isCheck ? 0 : updated },
    ...{ wouldCreate: isCheck ? created : 0, wouldUpdate: isCheck ? updated : 0 },
  };
}

function toRow({ locale }: OperationContext, row: ImportedRow): Omit<ImportRow, "jobId"> {
  const { line, outcome, contactId, undoOutcome } = row;
  const shown = (problems: readonly RowProblem[] | null) =>
    (problems ?? []).map(({ code, column, parameters }) => ({
      ...{ line, column, code },
      message: message(code, locale, parameters),
    }));
  return {
    ...{ line, outcome, contactId, undoOutcome },
    problems: shown(row.problems),
    undoProblems: shown(row.undoProblems),
  };
}
