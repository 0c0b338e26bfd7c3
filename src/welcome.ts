import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Application } from "./application.js";
import { clearanceOf } from "./platform/access/clearance.js";

/**
 * What start prints: the address, a token for each demo caller, and a first query to paste.
 * @param dataDir keeps the tokens too, one file per login that only this user may read, for commands to take them from
 */
export async function welcome(application: Application, dataDir: string): Promise<string> {
  const { urls, demoIssuer, hasDemoData, product } = application;
  const { demo } = product;
  const lines = ["", ...[...urls].map(([part, url]) => `${part} is ready at ${url}`)];
  if (demo && demoIssuer && hasDemoData && urls.has("gateway")) {
    const folder = join(dataDir, "tokens");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    lines.push("", `Bearer tokens of the demo callers, valid for a week, also as files in ${folder}:`);
    for (const { login, description, clearance, ...caller } of demo.callers) {
      const claims = { ...caller, subject: login, clearance: clearanceOf(clearance) };
      const token = await demoIssuer.sign(claims);
      await writeFile(join(folder, login), token, { mode: 0o600 });
      lines.push("", `  ${login}: ${description}`, `  ${token}`);
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
