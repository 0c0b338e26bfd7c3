import type { Plugin } from "graphql-yoga";

const methods = "GET, POST, OPTIONS";
const requestHeaders = "accept-language, authorization, content-type, x-graphql-csrf, x-request-id";
const responseHeaders = "ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, x-request-id";
const preflightSeconds = "600";

/**
 * Lets pages of these origins, and no others, call the API. Without a list no CORS header is ever sent.
 * No credentials: callers bring a bearer token, never a cookie. Give the server `cors: false`: yoga's own answers
 * `Access-Control-Allow-Origin: null` to unlisted origins, which is what a sandboxed frame of anyone calls itself.
 *
 * @param origins such as `https://office.example.org`, compared letter by letter
 */
export function useCors(origins: readonly string[] = []): Plugin {
  if (origins.length === 0) return {};
  const allowed = new Set(origins);
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      if (request.method !== "OPTIONS" || !request.headers.has("access-control-request-method")) return;
      endResponse(new fetchAPI.Response(null, { status: 204, headers: { "content-length": "0" } }));
    },
    onResponse({ request, response }) {
      response.headers.append("vary", "Origin");
      const origin = request.headers.get("origin");
      if (!origin || !allowed.has(origin)) return;
      response.headers.set("access-control-allow-origin", origin);
      response.headers.set("access-control-expose-headers", responseHeaders);
      if (request.method !== "OPTIONS") return;
      response.headers.set("access-control-allow-methods", methods);
      response.headers.set("access-control-allow-headers", requestHeaders);
      response.headers.set("access-control-max-age", preflightSeconds);
    },
  };
}
