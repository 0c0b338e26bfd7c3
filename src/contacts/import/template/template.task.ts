import "./template.messages.js";
import type { OperationContext, Services } from "../../../platform/context.js";
import type { BulkSql, Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import { FileTooLarge } from "../../../platform/files/index.js";
import { type JobPayload, JobRefused, starterContext, type Task, uncountRun } from "../../../platform/jobs/index.js";
import { queueMail } from "../../../platform/mail/index.js";
import {
  authorizationsContent,
  contactsContent,
  criteriaContent,
  mayHave,
  type TemplateContent,
} from "./template-columns.js";
import { templateFile, templateFileName } from "./template-file.js";
import {
  type ClaimedTemplate,
  claimTemplate,
  failTemplate,
  type MadeTemplate,
  publishTemplate,
} from "./template-job.sql.js";

/** Runs that came to no end, such as those of a worker that is killed again and again. */
const mostVainRuns = 20;
const mostBytes = 4 * 1024 ** 3;
/** How long a file can be fetched. Source: F83 */
const keptMs = 7 * 24 * 3_600_000;

/** Makes import templates. A run that dies is begun anew by another one. */
export function importTemplateTask(services: Services): Task {
  return { queue: "contacts.import-template", run: (payload, signal) => runTemplate(services, payload, signal) };
}

type AsSystem = <Result>(work: (db: Sql) => Promise<Result>) => Promise<Result>;

/** Begins anew when somebody was erased meanwhile, who may stand in the file. */
async function runTemplate(services: Services, { institutionId, id }: JobPayload, signal: AbortSignal): Promise<void> {
  const asSystem: AsSystem = (work) => inTransaction(services.pools.api, systemSession(services, institutionId), work);
  let job: ClaimedTemplate | null;
  do {
    job = await asSystem((db) => claimTemplate(db, id));
  } while (job && !(await make(services, institutionId, job, { asSystem, signal })));
}

/** @returns whether there is a file, or is not going to be one */
async function make(
  services: Services,
  institutionId: number,
  job: ClaimedTemplate,
  { asSystem, signal }: { readonly asSystem: AsSystem; readonly signal: AbortSignal },
): Promise<boolean> {
  try {
    if (job.vainRuns > mostVainRuns) throw new JobRefused("TEMPLATE_INTERRUPTED");
    const { claims, locale } = job;
    const requestId = `import-template-${job.id}`;
    const starter = { institutionId, claims, permission: "import:run", requestId, signal, locale } as const;
    const context = await starterContext(services, starter);
    if (!context) throw new JobRefused("IMPORT_NOT_PERMITTED");
    return await publish(context, job, await writeFile(context, job));
  } catch (error) {
    const refused = error instanceof FileTooLarge ? new JobRefused("FILE_TOO_LARGE", { limit: mostBytes }) : error;
    if (refused instanceof JobRefused) {
      await asSystem((db) => fail(db, job, refused));
      return true;
    }
    if (signal.aborted) await asSystem((db) => uncountRun(db, { name: "contacts.import_template" }, job));
    throw error;
  }
}

/** Whoever was to be told that it is ready is told that it is not going to be. */
async function fail(db: Sql, job: ClaimedTemplate, refused: JobRefused): Promise<void> {
  if (!(await failTemplate(db, job, refused)) || !job.isMailed) return;
  const { id: subjectId, locale } = job;
  await queueMail(db, { template: "IMPORT_TEMPLATE_FAILED", contactId: null, locale, subjectId });
}

/** Streams the rows from one cursor into the store; nothing but a batch of them is in memory. */
async function writeFile(context: OperationContext, job: ClaimedTemplate): Promise<MadeTemplate> {
  const { services, caller, signal } = context;
  if (!mayHave(context, job.type)) throw new JobRefused("FIELD_NOT_AVAILABLE");
  const target = await targetOf(context, job);
  return context.bulkTransaction(async (db) => {
    const content = await contentOf(context, db, job);
    const at = context.now();
    const name = templateFileName(job.type, target, at, caller.timeZone);
    let rowCount = 0;
    const zip = templateFile(content, { name, delimiter: job.delimiter, at }, (count) => {
      signal?.throwIfAborted();
      rowCount += count;
    });
    const file = await services.files.put(caller.institutionId, zip, { maxBytes: mostBytes });
    return { file, fileName: name, columns: content.header, rowCount };
  });
}

/** The name of the target, when the starter may still take contacts of it; null for a template without one. */
async function targetOf(context: OperationContext, { targetId }: ClaimedTemplate): Promise<string | null> {
  if (targetId === null) return null;
  const mayRead = context.caller.permissions.has("target:read");
  const target = mayRead ? await context.ports.marketing.findTarget(context, targetId) : null;
  if (!target?.isDynamic) throw new JobRefused("TARGET_NOT_AVAILABLE");
  return target.name;
}

async function contentOf(context: OperationContext, db: BulkSql, job: ClaimedTemplate): Promise<TemplateContent> {
  const { type, targetId, organization } = job;
  if (type === "CONTACTS") return contactsContent(context, organization);
  const problems = await context.ports.marketing.takeTarget(context, db, targetId!);
  if (problems.length > 0) throw new JobRefused("TARGET_NOT_AVAILABLE");
  return type === "CRITERIA" ? criteriaContent(context, db, organization) : authorizationsContent(context, db);
}

/**
 * Makes the file available. In the same transaction the access log names the export (F65), and the mail is queued. When
 * it cannot be known whether that has committed, the file stays: the sweep removes it if nothing names it.
 * @returns false when it was not, because the run has it no more or its file is out of date
 */
async function publish(context: OperationContext, job: ClaimedTemplate, made: MadeTemplate): Promise<boolean> {
  const { services, caller, requestId, locale } = context;
  const expiresAt = new Date(context.now().getTime() + keptMs);
  const isOurs = await context.transaction(async (db) => {
    if (!(await publishTemplate(db, job, { ...made, clearance: caller.clearance, expiresAt }))) return false;
    if (job.type !== "CONTACTS") {
      const taken = {
        subject: "ImportTemplate",
        contactCount: made.rowCount,
        noticeVersion: job.noticeVersion,
        requestId,
      };
      await services.ports.privacy.recordExport(db, taken);
    }
    if (job.isMailed) {
      const mail = { template: "IMPORT_TEMPLATE", contactId: null, locale, subjectId: job.id } as const;
      await queueMail(db, { ...mail, carriesContacts: true });
    }
    return true;
  });
  if (!isOurs) await services.files.remove(made.file.id);
  return isOurs;
}
