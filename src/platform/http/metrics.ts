import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestListener, ServerResponse } from "node:http";
import type { Telemetry } from "../telemetry.js";
import { answerJson } from "./http-server.js";

/** `/metrics`, for those who show the token; without one for all who reach the port, which is then one of its own. */
export function metricsRoute(telemetry: Telemetry, token: string | null): RequestListener {
  const answer = async (response: ServerResponse) => {
    const text = await telemetry.text();
    response.writeHead(200, { "content-type": telemetry.contentType, "cache-control": "no-store" }).end(text);
  };
  return (request, response) => {
    if (token === null || isSame(request.headers.authorization ?? "", `Bearer ${token}`)) return void answer(response);
    response.setHeader("www-authenticate", "Bearer");
    answerJson(response, 401, { error: "unauthorized" });
  };
}

/** Takes the same time whatever is wrong. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
