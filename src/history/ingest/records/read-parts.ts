import type { RecordFields } from "./record.fields.js";
import type { ContactName } from "./record.js";
import { code, contactId, contactNumber, count } from "./values.js";

const contactFields = new Set(["contactId", "contactNumber"]);
const version = count(0, Number.MAX_SAFE_INTEGER);

/** What every record says: whose it is, what it is known by, and which version of it this is. */
export function readBase(fields: RecordFields, key: string): { organization: string; key: string; version: number } {
  return {
    organization: fields.required("organization", code),
    key: fields.required(key, code),
    version: fields.required("version", version),
  };
}

/** The contact that an object names, by id or by number. */
export function contactName(above: RecordFields, field: string): ContactName {
  const fields = above.object(field, contactFields);
  const id = fields.optional("contactId", contactId);
  const number = fields.optional("contactNumber", contactNumber);
  if (fields.has("contactId") === fields.has("contactNumber")) above.report(field, { code: "RECORD_CONTACT_EXPECTED" });
  return { id, number } as ContactName;
}

export function optionalContact(above: RecordFields, field: string): ContactName | null {
  return above.has(field) ? contactName(above, field) : null;
}

export function requiredContact(above: RecordFields, field: string): ContactName {
  if (!above.has(field)) above.report(field, { code: "FIELD_REQUIRED" });
  return optionalContact(above, field)!;
}

/** Days in their order; either may be open. */
export function reportReversed(fields: RecordFields, field: string, from: string | null, to: string | null): void {
  if (from && to && from > to) fields.report(field, { code: "RECORD_PERIOD_REVERSED" });
}
