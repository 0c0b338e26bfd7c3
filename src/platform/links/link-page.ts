import { createHash } from "node:crypto";
import type { RequestListener, ServerResponse } from "node:http";
import { requestTarget } from "../http/request-target.js";
import type { Locale } from "../i18n/locale.js";

/** What somebody sees who follows a link. */
export interface LinkPage {
  readonly status: number;
  readonly locale: Locale;
  readonly title: string;
  /** Plain text; line feeds stay. */
  readonly paragraphs: readonly string[];
  /** What the button says that acts; none when there is nothing left to do. */
  readonly button?: string;
}

/** Answers one request to a link. Nobody else than its token says who asks. */
export type LinkAnswer = (request: {
  readonly token: string | null;
  readonly acts: boolean;
  readonly acceptLanguage: string | undefined;
}) => Promise<LinkPage>;

const style =
  "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#222}" +
  "p{white-space:pre-line}button{font:inherit;padding:.6rem 1.4rem;cursor:pointer}";
const styleHash = createHash("sha256").update(style).digest("base64");

const headers = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  // the address is the credential: it goes nowhere
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex",
  "x-content-type-options": "nosniff",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
};

const mostBodyBytes = 64 * 1024;
/** Nobody has shown a token of ours yet who sends one slowly. */
const longestBodyMs = 10_000;

/**
 * Serves a link: GET and HEAD show a page and change nothing, because programs that look for dangerous links follow
 * them too; POST acts. Whatever else the request brings is read and forgotten: neither cookie nor body counts.
 * @param onFault is told of what went wrong; the page says only that something did
 * @param bodyMs how long the body may take
 */
export function linkRoute(
  answer: LinkAnswer,
  onFault: (error: unknown) => void,
  bodyMs = longestBodyMs,
): RequestListener {
  return (request, response) => {
    const { method = "" } = request;
    if (!["GET", "HEAD", "POST"].includes(method)) {
      response.writeHead(405, { ...headers, allow: "GET, HEAD, POST" }).end();
      return;
    }
    const deadline = setTimeout(() => request.destroy(), bodyMs);
    request.once("close", () => clearTimeout(deadline));
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBodyBytes) request.destroy();
    });
    request.once("end", () => {
      clearTimeout(deadline);
      const token = requestTarget(request)?.searchParams.get("token") ?? null;
      const asked = { token, acts: method === "POST", acceptLanguage: request.headers["accept-language"] };
      answer(asked).then(
        (page) => send(response, page, method === "HEAD"),
        (error) => {
          onFault(error);
          response.writeHead(503, { ...headers, "retry-after": "30" }).end();
        },
      );
    });
  };
}

function send(response: ServerResponse, page: LinkPage, isHead: boolean): void {
  const body = html(page);
  response.writeHead(page.status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(isHead ? undefined : body);
}

/** The form goes to where the page came from, with its token; its field is the one of RFC 8058, also for people. */
function html({ locale, title, paragraphs, button }: LinkPage): string {
  const form = button
    ? `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${escaped(button)}</button></form>`
    : "";
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><h1>${escaped(title)}</h1>${paragraphs.map((text) => `<p>${escaped(text)}</p>`).join("\n")}${form}</body></html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
