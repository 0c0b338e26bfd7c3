import { randomUUID } from "node:crypto";
import type { RequestListener, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { isPermitted } from "../../../platform/access/allow.js";
import { OperationContext, type Services } from "../../../platform/context.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import { FileNotFound } from "../../../platform/files/index.js";
import { requestTarget } from "../../../platform/http/request-target.js";
import { type ExportRow, selectClaimsOfExport, selectExport } from "./export-job.sql.js";
import { type FileLink, fileLinkOf, filePlace } from "./export-link.js";

const headers = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
  "x-content-type-options": "nosniff",
};

/**
 * The export behind a link, when who asked for it may still have it: rights that were taken from him since count.
 * Each download stands in the access log before it begins (F65).
 */
async function exportOf(services: Services, { institutionId, exportId }: FileLink): Promise<ExportRow | null> {
  const { privacy } = services.ports;
  const claims = await inTransaction(services.pools.api, systemSession(services, institutionId), (db) =>
    selectClaimsOfExport(db, exportId),
  );
  const caller = claims && (await privacy.callerOf(claims));
  if (!caller || caller.institutionId !== institutionId || !isPermitted(caller, "audience:export")) return null;
  const operation = { caller, raisedLevels: new Map(), locale: "en", requestId: randomUUID() } as const;
  const context = new OperationContext(services, operation);
  return context.transaction(async (db) => {
    const row = await selectExport(db, exportId);
    if (!row?.fileId) return null;
    const { requestId } = context;
    await privacy.recordExport(db, { subject: "AudienceFile", contactCount: row.total, requestId });
    return row;
  });
}

/** Serves the files of exports to whoever has a link that has not expired. */
export function exportRoutes(services: Services): Readonly<Record<string, RequestListener>> {
  return {
    [filePlace.path]: (request, response) => {
      const { method = "" } = request;
      if (method !== "GET" && method !== "HEAD") {
        response.writeHead(405, { ...headers, allow: "GET, HEAD" }).end();
        return;
      }
      const token = requestTarget(request)?.searchParams.get("token") ?? null;
      answer(services, token, response, method === "HEAD").catch((error: unknown) => {
        services.log.error({ code: (error as { code?: unknown }).code }, "a file could not be sent");
        if (response.headersSent) response.destroy();
        else response.writeHead(503, { ...headers, "retry-after": "30" }).end();
      });
    },
  };
}

async function answer(services: Services, token: string | null, response: ServerResponse, isHead: boolean) {
  const link = fileLinkOf(services, token);
  const row = link && (await exportOf(services, link));
  if (!row?.fileId) {
    response.writeHead(410, headers).end();
    return;
  }
  const { fileId } = row;
  const file = await services.files.open(fileId).catch((error) => {
    if (error instanceof FileNotFound) return null;
    throw error;
  });
  if (!file) {
    response.writeHead(410, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "content-type": "application/zip",
    "content-length": String(row.sizeBytes),
    "content-disposition": 'attachment; filename="recipients.zip"',
  });
  if (isHead) {
    file.destroy();
    response.end();
    return;
  }
  await pipeline(file, response);
}
