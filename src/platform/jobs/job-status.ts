import { registerEnumType } from "type-graphql";

/** Where a job that works through a file stands. */
export enum JobStatus {
  QUEUED = "QUEUED",
  RUNNING = "RUNNING",
  DONE = "DONE",
  DONE_WITH_ERRORS = "DONE_WITH_ERRORS",
  FAILED = "FAILED",
  CANCELLED = "CANCELLED",
  UNDOING = "UNDOING",
  UNDONE = "UNDONE",
}
registerEnumType(JobStatus, {
  name: "JobStatus",
  description: "Where a job stands.",
  valuesConfig: {
    QUEUED: { description: "Waits for a worker." },
    RUNNING: { description: "Is at work. Also while it waits to be resumed after its process died." },
    DONE: { description: "Everything was dealt with, nothing has an error." },
    DONE_WITH_ERRORS: { description: "Everything was dealt with; some of it has errors." },
    FAILED: { description: "The file as a whole was refused, or the job could not go on: see `fileError`." },
    CANCELLED: { description: "Was ended by a caller. What was written until then stays." },
    UNDOING: { description: "Had ended, and is being undone. Imports only." },
    UNDONE: { description: "Was undone, as far as that was possible. Imports only." },
  },
});
