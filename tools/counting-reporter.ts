import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** The human-readable report, and its counts as JSON in the file named by the reporter option `counts`. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { counts } = (options.reporterOptions ?? {}) as { counts?: string };
    if (!counts) return;
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats!;
      writeFileSync(counts, `${JSON.stringify({ passes, failures, pending })}\n`);
    });
  }
}
