import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** A folder where the processes of one run of the tests note what they have seen (tools/test.ts). */
const folder = process.env.STATEMENT_RECORDINGS;

/** The statements that this process sent: their texts, by the name that each begins with. */
const recorded = new Map<string, Set<string>>();

/** False when some of the specs were run by hand. */
export const isWholeRun = folder !== undefined;

/** What the product sent while the tests ran, in all processes: texts, by the name that each begins with. */
export function statementsSent(): ReadonlyMap<string, ReadonlySet<string>> {
  if (folder === undefined) return recorded;
  const sent = new Map<string, Set<string>>();
  for (const file of readdirSync(folder))
    for (const line of readFileSync(join(folder, file), "utf8").split("\n").slice(0, -1)) {
      const [name, text] = JSON.parse(line) as [string, string];
      sent.set(name, (sent.get(name) ?? new Set()).add(text));
    }
  return sent;
}

/** The name that a statement of the product begins with; null for any other text. */
function nameOf(text: string): string | null {
  return /^\s*\/\* (\w+) \*\//.exec(text)?.[1] ?? null;
}

function record(query: unknown): void {
  const text = typeof query === "string" ? query : (query as { text?: unknown } | null)?.text;
  const name = typeof text === "string" ? nameOf(text) : null;
  if (name === null) return;
  const texts = recorded.get(name) ?? new Set();
  if (texts.has(text as string)) return;
  recorded.set(name, texts.add(text as string));
  if (folder !== undefined) appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify([name, text])}\n`);
}

type Query = (this: pg.Client, ...parameters: unknown[]) => unknown;

/** Loaded before the specs (.mocharc.yml): pools, cursors and COPY all send through this one method. */
const send = pg.Client.prototype.query as Query;
pg.Client.prototype.query = function (this: pg.Client, ...parameters: unknown[]) {
  record(parameters[0]);
  return send.apply(this, parameters);
} as Query as typeof pg.Client.prototype.query;
