import type { TableDeclaration } from "../platform/personal-data/index.js";

const job = [...["institution_id", "id", "status", "fence", "vain_runs", "created_at", "started_at", "finished_at"]];

/** What deliveries, runs and exports report of themselves, and what is sold. */
export const nobodys: readonly TableDeclaration[] = [
  {
    table: "history.ingest_touched_list",
    plain: ["institution_id", "id", "contact_ids"],
    note: "Database ids of contacts whose indicators follow a delivery; gone when the file has been read.",
  },
  {
    table: "history.erased_ticket",
    plain: ["institution_id", "order_id", "line_number", "ticket_number"],
    note: "Tombstones of tickets that were erased, and then dropped from their order.",
  },
  {
    table: "history.erased_record",
    plain: ["institution_id", "record_kind", "digest", "erased_at"],
    note: "Tombstones of records that went with their contact: keyed digests of organization and number.",
  },
  {
    table: "history.indicator_band",
    plain: ["institution_id", "contact_kind", "medium_from", "large_from"],
  },
  {
    table: "history.indicator_run",
    operators: ["started_by"],
    plain: [...job, "reason", "day", "total", "processed", "changed", "cursor_contact_id"],
  },
  { table: "history.indicator_setting", plain: ["institution_id", "organization", "code", "is_active", "refresh"] },
  {
    table: "history.ingest_job",
    operators: ["started_by", "started_by_kind", "claims"],
    plain: [
      ...job,
      ...["file_id", "clearance", "size_bytes", "read_bytes", "cursor_line", "reading", "found", "created"],
      ...["updated", "unchanged", "stale", "errors", "failure_code", "failure_parameters"],
    ],
  },
  {
    table: "history.ingest_record",
    plain: ["institution_id", "job_id", "line", "record_kind", "outcome", "is_early", "problems"],
    note: "Which record was not taken, and why; none of its values.",
  },
  {
    table: "history.product",
    plain: [
      ...["institution_id", "id", "organization", "code", "name", "product_kind", "starts_at", "validity_end"],
      ...["version", "season_id", "declared_validity_end"],
    ],
  },
  {
    table: "history.place_export",
    operators: ["requested_by", "requested_by_kind"],
    plain: [
      ...["institution_id", "id", "period_from", "period_to", "clearance", "notice_version", "file_id", "size_bytes"],
      ...["place_count", "contact_count", "requested_at", "expires_at"],
    ],
    note: "The file holds counts by place, for a day.",
  },
  { table: "history.product_part", plain: ["institution_id", "product_id", "part_id"] },
  {
    table: "history.season",
    plain: ["institution_id", "id", "organization", "code", "version", "name", "starts_on", "ends_on"],
  },
];
