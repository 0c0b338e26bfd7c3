import type { IncomingMessage } from "node:http";

const base = "http://localhost";

/**
 * Path and parameters of what a request asks for; null for what is no address. Two slashes at the beginning begin a path here,
 * and no host: anybody may send anything, before he has shown who he is.
 */
export function requestTarget({ url = "/" }: Pick<IncomingMessage, "url">): URL | null {
  return URL.parse(url.startsWith("/") ? `${base}${url}` : url, base);
}
