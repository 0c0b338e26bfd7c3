import { eraseMailFiles, removeMailFiles } from "../mail/index.js";
import type { TableDeclaration } from "./declaration.js";
import type { Eraser } from "./eraser.js";
import { platformLabels } from "./platform.labels.js";

const job = [
  "id, name, priority, data, state, retry_limit, retry_count, retry_delay, retry_backoff, retry_delay_max",
  "expire_seconds, deletion_seconds, singleton_key, singleton_on, group_id, group_tier, start_after, created_on",
  "started_on, completed_on, keep_until, output, dead_letter, policy, heartbeat_on, heartbeat_seconds, blocked",
  "blocking, pending_dependencies, source_name, source_id, source_created_on, source_retry_count, source_output",
  "source_root_id",
].flatMap((names) => names.split(", "));

/** The queue's own tables: a job carries the id of a row and nothing else, and errors are reported without values. */
const queue: readonly TableDeclaration[] = [
  { table: "pgboss.job", plain: job, note: "A job carries the id of the row that says what is to be done." },
  { table: "pgboss.job_common", plain: job, note: "The rows of `pgboss.job`." },
  {
    table: "pgboss.bam",
    plain: "id, name, version, status, queue, table_name, command, error, created_on, started_on, completed_on".split(
      ", ",
    ),
  },
  { table: "pgboss.job_dependency", plain: ["child_name", "child_id", "parent_name", "parent_id"] },
  {
    table: "pgboss.queue",
    plain: [
      "name, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds, retention_seconds",
      "deletion_seconds, dead_letter, partition, table_name, deferred_count, queued_count, ready_count",
      "warning_queued, active_count, failed_count, total_count, created_delta, completed_delta, failed_delta, delta_on",
      "delta_seconds, ready_history, heartbeat_seconds, notify, singletons_active, monitor_claim_on, monitor_on",
      "maintain_on, created_on, updated_on",
    ].flatMap((names) => names.split(", ")),
  },
  {
    table: "pgboss.queue_stats",
    plain: [
      "id, name, deferred_count, queued_count, ready_count, active_count, failed_count, total_count, created_delta",
      "completed_delta, failed_delta, delta_seconds, delta_on, captured_on",
    ].flatMap((names) => names.split(", ")),
  },
  {
    table: "pgboss.schedule",
    plain: "name, key, kind, cron, timezone, data, options, created_on, updated_on, last_job_id".split(", "),
  },
  { table: "pgboss.subscription", plain: ["event", "name", "created_on", "updated_on"] },
  {
    table: "pgboss.version",
    plain: "version, cron_on, bam_on, flow_on, reindex_on, monitor_backoff_on".split(", "),
  },
  { table: "pgboss.warning", plain: ["id", "type", "message", "data", "created_on"] },
];

const own: readonly TableDeclaration[] = [
  {
    table: "platform.institution",
    plain: ["id", "code", "name", "time_zone", "country", "locale", "settings_version"],
  },
  {
    table: "platform.legal_notice",
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "code", "version", "text_en", "text_fr", "text_es", "published_at"],
  },
  { table: "platform.organization", plain: ["institution_id", "code", "name"] },
  {
    table: "platform.idempotency_key",
    operators: ["caller"],
    plain: ["institution_id", "mutation", "key", "input_digest", "result_ids", "created_at"],
    note: "Key and input are kept as keyed digests, for 72 hours; the result as ids.",
  },
  {
    table: "platform.mail",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: {
      template: "RECORD",
      locale: "PREFERENCE",
      mail_status: "RECORD",
      created_at: "RECORD",
      ended_at: "RECORD",
    },
    plain: [
      "institution_id",
      "id",
      "message_key",
      "attempts",
      "leased_until",
      "failure_code",
      "shipment_id",
      "subject_id",
      "carries_contacts",
    ],
    note: "Text and address of a mail are read when it is sent; without a mail server it lands as a file, which goes too, as do all with templates.",
  },
  {
    table: "platform.mail_file",
    plain: ["institution_id", "mail_id"],
    note: "Files of erased mails, until they are removed.",
  },
];

/** Mails, and what the platform keeps of operations and jobs. */
export const platformEraser: Eraser = {
  personalData: [...own, ...queue],
  labels: platformLabels,
  before: eraseMailFiles,
  sweep: removeMailFiles,
};
