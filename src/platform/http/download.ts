import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { GraphQLError } from "graphql";
import type { VerifyToken } from "../access/token.js";
import { OperationContext, type Services } from "../context.js";
import { CodedError } from "../errors/coded-error.js";
import { FileNotFound } from "../files/index.js";
import { negotiateLocale } from "../i18n/locale.js";
import { answerJson } from "./http-server.js";
import { requestTarget } from "./request-target.js";

/** A file that a caller may have. */
export interface Download {
  readonly fileId: string;
  /** As it is saved; ASCII without quotes. */
  readonly name: string;
  readonly type: string;
}

/** The file behind an id, for this caller, now; null when there is none for him. */
export type FindDownload = (context: OperationContext, id: string) => Promise<Download | null>;

export interface DownloadOptions {
  readonly services: Services;
  readonly verify: VerifyToken;
  /** Of the pages that may fetch files. */
  readonly origins: readonly string[];
}

const headers = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
  "x-content-type-options": "nosniff",
};

/**
 * Serves files at `<path>?id=<opaque id>` to whoever may have them, and shows his token. Without one the address opens
 * nothing: it may stand in a mail.
 */
export function downloadRoutes(
  options: DownloadOptions,
  downloads: Readonly<Record<string, FindDownload>>,
): Readonly<Record<string, RequestListener>> {
  const routes = Object.entries(downloads).map(([path, find]) => [path, downloadRoute(options, find)] as const);
  return Object.fromEntries(routes);
}

function downloadRoute(options: DownloadOptions, find: FindDownload): RequestListener {
  const { log } = options.services;
  return (request, response) => {
    const { method = "" } = request;
    allowOrigin(options.origins, request, response);
    if (method === "OPTIONS") {
      response.writeHead(204, { ...headers, allow: "GET, HEAD, OPTIONS" }).end();
      return;
    }
    if (method !== "GET" && method !== "HEAD") {
      response.writeHead(405, { ...headers, allow: "GET, HEAD, OPTIONS" }).end();
      return;
    }
    answer(options, find, request, response).catch((error: unknown) => {
      // whoever went away before the end is no fault of ours
      if (response.headersSent) return void response.destroy();
      const { code, status } = faultOf(error);
      if (status >= 500) log.error({ code, error: (error as { code?: unknown }).code }, "a file could not be sent");
      answerJson(response, status, { code });
    });
  };
}

async function answer(
  { services, verify }: DownloadOptions,
  find: FindDownload,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const context = await contextOf(services, verify, request);
  const id = requestTarget(request)?.searchParams.get("id") ?? "";
  const found = await find(context, id);
  if (!found) throw new FileNotFound();
  const sizeBytes = await services.files.sizeOf(found.fileId);
  const file = await services.files.open(found.fileId);
  response.writeHead(200, {
    ...headers,
    "content-type": found.type,
    "content-length": sizeBytes,
    "content-disposition": `attachment; filename="${found.name}"`,
  });
  if (request.method === "HEAD") {
    file.destroy();
    response.end();
    return;
  }
  await pipeline(file, response);
}

async function contextOf(services: Services, verify: VerifyToken, request: IncomingMessage): Promise<OperationContext> {
  const { privacy } = services.ports;
  const caller = await privacy.callerOf(await verify(request.headers.authorization ?? null));
  if (!caller) throw new CodedError("FORBIDDEN", "The bearer of this token has no access here.");
  const raisedLevels = await privacy.raisedLevels(caller.institutionId);
  const locale = negotiateLocale(request.headers["accept-language"]);
  return new OperationContext(services, { caller, raisedLevels, locale, requestId: randomUUID() });
}

/** Of files that are missing, expired or somebody else's alike: 404. */
function faultOf(error: unknown): { readonly code: string; readonly status: number } {
  if (error instanceof FileNotFound) return { code: "FILE_NOT_AVAILABLE", status: 404 };
  const code = error instanceof GraphQLError ? error.extensions.code : null;
  if (code === "UNAUTHENTICATED") return { code, status: 401 };
  if (code === "FORBIDDEN") return { code, status: 403 };
  return { code: "SERVICE_UNAVAILABLE", status: 503 };
}

/** As the CORS of the API: letter by letter, and nothing without a list. */
function allowOrigin(origins: readonly string[], request: IncomingMessage, response: ServerResponse): void {
  if (origins.length === 0) return;
  response.setHeader("vary", "Origin");
  const { origin } = request.headers;
  if (!origin || !origins.includes(origin)) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-allow-methods", "GET, HEAD, OPTIONS");
  response.setHeader("access-control-allow-headers", "accept-language, authorization");
  response.setHeader("access-control-expose-headers", "content-disposition");
}
