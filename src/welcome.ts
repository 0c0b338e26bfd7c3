import type { Application } from "./application.js";
import { clearanceOf } from "./platform/access/clearance.js";

/** What start prints: the address, a token for each demo caller, and a first query to paste. */
export async function welcome({ urls, demoIssuer, hasDemoData, product: { demo } }: Application): Promise<string> {
  const lines = ["", ...[...urls].map(([part, url]) => `${part} is ready at ${url}`)];
  if (demo && demoIssuer && hasDemoData && urls.has("gateway")) {
    lines.push("", "Bearer tokens of the demo callers, valid for a week:");
    for (const { login, description, clearance, ...caller } of demo.callers) {
      const claims = { ...caller, subject: login, clearance: clearanceOf(clearance) };
      lines.push("", `  ${login}: ${description}`, `  ${await demoIssuer.sign(claims)}`);
    }
    lines.push(
      "",
      "A first query:",
      "",
      ...demo.firstQuery
        .trim()
        .split("\n")
        .map((line) => `  ${line}`),
    );
    lines.push(
      "",
      `In a browser, ${urls.get("gateway")} is GraphiQL: put { "Authorization": "Bearer …" } under Headers.`,
    );
  }
  return `${lines.join("\n")}\n`;
}
