import type { Locale } from "../../platform/i18n/locale.js";
import { codeTexts } from "./subject-code.texts.js";

/** Columns whose values are codes of the program, by name, or by table (without schema) where others of the name hold text. */
const codedColumns: ReadonlySet<string> = new Set([
  ...[
    "contact_type",
    "confidentiality_level",
    "disability_type",
    "connection_type",
    "consent_status",
    "role",
    "source",
  ],
  ...["bounce_status", "old_status", "new_status", "kind", "codes", "outcome", "outcomes", "planned", "recency_kind"],
  ...["changed", "automatic", "unverified", "confirmed", "was_true", "was_false", "is_true", "is_false"],
  ...["was_agreed", "was_refused", "is_agreed", "is_refused", "address_bounce.reason", "access_kind", "mail_status"],
  ...["question_type", "operation_kind", "order_state", "ticket_state", "entry_state", "advantage_state"],
  ...["membership_state", "payment_method", "medium", "interaction_status", "shipment_kind", "channel"],
  ...["shipment_state", "response_code", "reported_state", "reported_code", "current_state", "current_code"],
  "sml_level",
]);

/** How the codes of a column are called; undefined for a column that holds no codes. */
export function codeLabel(table: string, column: string, locale: Locale): ((code: string) => string) | undefined {
  const bare = table.split(".").at(-1)!;
  if (!codedColumns.has(column) && !codedColumns.has(`${bare}.${column}`)) return undefined;
  return (code) => codeTexts[code]?.[locale] ?? code;
}
