import { isPermitted } from "../../../platform/access/allow.js";
import type { Services } from "../../../platform/context.js";
import type { Sql } from "../../../platform/database/sql.js";
import { encodeId } from "../../../platform/graphql/opaque-id.js";
import type { Locale, Texts } from "../../../platform/i18n/locale.js";
import { message } from "../../../platform/i18n/messages.js";
import { fillText, type Letter, type MailTemplate, queueMail } from "../../../platform/mail/index.js";
import { type ImportMailRow, selectImportMail } from "./import-mail.sql.js";
import * as texts from "./import-mail.texts.js";

/** What a mail tells of. */
export type ImportMailCode = "IMPORT_ENDED" | "IMPORT_UNDONE";

/** Tells who wants to be told that an import, or its undo, has ended; in the transaction that ends it. */
export async function queueImportMail(
  db: Sql,
  template: ImportMailCode,
  { id, isMailed, locale }: { readonly id: string; readonly isMailed: boolean; readonly locale: Locale },
): Promise<void> {
  if (isMailed) await queueMail(db, { template, contactId: null, locale, subjectId: id });
}

/** Says that an import has ended, with how many rows; nothing of anybody who is in it. No marketing. */
export function importEndedMail(services: Services): MailTemplate {
  return templateOf(services, "IMPORT_ENDED", ({ status, mode }) => {
    if (status === "FAILED") return { subject: texts.failedSubject, what: texts.failed, counts: texts.importCounts };
    if (status === "CANCELLED") {
      const what = mode === "CHECK" ? texts.cancelledCheck : texts.cancelled;
      return { subject: texts.cancelledSubject, what, counts: texts.cancelledCounts };
    }
    const what = mode === "CHECK" ? texts.checked : texts.updated;
    return { subject: texts.endedSubject, what, counts: texts.importCounts };
  });
}

/** The same of its undo. */
export function importUndoneMail(services: Services): MailTemplate {
  return templateOf(services, "IMPORT_UNDONE", ({ isUndone }) =>
    isUndone
      ? { subject: texts.undoneSubject, what: texts.undone, counts: texts.undoCounts }
      : { subject: texts.undoFailedSubject, what: texts.undoFailed, counts: texts.undoCounts },
  );
}

interface Parts {
  readonly subject: Texts;
  readonly what: Texts;
  readonly counts: Texts;
}

function templateOf(services: Services, code: ImportMailCode, partsOf: (row: ImportMailRow) => Parts): MailTemplate {
  return {
    code,
    async compose(db, { subjectId, locale }) {
      const found = subjectId === null ? null : await selectImportMail(db, subjectId, code === "IMPORT_UNDONE");
      if (!found || !(await mayStillImport(services, found))) return null;
      const why = whyOf(code, found, locale);
      return letterOf(found, { id: encodeId("ImportJob", subjectId!), why, locale, ...partsOf(found) });
    },
  };
}

/** Who has left since is told nothing. */
async function mayStillImport({ ports }: Services, { claims }: ImportMailRow): Promise<boolean> {
  const caller = await ports.privacy.callerOf(claims);
  return caller !== null && isPermitted(caller, "import:run");
}

function whyOf(code: ImportMailCode, row: ImportMailRow, locale: Locale): string {
  const { failureCode, failureParameters, undoFailureCode } = row;
  if (code === "IMPORT_UNDONE") return undoFailureCode ? message(undoFailureCode, locale) : "";
  return failureCode ? message(failureCode, locale, failureParameters ?? {}) : "";
}

function letterOf(
  row: ImportMailRow,
  {
    id,
    why,
    locale,
    subject,
    what,
    counts,
  }: Parts & { readonly id: string; readonly why: string; readonly locale: Locale },
): Letter {
  const { total, created, updated, unchanged, skipped, conflicts, errors, undone, kept } = row;
  const processed = created + updated + unchanged + skipped + conflicts + errors;
  const numbers = {
    total: total ?? 0,
    processed,
    created,
    updated,
    unchanged,
    skipped,
    conflicts,
    errors,
    undone,
    kept,
  };
  const values = Object.fromEntries(Object.entries(numbers).map(([name, count]) => [name, String(count)]));
  return {
    to: { name: "", address: row.email },
    subject: subject[locale],
    text: fillText(texts.frame[locale], {
      what: fillText(what[locale], { why }).trim(),
      counts: fillText(counts[locale], values),
      id,
      institution: row.institution,
    }),
  };
}
