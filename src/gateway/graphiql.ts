import { createHash } from "node:crypto";
import type { Plugin } from "graphql-yoga";

export interface GraphiqlOptions {
  /** Path of the GraphQL endpoint; the page is what a browser's GET gets there. */
  endpoint?: string;
  title?: string;
  /** Shown when the browser has no query of an earlier visit. */
  defaultQuery?: string;
  /** Shown in the header editor, such as `{ Authorization: "Bearer …" }`. */
  defaultHeaders?: Readonly<Record<string, string>>;
}

interface Page {
  html: string;
  policy: string;
}

/**
 * Answers a browser's GET of the endpoint with GraphiQL, complete in one page: nothing is loaded from elsewhere, and
 * the content security policy forbids it. The page (9 MB) is rendered at the first request. Use it in development only.
 */
export function useGraphiqlPage({ endpoint = "/graphql", ...options }: GraphiqlOptions = {}): Plugin {
  let page: Promise<Page> | undefined;
  return {
    async onRequest({ request, url, fetchAPI, endResponse }) {
      if (request.method !== "GET" || url.pathname !== endpoint || url.searchParams.has("query")) return;
      if (!request.headers.get("accept")?.includes("text/html")) return;
      page ??= renderPage(options);
      const { html, policy } = await page;
      const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy };
      endResponse(new fetchAPI.Response(html, { headers: { ...headers, "x-content-type-options": "nosniff" } }));
    },
  };
}

async function renderPage({ title = "GraphiQL", defaultQuery, defaultHeaders }: GraphiqlOptions): Promise<Page> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql"); // 9 MB that production does not load
  const slot = { defaultQuery: "graphiql-slot-query", headers: "graphiql-slot-headers" };
  const html = renderGraphiQL({ title, ...slot, shouldPersistHeaders: true })
    .replace(`"${slot.defaultQuery}"`, () => scriptText(defaultQuery))
    .replace(`"${slot.headers}"`, () => scriptText(defaultHeaders && JSON.stringify(defaultHeaders, null, 2)));
  return { html, policy: policyFor(html) };
}

/** A JavaScript string that cannot end the script element it stands in, which the renderer does not care for. */
function scriptText(text = ""): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}

/** The one script is allowed by its hash. The editor makes its style elements and its workers itself. */
function policyFor(html: string): string {
  const script = html.slice(html.indexOf("<script>") + "<script>".length, html.lastIndexOf("</script>"));
  const hash = createHash("sha256").update(script).digest("base64");
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' blob:`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "font-src data:",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
