/** Every queue there is. Their rows, with heartbeat and retries, are made by migrations. */
export type QueueName =
  | "contacts.import"
  | "contacts.import-retention"
  | "contacts.import-template"
  | "contacts.import-template-purge"
  | "contacts.import-undo"
  | "contacts.identity-keys"
  | "history.ingest"
  | "history.indicators"
  | "history.indicator-schedule"
  | "marketing.audience-export"
  | "marketing.audience-export-purge"
  | "marketing.bounce-replay"
  | "marketing.campaign"
  | "marketing.campaign-schedule"
  | "platform.file-sweep"
  | "platform.idempotency-purge"
  | "platform.mail"
  | "platform.mail-files"
  | "privacy.erasure-proof"
  | "privacy.erasure-proofs"
  | "privacy.anonymization"
  | "privacy.anonymization-schedule"
  | "privacy.run-item-purge"
  | "privacy.subject-export"
  | "privacy.subject-export-purge";

/** All that a job carries: the row that says what is to be done. Never personal data. */
export interface JobPayload {
  readonly institutionId: number;
  readonly id: string;
}

/** Background code that is run once per job. */
export interface Task {
  readonly queue: QueueName;
  /** Jobs of this queue that one process runs at a time; 1 when left out. */
  readonly concurrency?: number;
  /**
   * May run twice, also at the same time as a run that was taken for dead: the row fences. An error has it run again,
   * after seconds; a task that is not to be tried again says so on its row and returns.
   *
   * @param signal aborted when the process stops or the job was taken from it: leave off at the next safe point with
   *   `signal.throwIfAborted()`, and another worker resumes
   */
  run(payload: JobPayload, signal: AbortSignal): Promise<void>;
}

/** Background code that is run at times, by one of the workers. */
export interface ScheduledTask {
  readonly queue: QueueName;
  /** Minute, hour, day of month, month, day of week; in UTC. */
  readonly cron: string;
  run(signal: AbortSignal): Promise<void>;
}
