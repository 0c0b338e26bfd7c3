import { existsSync, readFileSync, writeFileSync } from "node:fs";
import Mocha from "mocha";

interface Counts {
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
}

/**
 * The human-readable report, and its counts as JSON in the file named by the reporter option `counts`, added to those
 * that runs before have left there.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { counts } = (options.reporterOptions ?? {}) as { counts?: string };
    if (!counts) return;
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const before = read(counts);
      const { passes, failures, pending } = runner.stats!;
      const all: Counts = {
        passes: before.passes + passes,
        failures: before.failures + failures,
        pending: before.pending + pending,
      };
      writeFileSync(counts, `${JSON.stringify(all)}\n`);
    });
  }
}

function read(file: string): Counts {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return text === "" ? { passes: 0, failures: 0, pending: 0 } : (JSON.parse(text) as Counts);
}
