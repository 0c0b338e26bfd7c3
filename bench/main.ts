import "reflect-metadata";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { StartupError } from "../src/platform/errors/startup-error.js";
import type { Bench } from "./harness/bench.js";
import { readWish, usage, type Wish } from "./harness/command-line.js";
import { reportOf, tableOf } from "./harness/report.js";
import { runBench } from "./harness/run.js";

const folder = join(process.env.DATA_DIR ?? ".data", "bench");

/** Each file beside this one is a bench. */
const names = globSync("*.js", { cwd: import.meta.dirname })
  .map((file) => basename(file, ".js"))
  .filter((name) => name !== "main")
  .sort();

async function benchOf(name: string): Promise<Bench> {
  if (!names.includes(name))
    throw new StartupError("SETTING_INVALID", `There is no bench ${name}; there are ${names.join(", ")}.`);
  return ((await import(`./${name}.js`)) as { bench: Bench }).bench;
}

/** What `npm start` tells Node, so that the memory is that of the product. */
function startOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return (scripts.start as string).match(/--max-\S+/g) ?? [];
}

async function list(): Promise<void> {
  process.stdout.write(`${usage}\nBenches:\n`);
  for (const name of names) process.stdout.write(`  ${name}: ${(await benchOf(name)).description}\n`);
}

async function run(name: string, { scale, rounds, json }: Wish): Promise<void> {
  const bench = await benchOf(name);
  const contacts = scale ?? bench.scale;
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  // those of the processes that serve, such as --cpu-prof
  const own = process.env.BENCH_NODE_OPTIONS?.split(" ") ?? [];
  const execArgv = [...startOptions(), ...own];
  const measured = await runBench(bench, { scale: contacts, rounds, folder, execArgv, tell });
  process.stdout.write(tableOf(measured));
  if (json) process.stdout.write(`${JSON.stringify(reportOf(name, contacts, measured))}\n`);
}

try {
  const wish = readWish(process.argv.slice(2));
  await (wish.bench === null ? list() : run(wish.bench, wish));
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
