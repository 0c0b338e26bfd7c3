import { pino } from "pino";
import { startWorker } from "../../../src/platform/jobs/index.js";

/** A worker in a process of its own that begins a job and never ends it. */
await startWorker({
  url: process.argv[2]!,
  log: pino({ level: "silent" }),
  pollMs: 500,
  tasks: [
    {
      queue: "contacts.import",
      run: async ({ id }) => {
        process.stdout.write(`running ${id}\n`);
        await new Promise(() => undefined);
      },
    },
  ],
});
