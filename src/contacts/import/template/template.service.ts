import DataLoader from "dataloader";
import "./template.messages.js";
import { claimsOf } from "../../../platform/access/claims.js";
import type { OperationContext } from "../../../platform/context.js";
import { type Problem, problem, userErrors } from "../../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, notACursor, page } from "../../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../../platform/graphql/opaque-id.js";
import type { Download } from "../../../platform/http/download.js";
import { type Locale, locales } from "../../../platform/i18n/locale.js";
import { message } from "../../../platform/i18n/messages.js";
import { idempotent } from "../../../platform/idempotency.js";
import { enqueue } from "../../../platform/jobs/index.js";
import { legalNotice } from "../../../platform/legal-notices.js";
import { isEmail } from "../../contact.validation.js";
import { ImportType } from "../import.enums.js";
import {
  type GenerateImportTemplateInput,
  type GenerateImportTemplatePayload,
  ImportDelimiter,
  type ImportTemplate,
  ImportTemplateStatus,
} from "./template.type.js";
import { mayHave, maySee } from "./template-columns.js";
import { insertTemplate, selectTemplatePage, selectTemplates, type TemplateRow } from "./template-job.sql.js";

/** Where files of templates are fetched. */
export const templatePath = "/import-templates/file";

/** Asks for a template, which a worker makes. */
export async function generateImportTemplate(
  context: OperationContext,
  input: GenerateImportTemplateInput,
): Promise<GenerateImportTemplatePayload> {
  const notice = await legalNotice(context, "DATA_EXPORT");
  const targetId = input.targetId == null ? null : decodeId("Target", input.targetId);
  const problems = [...inputProblems(context, input), ...(await targetProblems(context, input, targetId))];
  if (problems.length > 0) return refusal(context, problems);
  const { caller } = context;
  const locale = (input.locale as Locale | null | undefined) ?? context.locale;
  const call = { mutation: "generateImportTemplate", key: input.idempotencyKey, input };
  let made: TemplateRow | undefined;
  const done = await idempotent(context, call, async (db) => {
    made = await insertTemplate(db, {
      ...{ type: input.type, targetId, organization: input.organizationId ?? null, locale },
      ...{ delimiter: delimiterOf(input.delimiter, locale), notifyEmail: input.notifyEmail?.trim() || null },
      ...{ clearance: caller.clearance, claims: claimsOf(caller), noticeVersion: notice.version },
    });
    await enqueue(db, "contacts.import-template", { institutionId: db.institutionId, id: made.id });
    return { template: made.id };
  });
  if ("problems" in done) return refusal(context, done.problems);
  // as it was asked for: a worker may have it by now
  const [row] = made ? [made] : await selectTemplates(context.db, [done.ids.template]);
  const importTemplate = row ? await toTemplate(context, row) : null;
  return { importTemplate, legalNotice: notice, userErrors: [], warnings: [] };
}

function delimiterOf(wish: ImportDelimiter | null | undefined, locale: Locale): ";" | "," {
  if (wish != null) return wish === ImportDelimiter.COMMA ? "," : ";";
  return locale === "en" ? "," : ";";
}

function inputProblems(context: OperationContext, input: GenerateImportTemplateInput): Problem[] {
  const { organizationId, notifyEmail, locale, type } = input;
  const isForeign = organizationId != null && !context.caller.organizations.includes(organizationId);
  const email = notifyEmail?.trim();
  return [
    ...(isForeign ? [problem("UNKNOWN_ORGANIZATION", ["organizationId"])] : []),
    ...(email && !isEmail(email) ? [problem("INVALID_EMAIL", ["notifyEmail"])] : []),
    ...(locale != null && !locales.some((known) => known === locale) ? [problem("UNKNOWN_LOCALE", ["locale"])] : []),
    ...(mayHave(context, type) ? [] : [problem("FIELD_NOT_AVAILABLE", ["type"])]),
  ];
}

