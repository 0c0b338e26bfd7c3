import "./subject.messages.js";
import { contactAnonymized, contactNotFound, isEmail, lockVisibleContacts } from "../../contacts/index.js";
import { isPermitted } from "../../platform/access/allow.js";
import { claimsOf } from "../../platform/access/claims.js";
import type { OperationContext } from "../../platform/context.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, notACursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import type { Download } from "../../platform/http/download.js";
import { type Locale, locales } from "../../platform/i18n/locale.js";
import { message } from "../../platform/i18n/messages.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { enqueue } from "../../platform/jobs/index.js";
import { legalNotice } from "../../platform/legal-notices.js";
import {
  type ExportSubjectInput,
  type ExportSubjectPayload,
  type SubjectExport,
  SubjectExportStatus,
} from "./subject.type.js";
import {
  insertSubjectExport,
  type SubjectExportRow,
  selectContactOfExport,
  selectSubjectExport,
  selectSubjectExportPage,
} from "./subject-job.sql.js";

/** Where files of exports are fetched. */
export const subjectPath = "/subject-exports/file";

/** Asks for everything that is held of a contact, for his right of access (GDPR, article 15). A worker makes it. */
export async function exportSubject(
  context: OperationContext,
  input: ExportSubjectInput,
): Promise<ExportSubjectPayload> {
  const notice = await legalNotice(context, "DATA_EXPORT");
  const answer = (problems: readonly Problem[], row: SubjectExportRow | null): ExportSubjectPayload => ({
    ...{ subjectExport: row && toExport(context, row), legalNotice: notice },
    ...{ userErrors: userErrors(problems, context.locale), warnings: [] },
  });
  const problems = inputProblems(input);
  if (problems.length > 0) return answer(problems, null);
  const { caller } = context;
  const call = { mutation: "exportSubject", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const id = decodeId("Contact", input.contactId);
    const locked = await lockVisibleContacts(db, id === null ? [] : [id]);
    const subject = locked[0] === undefined ? null : await selectContactOfExport(db, locked[0]);
    if (!subject) return refuse(contactNotFound("contactId"));
    if (subject.isAnonymized) return refuse(contactAnonymized("contactId"));
    const job = await insertSubjectExport(db, locked, {
      ...{ locale: (input.locale as Locale | null | undefined) ?? context.locale },
      ...{ notifyEmail: input.notifyEmail?.trim() || null, clearance: caller.clearance, claims: claimsOf(caller) },
      noticeVersion: notice.version,
    });
    await enqueue(db, "privacy.subject-export", { institutionId: db.institutionId, id: job });
    return { subjectExport: job };
  });
  if ("problems" in done) return answer(done.problems, null);
  return answer([], await selectSubjectExport(context.db, done.ids.subjectExport));
}

function inputProblems({ locale, notifyEmail }: ExportSubjectInput): Problem[] {
  const email = notifyEmail?.trim();
  return [
    ...(locale != null && !locales.some((known) => known === locale) ? [problem("UNKNOWN_LOCALE", ["locale"])] : []),
    ...(email && !isEmail(email) ? [problem("INVALID_EMAIL", ["notifyEmail"])] : []),
  ];
}

/** Null when the caller has none of this id. */
export async function subjectExport(context: OperationContext, id: string): Promise<SubjectExport | null> {
  const key = decodeId("SubjectExport", id);
  const row = key === null ? null : await selectSubjectExport(context.db, key);
  return row && toExport(context, row);
}

export interface SubjectExportWish {
  readonly contactId: string | null;
  readonly first: number;
  readonly after: string | null;
}

/** The caller's own, the newest first. @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function subjectExports(
  context: OperationContext,
  wish: SubjectExportWish,
): Promise<Connection<SubjectExport>> {
  assertFirst(wish.first);
  const [before = null] = decodeCursor(wish.after, 1) ?? [];
  if (before !== null && !/^[1-9]\d{0,17}$/.test(String(before))) throw notACursor();
  const contactId = wish.contactId === null ? null : (decodeId("Contact", wish.contactId) ?? "0");
  const wanted = { contactId, before: before === null ? null : String(before), limit: wish.first + 1 };
  const rows = await selectSubjectExportPage(context.db, wanted);
  const { edges, pageInfo } = page(rows, wish, ({ id }) => [id]);
  const shown = edges.map(({ cursor, node }) => ({ cursor, node: toExport(context, node) }));
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo };
}

function toExport(context: OperationContext, row: SubjectExportRow): SubjectExport {
  const { locale, sizeBytes, sha256, expiresAt, requestedAt, finishedAt, failureCode, fileId } = row;
  const id = encodeId("SubjectExport", row.id);
  return {
    ...{ id, locale, sizeBytes, sha256, expiresAt, requestedAt, finishedAt },
    contact: { id: encodeId("Contact", row.contactId) },
    status: row.status === "READY" && fileId === null ? SubjectExportStatus.EXPIRED : SubjectExportStatus[row.status],
    downloadUrl: fileId === null ? null : context.services.links.at(subjectPath, { id }),
    failure: failureCode === null ? null : { code: failureCode, message: message(failureCode, context.locale) },
  };
}

/** The zip behind an id, for who asked for it. */
export async function findSubjectFile(context: OperationContext, id: string): Promise<Download | null> {
  const key = decodeId("SubjectExport", id);
  if (key === null || !isPermitted(context.caller, "subject:export")) return null;
  const row = await selectSubjectExport(context.db, key);
  return row?.fileId ? { fileId: row.fileId, name: "subject-export.zip", type: "application/zip" } : null;
}
