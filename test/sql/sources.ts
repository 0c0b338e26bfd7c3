import { globSync, readFileSync } from "node:fs";

/** A statement as a source file holds it. */
export interface SourceStatement {
  readonly file: string;
  readonly name: string;
  /** The function that it stands in; null when it stands in none. */
  readonly functionName: string | null;
  /** Whether it is the first statement of its function. */
  readonly isFirst: boolean;
  /** Parameters and result of the function. */
  readonly signature: string;
}

const sources = () => globSync("src/**/*.ts").map((file) => ({ file, source: readFileSync(file, "utf8") }));

const namedText = /[`"']\/\* (\w+) \*\//g;
const functionStart = /^(?:export )?(?:async )?function (\w+)(?:<[^(]*>)?(\([\s\S]*?\n?\)[^{;]*)\{\n/gm;

/** Every statement of the product: each is a text that begins with a comment, its name. */
export function sourceStatements(): SourceStatement[] {
  return sources().flatMap(({ file, source }) => {
    const seen = new Set<number>();
    return [...source.matchAll(namedText)].map(({ index, 1: name }) => {
      const around = functionAround(source, index);
      const isFirst = around !== null && !seen.has(around.index);
      if (around) seen.add(around.index);
      return { file, name: name!, isFirst, functionName: around?.name ?? null, signature: around?.signature ?? "" };
    });
  });
}

function functionAround(source: string, at: number): { index: number; name: string; signature: string } | null {
  const start = [...source.slice(0, at).matchAll(functionStart)].at(-1);
  if (!start || source.slice(start.index, at).includes("\n}\n")) return null;
  return { index: start.index, name: start[1]!, signature: start[2]! };
}

/** Calls of a module's `query` with a text that has no name, as `file:line`. Texts out of a variable are not judged. */
export function namelessCalls(): string[] {
  const call = /\.query(?:<[^()]*>)?\(\s*[`"'](?!\/\* \w+ \*\/)/g;
  return sources()
    .filter(({ file }) => /^src\/(?:contacts|marketing|history|privacy|demo)\//.test(file))
    .flatMap(({ file, source }) =>
      [...source.matchAll(call)].map(({ index }) => `${file}:${source.slice(0, index).split("\n").length}`),
    );
}
