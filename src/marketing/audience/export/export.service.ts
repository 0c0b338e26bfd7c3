import "./export.messages.js";
import { claimsOf } from "../../../platform/access/claims.js";
import type { OperationContext } from "../../../platform/context.js";
import { CodedError } from "../../../platform/errors/coded-error.js";
import { type Problem, problem, userErrors, warnings } from "../../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../../platform/graphql/opaque-id.js";
import { message } from "../../../platform/i18n/messages.js";
import { idempotent } from "../../../platform/idempotency.js";
import { enqueue, JobStatus } from "../../../platform/jobs/index.js";
import { legalNotice } from "../../../platform/legal-notices.js";
import { shownAudience } from "../audience.service.js";
import type { AudienceExport, ExportAudienceInput, ExportAudiencePayload } from "./export.type.js";
import { type ExportRow, insertExportJob, selectExport, selectExportPage } from "./export-job.sql.js";
import { downloadUrl } from "./export-link.js";

/** Asks for a file with the recipients of a campaign, once the notice on it was accepted (F65). */
export async function exportAudience(
  context: OperationContext,
  input: ExportAudienceInput,
): Promise<ExportAudiencePayload> {
  const notice = await legalNotice(context, "DATA_EXPORT");
  const refusal = (problems: readonly Problem[]): ExportAudiencePayload => ({
    ...{ audienceExport: null, legalNotice: notice, userErrors: userErrors(problems, context.locale), warnings: [] },
  });
  if (input.acceptedNoticeVersion !== notice.version)
    return refusal([problem("LEGAL_NOTICE_NOT_ACCEPTED", ["acceptedNoticeVersion"], { version: notice.version })]);
  const found = await shownAudience(context, input.campaignId);
  if (typeof found === "string") return refusal([problem(found, ["campaignId"])]);
  const { caller } = context;
  const call = { mutation: "exportAudience", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const job = await insertExportJob(db, {
      ...{ campaignId: found.campaign.id, clearance: caller.clearance, claims: claimsOf(caller) },
      noticeVersion: notice.version,
    });
    await enqueue(db, "marketing.audience-export", { institutionId: db.institutionId, id: job });
    return { audienceExport: job };
  });
  if ("problems" in done) return refusal(done.problems);
  const row = await selectExport(context.db, done.ids.audienceExport);
  const warned = warnings(found.run?.isUnderWay ? ["CAMPAIGN_UNDER_WAY"] : [], context.locale);
  return { audienceExport: row && toExport(context, row), legalNotice: notice, userErrors: [], warnings: warned };
}

/** Null when the caller has none of this id. */
export async function audienceExport(context: OperationContext, id: string): Promise<AudienceExport | null> {
  const key = decodeId("AudienceExport", id);
  const row = key === null ? null : await selectExport(context.db, key);
  return row && toExport(context, row);
}

/** The caller's own, the newest first. @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function audienceExports(
  context: OperationContext,
  wanted: { readonly first: number; readonly after: string | null },
): Promise<Connection<AudienceExport>> {
  assertFirst(wanted.first);
  const rows = await selectExportPage(context.db, { before: idBehind(wanted.after), limit: wanted.first + 1 });
  const { edges, pageInfo } = page(rows, wanted, ({ id }) => [id]);
  const shown = edges.map(({ cursor, node }) => ({ cursor, node: toExport(context, node) }));
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo };
}

function toExport(context: OperationContext, row: ExportRow): AudienceExport {
  const { sizeBytes, sha256, requestedAt, finishedAt, expiresAt, failureCode } = row;
  const isDone = row.status === "DONE";
  return {
    id: encodeId("AudienceExport", row.id),
    campaignId: encodeId("Campaign", row.campaignId),
    status: JobStatus[row.status],
    progress: isDone ? 1 : Math.min(row.processed / Math.max(row.total ?? 1, 1), 1),
    contactCount: isDone ? row.total : null,
    ...{ sizeBytes, sha256, requestedAt, finishedAt, expiresAt },
    failure: failureCode === null ? null : { code: failureCode, message: message(failureCode, context.locale) },
    downloadUrl: row.fileId === null ? null : downloadUrl(context.services, context.caller, row.id),
  };
}

function idBehind(after: string | null): string | null {
  const [id] = decodeCursor(after, 1) ?? [null];
  if (id === null || (typeof id === "string" && /^\d{1,18}$/.test(id))) return id;
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}
