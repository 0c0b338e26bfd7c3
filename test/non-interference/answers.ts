import type { Path } from "./selections.js";

/** True for an answer that is more than nothing: a list with an item, a payload that refuses nothing. */
export function isSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSomething);
  if (typeof value !== "object" || value === null) return value !== null;
  const { userErrors, nodes } = value as { userErrors?: unknown[]; nodes?: unknown[] };
  if (userErrors) return userErrors.length === 0;
  return nodes ? nodes.length > 0 : true;
}

/** Those answers that together say most: the longest, then those that say what the others do not. */
export function mostTelling<Found extends { readonly answer: unknown; readonly size: number }>(
  found: readonly Found[],
  count: number,
): Found[] {
  const told = new Set<string>();
  const rest = found.toSorted((a, b) => b.size - a.size);
  const chosen: Found[] = [];
  while (chosen.length < count && rest.length > 0) {
    const news = rest.map(({ answer }) => keysOf(answer).filter((key) => !told.has(key)).length);
    const [best] = rest.splice(news.indexOf(Math.max(...news)), 1);
    for (const key of keysOf(best!.answer)) told.add(key);
    chosen.push(best!);
  }
  return chosen;
}

/** Names of what an answer has a value for, with the value where it is one of few. */
function keysOf(answer: unknown): string[] {
  return JSON.stringify(answer).match(/"__typename":"\w+"|"\w+":(?!null|\[\])("[A-Z_]+"|true|.)/g) ?? [];
}

/** Whether an answer has something at the end of a path. */
export function reaches(answer: unknown, path: Path): boolean {
  if (Array.isArray(answer)) return answer.some((each) => reaches(each, path));
  if (answer === null || answer === undefined) return false;
  const [step, ...rest] = path;
  if (!step) return true;
  if (!step.field) return (answer as { __typename?: string }).__typename === step.target.name && reaches(answer, rest);
  return reaches((answer as Readonly<Record<string, unknown>>)[step.field.field.name], rest);
}
