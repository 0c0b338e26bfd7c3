import { codesOfBits, type Eraser, levelName, nameOf, type TableDeclaration } from "../platform/personal-data/index.js";
import { removeExpiredExports } from "./audience/export/export-purge.task.js";
import { authorizationCodes } from "./authorizations/authorization.js";
import { expireExports } from "./erasure.sql.js";
import { marketingLabels } from "./personal-data.labels.js";

const authorizations = {
  institution_email: "CONSENT",
  third_party_transfer: "CONSENT",
  partner_communication: "CONSENT",
  email: "CONSENT",
  sms: "CONSENT",
  phone: "CONSENT",
  letter: "CONSENT",
} as const;

/** A bounce status by its name. */
const bounceName = (column: string) => nameOf(column, ["NONE", "SOFT", "HARD"]);

const readCodes = (...columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, codesOfBits(column, authorizationCodes)]));

const ofPersons: readonly TableDeclaration[] = [
  {
    table: "marketing.contact_marketing",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "DELETED",
    kept: {
      contact_type: "RECORD",
      confidentiality_level: "RECORD",
      validity_end_date: "RECORD",
      anonymized_at: "RECORD",
      has_postal_address: "PLACE",
    },
    cleared: { ...authorizations, email_hash: "KEY" },
    blanked: {
      bounce_status: ["RECORD", "0"],
      has_email: ["REACH", "false"],
      has_mobile: ["REACH", "false"],
      has_phone: ["REACH", "false"],
    },
    sets: {
      anonymized_at: "coalesce(t.anonymized_at, platform.now())",
      validity_end_date: "least(t.validity_end_date, platform.today() - 1)",
    },
    erasedWhen: "t.anonymized_at IS NOT NULL",
    readAs: {
      confidentiality_level: levelName("confidentiality_level"),
      bounce_status: bounceName("bounce_status"),
    },
    plain: ["institution_id"],
    note: "A town that stays is an address as well, so `has_postal_address` stays.",
  },
  {
    table: "marketing.activity",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { day: "RECORD", kind: "RECORD", source: "RECORD" },
    plain: ["institution_id"],
  },
  {
    table: "marketing.address_bounce",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: {
      address_digest: "KEY",
      is_current: "RECORD",
      bounce_status: "RECORD",
      bounced_at: "RECORD",
      reason: "RECORD",
      status_code: "RECORD",
    },
    readAs: { bounce_status: bounceName("bounce_status") },
    plain: ["institution_id"],
  },
  {
    table: "marketing.opt_in_request",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: {
      codes: "CONSENT",
      wording_versions: "CONSENT",
      locale: "PREFERENCE",
      email_digest: "KEY",
      requested_at: "RECORD",
      expires_at: "RECORD",
      confirmed_at: "CONSENT",
    },
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id"],
  },
  {
    table: "marketing.target_member",
    person: ["contact_id"],
    rows: "DELETED",
    plain: ["institution_id", "target_id"],
  },
  {
    table: "marketing.report_event",
    person: ["contact_id"],
    rows: "DELETED",
    guarded: true,
    deleted: {
      event_id: "RECORD",
      kind: "RECORD",
      occurred_at: "RECORD",
      reported_at: "RECORD",
      address_digest: "KEY",
      status_code: "RECORD",
      shipment_id: "RECORD",
      codes: "CONSENT",
    },
    operators: ["reporter"],
    plain: ["institution_id", "id"],
    note: "Deliveries and clicks stay with the shipments, as statistics.",
  },
];

const ofCampaigns: readonly TableDeclaration[] = [
  {
    table: "marketing.campaign_addition",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { added_at: "RECORD" },
    plain: ["institution_id", "campaign_id"],
  },
  {
    table: "marketing.campaign_member",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { recipient_id: "LINK", outcome: "RECORD" },
    plain: ["institution_id", "run_id", "position"],
    note: "Whom a run still deals with; empty when it has ended.",
  },
  {
    table: "marketing.campaign_manifest_row",
    person: ["contact_id", "recipient_id"],
    rows: "KEPT",
    removal: "KEPT",
    guarded: true,
    eraseBy: "marketing.blank_campaign_manifest",
    kept: { outcome: "RECORD" },
    emptied: {
      contact_id: "LINK",
      recipient_id: "LINK",
      authorization_event_id: "RECORD",
      shipment_id: "RECORD",
      salt: "KEY",
    },
    plain: ["institution_id", "run_id", "position", "hash"],
    note: "The hash of a row stays, so that the manifest can still be checked; without its salt it tells nothing.",
  },
  {
    table: "marketing.audit_campaign_addition",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "PURGED",
    kept: { at: "RECORD", source: "RECORD", campaign_id: "RECORD", was_added: "RECORD", is_added: "RECORD" },
    readAs: {
      campaign_id: "(SELECT c.name FROM marketing.campaign c WHERE c.institution_id = $1 AND c.id = t.campaign_id)",
    },
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id"],
  },
];

