import type { Plugin } from "graphql-yoga";
import { requestFault } from "./request-fault.js";

/** What a page of another origin can send without the browser asking us first (fetch standard, "simple" requests). */
const simpleTypes = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/**
 * Refuses requests that a browser sends for a foreign page without a preflight (GET, forms, multipart, plain text),
 * unless one of these headers is there: 403, `CSRF_HEADER_MISSING`. POST with JSON is preflighted and stays untouched.
 * The rule is that of yoga's own plugin, which however answers without a code.
 */
export function useCsrfPrevention(headers: readonly string[] = ["x-graphql-csrf", "apollo-require-preflight"]): Plugin {
  return {
    onRequestParse({ request }) {
      if (isPreflighted(request.headers.get("content-type"))) return;
      if (headers.some((header) => request.headers.has(header))) return;
      throw requestFault("CSRF_HEADER_MISSING", 403, `Send this request with the header "${headers[0]}" (any value).`);
    },
  };
}

function isPreflighted(contentType: string | null): boolean {
  const type = contentType?.trim().toLowerCase();
  return !!type && !simpleTypes.some((simple) => type.startsWith(simple));
}
