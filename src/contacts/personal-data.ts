import { codesOfBits, levelName, type TableDeclaration } from "../platform/personal-data/index.js";

/** What stands for the last name of whoever was anonymized (4.5). */
const nobody = "'XXXXXXXX'";

const contact: TableDeclaration = {
  table: "contacts.contact",
  person: ["id"],
  rows: "KEPT",
  removal: "DELETED",
  kept: {
    contact_number: "RECORD",
    contact_type: "RECORD",
    confidentiality_level: "RECORD",
    created_at: "RECORD",
    updated_at: "RECORD",
    anonymized_at: "RECORD",
    validity_end_date: "RECORD",
  },
  cleared: {
    title: "IDENTITY",
    first_name: "IDENTITY",
    structure_name: "IDENTITY",
    birth_date: "IDENTITY",
    email: "REACH",
    phone: "REACH",
    mobile: "REACH",
    language: "PREFERENCE",
    reference_code: "IDENTITY",
    disability_type: "PREFERENCE",
    remark: "TEXT",
    blocked_since: "RECORD",
    blocked_reason: "TEXT",
    phone_key: "KEY",
    mobile_key: "KEY",
  },
  blanked: { last_name: ["IDENTITY", nobody] },
  derived: { search_name: "KEY", search_first_name: "KEY", email_key: "KEY", sound_key: "KEY" },
  sets: {
    anonymized_at: "coalesce(t.anonymized_at, platform.now())",
    // invalid from today on (D-07)
    validity_end_date: "least(t.validity_end_date, platform.today() - 1)",
    version: "t.version + 1",
    updated_at: "platform.now()",
  },
  erasedWhen: "t.anonymized_at IS NOT NULL",
  readAs: { confidentiality_level: levelName("confidentiality_level") },
  plain: ["institution_id", "version"],
  note: "The shell of an anonymized contact carries his sales and payments. A removed prospect leaves none.",
};

const address: TableDeclaration = {
  table: "contacts.contact_address",
  person: ["contact_id"],
  rows: "KEPT",
  removal: "DELETED",
  kept: { country: "PLACE", town: "PLACE", postcode: "PLACE" },
  cleared: { street1: "ADDRESS", street2: "ADDRESS", street3: "ADDRESS" },
  derived: { postcode_key: "KEY", town_key: "KEY", street_key: "KEY" },
  plain: ["institution_id", "kind"],
  note: "Country, town and postcode of all addresses stay for the report on geographical origin (F48).",
};

/** Tables whose rows go with the person that they are about. */
const gone: readonly TableDeclaration[] = [
  {
    table: "contacts.contact_word",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { word: "KEY" },
    plain: ["institution_id"],
  },
  {
    table: "contacts.contact_connection",
    person: ["from_contact_id", "to_contact_id"],
    rows: "DELETED",
    deleted: { connection_type: "RECORD", created_at: "RECORD" },
    plain: ["institution_id", "id", "primary_choice"],
  },
  {
    table: "contacts.community_member",
    person: ["owner_id", "member_id"],
    rows: "DELETED",
    deleted: { consent_status: "CONSENT", created_by_owner: "RECORD", created_at: "RECORD", notice_version: "RECORD" },
    plain: ["institution_id", "id"],
  },
  {
    table: "contacts.contact_criterion",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { value_code: "PREFERENCE", text_value: "TEXT", criterion_id: "PREFERENCE" },
    readAs: {
      criterion_id: "(SELECT c.code FROM contacts.criterion c WHERE c.institution_id = $1 AND c.id = t.criterion_id)",
    },
    plain: ["institution_id"],
  },
  {
    table: "contacts.activity",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { day: "RECORD", kind: "RECORD", source: "RECORD" },
    plain: ["institution_id"],
  },
  {
    table: "contacts.identity_document",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { sealed_number: "IDENTITY", number_digest: "KEY" },
    // the access request shows the number opened
    unexported: ["sealed_number"],
    plain: ["institution_id", "key_id"],
  },
  {
    table: "contacts.internet_account",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { login: "REACH", login_key: "KEY", created_at: "RECORD", disabled_at: "RECORD" },
    plain: ["institution_id"],
  },
  {
    table: "contacts.note",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: { text: "TEXT", created_at: "RECORD", updated_at: "RECORD" },
    operators: ["created_by", "updated_by"],
    plain: ["institution_id", "id"],
  },
  {
    table: "contacts.payment_alias",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: {
      alias: "RECORD",
      provider: "RECORD",
      masked_number: "RECORD",
      expiry_year: "RECORD",
      expiry_month: "RECORD",
      consent_at: "CONSENT",
      consent_notice_version: "CONSENT",
    },
    operators: ["consent_confirmed_by"],
    plain: ["institution_id", "id"],
    note: "The wish to delete it at the provider's waits sealed in `contacts.alias_removal`.",
  },
  {
    table: "contacts.preferred_seat",
    person: ["contact_id"],
    rows: "DELETED",
    deleted: {
      organization: "PREFERENCE",
      venue: "PREFERENCE",
      block: "PREFERENCE",
      seat_row: "PREFERENCE",
      seat: "PREFERENCE",
    },
    plain: ["institution_id", "id"],
  },
];

/** Bits of what an import plans, as marketing counts them (`MarketingPort.authorizationCodes`). */
const planned = ["was_agreed", "was_refused", "is_agreed", "is_refused", "unverified"];
export const plannedCodes = [
  ...["INSTITUTION_EMAIL", "THIRD_PARTY_TRANSFER", "PARTNER_COMMUNICATION", "EMAIL", "SMS", "PHONE", "LETTER"],
];

