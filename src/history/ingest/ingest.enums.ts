import { registerEnumType } from "type-graphql";

export enum IngestStatus {
  QUEUED = "QUEUED",
  RUNNING = "RUNNING",
  DONE = "DONE",
  DONE_WITH_ERRORS = "DONE_WITH_ERRORS",
  FAILED = "FAILED",
  CANCELLED = "CANCELLED",
}
registerEnumType(IngestStatus, {
  name: "IngestStatus",
  description: "Where a delivery stands.",
  valuesConfig: {
    QUEUED: { description: "Waits for a worker." },
    RUNNING: { description: "Is at work. Also while it waits to be resumed after its process died." },
    DONE: { description: "Every record was dealt with, none has an error." },
    DONE_WITH_ERRORS: { description: "Every record was dealt with; some have errors." },
    FAILED: { description: "The file as a whole was refused, or the delivery could not go on: see `fileError`." },
    CANCELLED: { description: "Was ended by a caller. What was written until then stays." },
  },
});

/** What a report lists; records that were taken are only counted. */
export enum IngestedOutcome {
  STALE = "STALE",
  ERROR = "ERROR",
}
registerEnumType(IngestedOutcome, {
  name: "IngestedOutcome",
  description: "What became of a record that was not taken.",
  valuesConfig: {
    STALE: { description: "A newer version of it was there, or came with it. Nothing is to be done." },
    ERROR: { description: "Nothing of it was written; its problems say why. Mend it and deliver it again." },
  },
});
