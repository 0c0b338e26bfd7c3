import type { Eraser, TableDeclaration } from "../platform/personal-data/index.js";

const ofPersons: readonly TableDeclaration[] = [
  {
    table: "privacy.audit_access",
    person: ["contact_id"],
    rows: "KEPT",
    removal: "KEPT",
    kept: { at: "RECORD", access_kind: "RECORD", subject: "RECORD" },
    operators: ["actor", "actor_kind"],
    plain: ["institution_id", "id", "clearance", "contact_count", "request_id"],
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
    table: "privacy.erasure_digest",
    plain: ["institution_id", "certificate_id", "contact_id", "kind", "filter", "digest"],
    note: "Digests of what was erased, under a key of their own. Both go with the pass that looks for them.",
  },
];

const nobodys: readonly TableDeclaration[] = [
  {
    table: "privacy.erasure_certificate",
    operators: ["actor", "actor_kind"],
    plain: [
      ...["institution_id", "id", "run_id", "rule", "source", "status", "anonymized", "removed", "erased"],
      ...["proof_key", "created_at", "closed_at", "proved_at", "pass"],
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
export const privacyEraser: Eraser = { personalData: [...ofPersons, ...nobodys] };
