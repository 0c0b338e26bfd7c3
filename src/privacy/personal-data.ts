import type { Eraser, TableDeclaration } from "../platform/personal-data/index.js";
import { privacyLabels } from "./personal-data.labels.js";
import { expireSubjectExports, removeExpiredSubjectFiles } from "./subject/index.js";

const ofPersons: readonly TableDeclaration[] = [
  {
    table: "privacy.audit_access",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "KEPT",
    kept: { at: "RECORD", access_kind: "RECORD", subject: "RECORD" },
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id", "clearance", "contact_count", "request_id", "notice_version"],
    note: "Who was shown or took out what; nothing of what it said.",
  },
  {
    table: "privacy.gdpr_recency",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "DELETED",
    kept: {
      day: "RECORD",
      kind: "RECORD",
      organization: "RECORD",
      record_id: "RECORD",
      computed_at: "RECORD",
    },
    plain: ["institution_id"],
  },
  {
    table: "privacy.retention_hold",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { reason: "TEXT", until_date: "RECORD", set_at: "RECORD" },
    operators: ["set_by"],
    plain: ["institution_id"],
  },
  {
    table: "privacy.audit_contact",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "PURGED",
    guarded: true,
    kept: { at: "RECORD", source: "RECORD", entity: "RECORD", key: "RECORD", field: "RECORD" },
    emptied: { old_value: "TEXT", new_value: "TEXT" },
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id", "job_id"],
  },
  {
    table: "privacy.anonymization_run_item",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "KEPT",
    kept: {
      ...{ contact_number: "LINK", outcomes: "RECORD", planned: "RECORD", recency_day: "RECORD" },
      ...{ recency_kind: "RECORD", organization: "RECORD", record_id: "RECORD", was_blocked: "RECORD" },
      ...{ balances: "RECORD", last_ticket_end: "RECORD" },
    },
    plain: ["institution_id", "run_id", "chunk"],
    note: "What a run of the batch said of him: numbers and days, no name. Deleted 30 days after the run.",
  },
  {
    table: "privacy.subject_export",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "DELETED",
    kept: { requested_at: "RECORD" },
    operators: ["requested_by", "requested_by_kind", "claims", "notify_email"],
    plain: [
      ...["institution_id", "id", "locale", "status", "clearance", "notice_version", "fence", "vain_runs", "file_id"],
      ...["size_bytes", "sha256", "failure_code", "finished_at", "expires_at"],
    ],
    note: "The file is removed after seven days, and when its contact is erased; with it the address of who is told of it.",
  },
  {
    table: "privacy.erasure_digest",
    plain: ["institution_id", "certificate_id", "contact_id", "kind", "filter", "digest"],
    note: "Digests of what was erased, under a key of their own. Both go with the pass that looks for them.",
  },
];

const nobodys: readonly TableDeclaration[] = [
  {
    table: "privacy.batch_type",
    operators: ["created_by"],
    plain: ["institution_id", "code", "created_at"],
  },
  {
    table: "privacy.anonymization_schedule",
    operators: ["owner", "owner_kind", "claims"],
    plain: [
      ...["institution_id", "id", "cron", "mode", "organization", "inactivity_months", "customer_inactivity_months"],
      ...["prospect_inactivity_months", "plan_hash", "clearance", "created_at"],
    ],
  },
  {
    table: "privacy.anonymization_run",
    operators: ["started_by", "started_by_kind", "claims"],
    plain: [
      ...["institution_id", "id", "mode", "status", "phase", "organization", "inactivity_months", "day", "is_as_of"],
      ...["customer_inactivity_months", "prospect_inactivity_months", "cutoff", "customer_cutoff", "prospect_cutoff"],
      ...["plan_id", "plan_hash", "is_carried_out", "schedule_id", "clearance", "request_id", "total", "processed"],
      ...["kept_active", "excluded_hold", "excluded_debtor", "excluded_creditor", "anonymized", "deleted", "changed"],
      ...["tickets", "orders", "cursor_id", "chunk", "fence", "vain_runs", "failure_code", "created_at", "started_at"],
      ...["finished_at", "items_deleted_at", "notice_version"],
    ],
  },
  {
    table: "privacy.anonymization_run_chunk",
    plain: ["institution_id", "run_id", "chunk", "digest", "steps"],
    note: "Hashes of what a plan says, and how many rows were erased in each table.",
  },
  { table: "privacy.anonymization_run_log", plain: ["institution_id", "run_id", "id", "at", "code", "count"] },
  {
    table: "privacy.erasure_certificate",
    operators: ["actor", "actor_kind"],
    plain: [
      ...["institution_id", "id", "run_id", "rule", "source", "status", "anonymized", "removed", "erased"],
      ...["proof_key", "created_at", "closed_at", "proved_at", "pass", "seal"],
    ],
  },
  {
    table: "privacy.erasure_finding",
    plain: ["institution_id", "certificate_id", "id", "kind", "place", "row_key", "contact_id"],
    note: "Where something was found: the place, never the text.",
  },
  {
    table: "privacy.audit_setting",
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id", "at", "source", "setting", "old_value", "new_value"],
  },
  { table: "privacy.field_level", plain: ["institution_id", "type_name", "field_name", "level"] },
  {
    table: "privacy.institution_setting",
    plain: [
      ...["institution_id", "template_mail", "refusal_by_address", "import_renews_recency", "inactivity_months"],
      ...["customer_inactivity_months", "prospect_inactivity_months"],
    ],
  },
  {
    table: "privacy.operator",
    operators: ["login", "first_name", "last_name"],
    plain: ["institution_id", "id", "operator_kind", "clearance", "roles", "organizations", "is_active"],
    note: "Names go by hand when the operator leaves (`anonymizeOperatorNames`); the login stays (F66, F67).",
  },
  { table: "privacy.role", plain: ["institution_id", "code", "permissions"] },
];

/** Every column of the schema `privacy`. */
export const privacyEraser: Eraser = {
  personalData: [...ofPersons, ...nobodys],
  labels: privacyLabels,
  before: expireSubjectExports,
  sweep: removeExpiredSubjectFiles,
};
