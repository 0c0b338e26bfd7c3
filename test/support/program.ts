import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The program as a process of its own. */
export interface Program {
  readonly process: ChildProcess;
  /** Everything it wrote so far. */
  output(): string;
  /** The endpoint of a part, once it says that it is ready. Fails when it ends before. */
  url(part: string): Promise<string>;
  /** Its exit code, once it has ended; null when a signal ended it. */
  ended(): Promise<number | null>;
}

const main = fileURLToPath(new URL("../../src/main.js", import.meta.url));

/** @param environment in place of this process's own; PATH and HOME are passed on */
export function runProgram(words: readonly string[], environment: NodeJS.ProcessEnv, node = process.execPath): Program {
  const { PATH, HOME } = process.env;
  const child = spawn(node, [main, ...words], {
    env: { PATH, HOME, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text));
  const closed = once(child, "close").then(([code]) => code as number | null);
  return {
    process: child,
    output: () => output,
    ended: () => closed,
    async url(part) {
      const pattern = new RegExp(`^${part} is ready at (\\S+)$`, "m");
      for (;;) {
        const found = pattern.exec(output)?.[1];
        if (found) return found;
        const next = await Promise.race([once(child.stdout, "data"), closed]);
        if (!Array.isArray(next))
          throw new Error(`${part} ended with ${child.signalCode ?? `code ${next}`}: ${output}`);
      }
    },
  };
}
