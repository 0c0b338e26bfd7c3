import { registerEnumType } from "type-graphql";

export enum AnonymizationMode {
  SIMULATION = "SIMULATION",
  RUN = "RUN",
}
registerEnumType(AnonymizationMode, {
  name: "AnonymizationMode",
  description: "Whether a batch only plans, or carries a plan out.",
  valuesConfig: {
    SIMULATION: { description: "Lists what would be done. Nothing changes but the GDPR recency that is kept." },
    RUN: { description: "Does what is still true of a plan. Irreversible." },
  },
});

export enum AnonymizationRunStatus {
  QUEUED = "QUEUED",
  RUNNING = "RUNNING",
  DONE = "DONE",
  FAILED = "FAILED",
  CANCELLED = "CANCELLED",
}
registerEnumType(AnonymizationRunStatus, {
  name: "AnonymizationRunStatus",
  description: "Where a run of the batch for inactive contacts stands.",
  valuesConfig: {
    QUEUED: { description: "It waits for a worker." },
    RUNNING: { description: "It is going on. Also while it waits to be resumed after its process died." },
    DONE: { description: "It has been through everybody." },
    FAILED: { description: "It could not go on: see `failure`. What was done until then is whole and stays." },
    CANCELLED: { description: "Somebody ended it. What was done until then is whole and stays." },
  },
});

export enum AnonymizationOutcome {
  KEPT_ACTIVE = "KEPT_ACTIVE",
  EXCLUDED_HOLD = "EXCLUDED_HOLD",
  EXCLUDED_DEBTOR = "EXCLUDED_DEBTOR",
  EXCLUDED_CREDITOR = "EXCLUDED_CREDITOR",
  DELETE = "DELETE",
  ANONYMIZE = "ANONYMIZE",
  NOT_AS_PLANNED = "NOT_AS_PLANNED",
}
registerEnumType(AnonymizationOutcome, {
  name: "AnonymizationOutcome",
  description: "What becomes of a contact.",
  valuesConfig: {
    KEPT_ACTIVE: { description: "He turned out to be active: his recency is after the cutoff." },
    EXCLUDED_HOLD: { description: "A retention hold keeps him." },
    EXCLUDED_DEBTOR: { description: "He owes something to an organization." },
    EXCLUDED_CREDITOR: { description: "An organization owes him something." },
    DELETE: { description: "A prospect: he is removed altogether." },
    ANONYMIZE: { description: "His identity is erased; a shell with country, town and post code stays." },
    NOT_AS_PLANNED: {
      description:
        "Nothing was done: he could be erased now, but that is not what the plan said of him. The next plan may.",
    },
  },
});