/** Source: F81; a target that the caller may not see is not there. */
async function targetProblems(
  context: OperationContext,
  { type, targetId: given }: GenerateImportTemplateInput,
  targetId: string | null,
): Promise<Problem[]> {
  const path = ["targetId"];
  if (type === ImportType.CONTACTS) return given == null ? [] : [problem("TARGET_NOT_EXPECTED", path)];
  if (given == null) return [problem("TARGET_REQUIRED", path)];
  const target = targetId === null ? null : await findTarget(context, targetId);
  if (!target) return [problem("TARGET_NOT_FOUND", path)];
  if (!target.isDynamic) return [problem("TARGET_NOT_DYNAMIC", path)];
  return target.problems.length > 0 ? [problem("TARGET_NOT_AVAILABLE", path)] : [];
}

async function findTarget(context: OperationContext, targetId: string) {
  if (!context.caller.permissions.has("target:read")) return null;
  return context.ports.marketing.findTarget(context, targetId);
}

async function refusal(
  context: OperationContext,
  problems: readonly Problem[],
): Promise<GenerateImportTemplatePayload> {
  const notice = await legalNotice(context, "DATA_EXPORT");
  return {
    importTemplate: null,
    legalNotice: notice,
    userErrors: userErrors(problems, context.locale),
    warnings: [],
  };
}

/** Null for an id of none of the caller's own. */
export async function findImportTemplate(context: OperationContext, id: string): Promise<ImportTemplate | null> {
  const key = decodeId("ImportTemplate", id);
  const row = key === null ? null : await context.once(templateLoader).load(key);
  return row && toTemplate(context, row);
}

function templateLoader(context: OperationContext) {
  return new DataLoader<string, TemplateRow | null>(async (ids) => {
    const byId = new Map((await selectTemplates(context.db, ids)).map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** The caller's own, the newest first. @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function findImportTemplates(
  context: OperationContext,
  wanted: { readonly first: number; readonly after: string | null },
): Promise<Connection<ImportTemplate>> {
  assertFirst(wanted.first);
  const [before = null] = decodeCursor(wanted.after, 1) ?? [];
  if (before !== null && !/^[1-9]\d{0,17}$/.test(String(before))) throw notACursor();
  const wish = { before: before === null ? null : String(before), limit: wanted.first + 1 };
  const rows = await selectTemplatePage(context.db, wish);
  const templates = await Promise.all(rows.map((row) => toTemplate(context, row)));
  return page(templates, wanted, ({ id }) => [decodeId("ImportTemplate", id)!]);
}

async function toTemplate(context: OperationContext, row: TemplateRow): Promise<ImportTemplate> {
  const { failureCode, failureParameters, fileName, sizeBytes, expiresAt, rowCount, createdAt, finishedAt } = row;
  const id = encodeId("ImportTemplate", row.id);
  const mayFetch = row.fileId !== null && (await isTheirs(context, row));
  return {
    ...{ id, fileName, sizeBytes, expiresAt, rowCount, createdAt, finishedAt },
    type: ImportType[row.type],
    status: ImportTemplateStatus[row.status],
    downloadUrl: mayFetch ? context.services.links.at(templatePath, { id }) : null,
    legalNotice: await legalNotice(context, "DATA_EXPORT"),
    failure:
      failureCode === null
        ? null
        : { code: failureCode, message: message(failureCode, context.locale, failureParameters ?? {}) },
  };
}

/** Whether the caller may still have all that a file holds: rights, shares and levels change in seven days. */
async function isTheirs(context: OperationContext, { type, targetId, columns }: TemplateRow): Promise<boolean> {
  if (targetId !== null && !(await findTarget(context, targetId))) return false;
  return maySee(context, type, columns ?? []);
}

/** The zip behind an id, for who asked for it. */
export async function findTemplateFile(context: OperationContext, id: string): Promise<Download | null> {
  const key = decodeId("ImportTemplate", id);
  if (key === null || !context.caller.permissions.has("import:run")) return null;
  const [row] = await selectTemplates(context.db, [key]);
  if (!row?.fileId || !(await isTheirs(context, row))) return null;
  return { fileId: row.fileId, name: zipNameOf(row.fileName!), type: "application/zip" };
}

export const zipNameOf = (fileName: string): string => fileName.replace(/csv$/, "zip");
