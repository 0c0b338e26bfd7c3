import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "./bench.js";
import { openDataSet } from "./data-set.js";
import { type Measured, measure } from "./measure.js";
import { BenchProcess } from "./process.js";

export interface RunOptions {
  /** Contacts. */
  readonly scale: number;
  readonly rounds: number;
  /** Where data sets are kept, one folder for each scale. */
  readonly folder: string;
  /** Options of Node for the processes that the bench starts. */
  readonly execArgv?: readonly string[];
  /** Gets a line about what is going on. */
  tell(line: string): void;
}

/** Prepares a bench, measures its cases, and stops all that was started. */
export async function runBench(bench: Bench, options: RunOptions): Promise<Measured[]> {
  const { scale, rounds, tell, execArgv = [] } = options;
  const home = join(options.folder, String(scale));
  await mkdir(home, { recursive: true });
  const dataSet = await openDataSet(home, { contacts: scale, isCopy: bench.changesData ?? false, tell });
  const folder = await mkdtemp(join(home, "run-"));
  const processes: BenchProcess[] = [];
  const start = async (program: URL, settings: object) => {
    const process = await BenchProcess.start(program, settings, execArgv);
    processes.push(process);
    return process;
  };
  try {
    const measured: Measured[] = [];
    for (const one of await bench.prepare({ ...dataSet, scale, folder, start })) {
      tell(one.name);
      measured.push(await measure(one, rounds));
    }
    return measured;
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
    await rm(folder, { recursive: true });
    await dataSet.close();
  }
}