const ledgers: readonly TableDeclaration[] = [
  {
    table: "marketing.authorization_change",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "PURGED",
    guarded: true,
    kept: { at: "RECORD", source: "RECORD", changed: "RECORD", automatic: "RECORD", unverified: "RECORD" },
    emptied: {
      was_true: "CONSENT",
      was_false: "CONSENT",
      is_true: "CONSENT",
      is_false: "CONSENT",
      confirmed: "CONSENT",
      wording_versions: "CONSENT",
      wording_locales: "PREFERENCE",
    },
    readAs: readCodes(
      "changed",
      "automatic",
      "unverified",
      "was_true",
      "was_false",
      "is_true",
      "is_false",
      "confirmed",
    ),
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id", "job_id"],
    note: "That something was changed, when and by whom stays; what was said goes.",
  },
  {
    table: "marketing.audit_bounce",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "PURGED",
    guarded: true,
    kept: { at: "RECORD", source: "RECORD" },
    emptied: { old_status: "RECORD", new_status: "RECORD" },
    readAs: { old_status: bounceName("old_status"), new_status: bounceName("new_status") },
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id"],
  },
];

const nobodys: readonly TableDeclaration[] = [
  {
    table: "marketing.audience_export",
    operators: ["requested_by", "requested_by_kind", "claims"],
    plain: [
      ...["institution_id", "id", "campaign_id", "status", "clearance", "notice_version", "fence", "vain_runs"],
      ...["total", "processed", "file_id", "size_bytes", "sha256", "failure_code", "requested_at", "started_at"],
      ...["finished_at", "expires_at", "is_outdated"],
    ],
    note: "The file is about many people. It expires by itself, and at once when one of them is erased.",
  },
  {
    table: "marketing.audit_campaign",
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id", "at", "source", "campaign_id", "field", "old_value", "new_value"],
  },
  {
    table: "marketing.campaign",
    operators: ["owner", "owner_kind", "owner_claims"],
    plain: [
      ...["institution_id", "id", "name", "subject", "campaign_type", "channel", "authorization_code", "business_only"],
      ...["organization", "state", "scheduled_at", "previewed_at", "preview_counts", "preview_at", "clearance"],
      ...["version", "created_at", "updated_at"],
    ],
  },
  {
    table: "marketing.campaign_run",
    operators: ["started_by", "claims"],
    plain: [
      ...["institution_id", "id", "campaign_id", "status", "fence", "vain_runs", "requested_at", "started_at"],
      ...["evaluated_at", "evaluated_counts", "total", "processed", "counts", "changed", "chunks", "failure_code"],
      ...["failure_parameters", "finished_at", "root_hash", "seal"],
    ],
  },
  { table: "marketing.campaign_target", plain: ["institution_id", "campaign_id", "target_id"] },
  {
    table: "marketing.campaign_subject",
    plain: ["institution_id", "campaign_id", "subject_kind", "subject_id"],
  },
  {
    table: "marketing.campaign_manifest_chunk",
    plain: ["institution_id", "run_id", "chunk", "first_position", "last_position", "at", "hash"],
  },
  {
    table: "marketing.audit_target",
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id", "at", "source", "target_id", "field", "old_value", "new_value"],
  },
  {
    table: "marketing.authorization_wording",
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "code", "locale", "version", "text", "published_at"],
  },
  { table: "marketing.bounce_rule", plain: ["institution_id", "version", "applied_at"] },
  {
    table: "marketing.target",
    operators: ["owner", "owner_kind", "owner_claims"],
    plain: [
      ...["institution_id", "id", "name", "target_kind", "filter", "clearance", "taken_at", "version"],
      ...["created_at", "updated_at"],
    ],
    note: "A filter is what an operator asked for. That it names an erased person is a finding of the pass.",
  },
  { table: "marketing.target_share", operators: ["login"], plain: ["institution_id", "target_id"] },
];

/** What contacts authorize, and what became of messages to them: every column of the schema `marketing`. */
export const marketingEraser: Eraser = {
  before: expireExports,
  sweep: removeExpiredExports,
  labels: marketingLabels,
  personalData: [...ofPersons, ...ofCampaigns, ...ledgers, ...nobodys],
};
