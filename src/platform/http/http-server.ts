import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { StartupError } from "../errors/startup-error.js";
import { requestTarget } from "./request-target.js";

/** What a readiness check found, by the name of what was checked. */
export type Readiness = ReadonlyMap<string, boolean>;

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Name of the setting that changes the port. */
  readonly portSetting: string;
  /** Answers by path; anything else is 404. */
  readonly routes: Readonly<Record<string, RequestListener>>;
}

export interface HttpServer {
  /** Where it listens, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** From now on connections end with their answer. */
  drain(): void;
  /** Accepts nothing more, and resolves when all running requests are answered or `deadlineMs` has passed. */
  stop(deadlineMs: number): Promise<void>;
}

/** Longer than load balancers keep their side open, so that they do not send into a closing connection. */
const keepAliveMs = 65_000;
/** A large file over a slow line takes its time; its sender had to show a token before. */
const longestRequestMs = 3_600_000;

/** @throws StartupError PORT_TAKEN */
export async function listen({ host, port, portSetting, routes }: HttpServerOptions): Promise<HttpServer> {
  let isDraining = false;
  const server = createServer((request, response) => {
    if (isDraining) response.setHeader("connection", "close");
    response.once("close", () => {
      if (isDraining) setImmediate(() => server.closeIdleConnections());
    });
    const path = requestTarget(request)?.pathname ?? "";
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route) route(request, response);
    else answerJson(response, 404, { error: "not found" });
  });
  server.keepAliveTimeout = keepAliveMs;
  server.requestTimeout = longestRequestMs;
  await listening(server, host, port, portSetting);
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    drain: () => {
      isDraining = true;
    },
    stop: async (deadlineMs) => {
      isDraining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
      await closed;
      clearTimeout(deadline);
    },
  };
}

async function listening(server: Server, host: string, port: number, portSetting: string): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "EADDRINUSE" ? `port ${port} is taken by another program` : message;
    throw new StartupError(
      "PORT_TAKEN",
      `Cannot listen on ${host}: ${reason}. Set ${portSetting} (and HOST) to where this may listen.`,
    );
  }
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

/** `/health`: the process runs. */
export const health: RequestListener = (_request, response) => answerJson(response, 200, { status: "ok" });

/** `/ready`: whether requests should be sent here. 503 while it starts, ends, or lacks what it needs. */
export function ready(
  isServing: () => boolean,
  check: () => Promise<{ isReady: boolean; checks: Readiness }>,
): RequestListener {
  const answer = async (response: ServerResponse) => {
    if (!isServing()) return answerJson(response, 503, { status: "stopping" });
    const { isReady, checks } = await check();
    const parts = Object.fromEntries([...checks].map(([name, isFine]) => [name, isFine ? "ok" : "unreachable"]));
    answerJson(response, isReady ? 200 : 503, { status: isReady ? "ready" : "not ready", checks: parts });
  };
  return (_request, response) => void answer(response);
}
