import "./subject.messages.js";
import type { OperationContext, Services } from "../../platform/context.js";
import type { BulkSql, Sql } from "../../platform/database/sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inTransaction } from "../../platform/database/transaction.js";
import { FileTooLarge, type StoredFile } from "../../platform/files/index.js";
import { type JobPayload, JobRefused, starterContext, type Task, uncountRun } from "../../platform/jobs/index.js";
import { queueMail } from "../../platform/mail/index.js";
import { subjectFile } from "./subject-file.js";
import {
  type ClaimedSubjectExport,
  claimSubjectExport,
  failSubjectExport,
  publishSubjectExport,
  selectContactOfExport,
} from "./subject-job.sql.js";
import { subjectTables } from "./subject-tables.js";

/** Runs that came to no end, such as those of a worker that is killed again and again. */
const mostVainRuns = 20;
const mostBytes = 16 * 1024 ** 3;
/** How long a file can be fetched. */
const keptMs = 7 * 24 * 3_600_000;

/** Makes exports for the right of access. A run that dies is begun anew by another one. */
export function subjectExportTask(services: Services): Task {
  return { queue: "privacy.subject-export", run: (payload, signal) => runExport(services, payload, signal) };
}

async function runExport(services: Services, { institutionId, id }: JobPayload, signal: AbortSignal): Promise<void> {
  const asSystem = <Result>(work: (db: Sql) => Promise<Result>) =>
    inTransaction(services.pools.api, systemSession(services, institutionId), work);
  const job = await asSystem((db) => claimSubjectExport(db, id));
  if (!job) return;
  try {
    if (job.vainRuns > mostVainRuns) throw new JobRefused("SUBJECT_EXPORT_INTERRUPTED");
    const { claims, locale } = job;
    const requestId = `subject-export-${id}`;
    const starter = { institutionId, claims, permission: "subject:export", requestId, signal, locale } as const;
    const context = await starterContext(services, starter);
    if (!context) throw new JobRefused("SUBJECT_EXPORT_NOT_PERMITTED");
    await publish(context, job, await writeFile(context, job));
  } catch (error) {
    const refused = error instanceof FileTooLarge ? new JobRefused("SUBJECT_EXPORT_INTERRUPTED") : error;
    if (refused instanceof JobRefused) return asSystem((db) => failSubjectExport(db, job, refused.code));
    if (signal.aborted) await asSystem((db) => uncountRun(db, { name: "privacy.subject_export" }, job));
    throw error;
  }
}

/** Streams the rows of table after table into the store. Who may export is cleared for everybody: it is complete. */
function writeFile(context: OperationContext, { contactId, locale }: ClaimedSubjectExport): Promise<StoredFile> {
  const { services, caller, signal } = context;
  return context.bulkTransaction(async (db: BulkSql) => {
    const subject = await selectContactOfExport(db, contactId);
    if (!subject) throw new JobRefused("CONTACT_NOT_FOUND");
    if (subject.isAnonymized) throw new JobRefused("CONTACT_ANONYMIZED");
    const head = { institution: subject.institution, at: context.now(), timeZone: caller.timeZone, locale };
    const tables = subjectTables(db, services.ports.erasers, { contactId, locale, signal });
    return services.files.put(caller.institutionId, subjectFile(head, tables), { maxBytes: mostBytes });
  });
}

/**
 * Makes the file available. In the same transaction the access log names the export (F65), and the mail is queued. When
 * it cannot be known whether that has committed, the file stays: the sweep removes it if nothing names it.
 */
async function publish(context: OperationContext, job: ClaimedSubjectExport, file: StoredFile): Promise<void> {
  const { services, requestId, locale } = context;
  const expiresAt = new Date(context.now().getTime() + keptMs);
  const isOurs = await context.transaction(async (db) => {
    if (!(await publishSubjectExport(db, job, { file, expiresAt }))) return false;
    const { contactId, noticeVersion } = job;
    const taken = { subject: "SubjectExport", contactCount: 1, contactId, noticeVersion, requestId };
    await services.ports.privacy.recordExport(db, taken);
    if (job.isMailed) await queueMail(db, { template: "SUBJECT_EXPORT", contactId, locale, subjectId: job.id });
    return true;
  });
  if (!isOurs) await services.files.remove(file.id);
}
