import pg from "pg";

/** The statements that the product sent while the tests ran: their texts, by the name that each begins with. */
export const recorded = new Map<string, Set<string>>();

/** The name that a statement of the product begins with; null for any other text. */
function nameOf(text: string): string | null {
  return /^\s*\/\* (\w+) \*\//.exec(text)?.[1] ?? null;
}

function record(query: unknown): void {
  const text = typeof query === "string" ? query : (query as { text?: unknown } | null)?.text;
  const name = typeof text === "string" ? nameOf(text) : null;
  if (name === null) return;
  const texts = recorded.get(name) ?? new Set();
  recorded.set(name, texts.add(text as string));
}

type Query = (this: pg.Client, ...parameters: unknown[]) => unknown;

/** Loaded before the specs (.mocharc.yml): pools, cursors and COPY all send through this one method. */
const send = pg.Client.prototype.query as Query;
pg.Client.prototype.query = function (this: pg.Client, ...parameters: unknown[]) {
  record(parameters[0]);
  return send.apply(this, parameters);
} as Query as typeof pg.Client.prototype.query;