const kept: readonly TableDeclaration[] = [
  {
    table: "contacts.contact_role",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "DELETED",
    kept: { role: "RECORD" },
    plain: ["institution_id"],
  },
  {
    table: "contacts.import_row",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "KEPT",
    cleared: {
      contact_id: "LINK",
      key_digest: "KEY",
      structure_digest: "KEY",
      contact_state: "KEY",
      was_agreed: "CONSENT",
      was_refused: "CONSENT",
      is_agreed: "CONSENT",
      is_refused: "CONSENT",
      unverified: "CONSENT",
      criteria: "PREFERENCE",
      fields: "IDENTITY",
    },
    readAs: Object.fromEntries(planned.map((column) => [column, codesOfBits(column, plannedCodes)])),
    plain: ["institution_id", "job_id", "line", "outcome", "problems"],
    note: "What became of a row of a file, and what it plans for its contact; the file itself goes when its job ends. A plan is not carried out on who was erased.",
  },
  { table: "contacts.import_undo_row", plain: ["institution_id", "job_id", "line", "outcome", "problems"] },
  { table: "contacts.import_plan_chunk", plain: ["institution_id", "job_id", "last_line", "digest"] },
  {
    table: "contacts.erased_identifier",
    plain: ["institution_id", "kind", "digest", "erased_at"],
    note: "Tombstones: keyed digests, so that no file brings back who was erased. They name no contact.",
  },
  {
    table: "contacts.alias_removal",
    operators: ["acknowledged_by"],
    plain: ["institution_id", "id", "key_id", "sealed_alias", "created_at", "acknowledged_at"],
    note: "Payment aliases that the provider is still to delete; sealed, and blanked when he has.",
  },
  {
    table: "contacts.audit_contact",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "PURGED",
    guarded: true,
    guardedExcept: "t.field IN ('contactNumber', 'type', 'confidentialityLevel', 'roles', 'anonymizedAt')",
    kept: { at: "RECORD", source: "RECORD", entity: "RECORD", key: "RECORD", field: "RECORD" },
    emptied: { old_value: "TEXT", new_value: "TEXT" },
    // of a connection it is the other's number
    readAs: { key: "CASE WHEN t.entity <> 'Connection' THEN t.key END" },
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id", "job_id"],
    note: "Of a removed contact one entry stays, with his number and the run (Q-32).",
  },
];

const audit = ["institution_id", "id", "at", "source", "field", "old_value", "new_value"];

/** What administrators define, and what jobs report of themselves. */
const nobodys: readonly TableDeclaration[] = [
  {
    table: "contacts.audit_criterion",
    operators: ["actor", "actor_kind"],
    plain: [...audit, "criterion_code", "internal_code"],
  },
  {
    table: "contacts.audit_point_of_sale",
    operators: ["actor", "actor_kind"],
    plain: [...audit, "point_of_sale_id"],
  },
  {
    table: "contacts.criterion",
    plain: [
      ...["institution_id", "id", "code", "label_en", "label_fr", "label_es", "kind", "applicability"],
      ...["is_compulsory", "is_visible_on_internet", "organization", "level", "position", "is_active", "version"],
    ],
  },
  {
    table: "contacts.criterion_value",
    plain: [
      ...["institution_id", "criterion_id", "internal_code", "label_en", "label_fr", "label_es", "organization"],
      ...["position", "is_active", "version"],
    ],
  },
  {
    table: "contacts.import_job",
    operators: ["started_by", "started_by_kind", "claims", "undo_claims", "notify_email", "undo_notify_email"],
    plain: [
      ...["institution_id", "id", "import_type", "mode", "on_match", "status", "file_id", "clearance", "total"],
      ...["cursor_line", "created", "updated", "unchanged", "skipped", "errors", "fence", "vain_runs"],
      ...["failure_code", "failure_parameters", "created_at", "started_at", "finished_at", "organization"],
      ...["file_digest", "conflicts", "activities", "warnings", "plan_hash", "plan_job_id", "rows_removed_at"],
      ...["locale", "report_file_id", "report_expires_at", "status_before_undo", "undo_cursor_line", "undone", "kept"],
      ...["undo_failure_code", "undone_at", "undo_locale", "is_outdated"],
    ],
  },
  {
    table: "contacts.import_template",
    operators: ["requested_by", "requested_by_kind", "claims", "notify_email"],
    plain: [
      ...["institution_id", "id", "import_type", "target_id", "organization", "delimiter", "locale", "status"],
      ...["clearance", "notice_version", "fence", "vain_runs", "row_count", "columns", "file_name", "file_id"],
      ...["size_bytes", "failure_code", "failure_parameters", "created_at", "finished_at", "expires_at", "is_outdated"],
    ],
    note: "The file is removed after seven days, and when somebody is erased; with it the address of who is told of it.",
  },
  {
    table: "contacts.point_of_sale",
    plain: [
      ...["institution_id", "id", "code", "name", "channels", "policy_url", "show_summary"],
      ...["summary_en", "summary_fr", "summary_es"],
    ],
  },
  { table: "contacts.seat", plain: ["institution_id", "organization", "venue", "block", "seat_row", "seat"] },
  { table: "contacts.seat_block", plain: ["institution_id", "organization", "venue", "block"] },
];

/** Every column of the schema `contacts`, in the order in which a person is erased: himself first. */
export const contactsPersonalData: readonly TableDeclaration[] = [contact, address, ...gone, ...kept, ...nobodys];
