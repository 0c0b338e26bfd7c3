import type { Calendar } from "./demo-calendar.js";
import { ids, type PersonRow } from "./demo-people.js";
import type { Random } from "./demo-random.js";

const columns = [
  "institution_email",
  "third_party_transfer",
  "partner_communication",
  "email",
  "sms",
  "phone",
  "letter",
] as const;

/** Marketing's row of each contact: copies of what contacts owns, and authorizations in all three values. */
export function marketingRows(random: Random, people: readonly PersonRow[]) {
  return people.map((person) => {
    const hasNone = person.contact_type === "STRUCTURE" || person.anonymized_at !== null;
    const values = columns.map((column) => [column, hasNone ? null : random.pick([true, true, false, null])]);
    return {
      contact_id: person.id,
      contact_type: person.contact_type,
      confidentiality_level: person.confidentiality_level,
      validity_end_date: person.validity_end_date,
      anonymized_at: person.anonymized_at,
      has_email: person.email !== null,
      has_mobile: person.mobile !== null,
      has_phone: (person.phone ?? person.mobile) !== null,
      // everybody has a main address; of an anonymized one only town and country are left
      has_postal_address: true,
      ...(Object.fromEntries(values) as Record<(typeof columns)[number], boolean | null>),
      ...(person.id === ids.camille && { institution_email: true, third_party_transfer: false, sms: null }),
      bounce_status: person.email === null || !random.chance(0.06) ? 0 : random.pick([1, 2]),
    };
  });
}

/** What happened to the first contact's file in the last months. */
export function contactAudit(calendar: Calendar) {
  const entry = (at: string, field: string, old_value: string | null, new_value: string) => ({
    contact_id: ids.camille,
    at,
    ...{ actor: "op-1042", actor_kind: "OPERATOR", source: "OPERATOR", entity: "Contact", key: null as string | null },
    ...{ field, old_value, new_value },
  });
  return [
    entry(calendar.instant(-210, "13:05"), "mobile", "+41791239999", "+41791230101"),
    { ...entry(calendar.instant(-95, "08:41"), "town", "Morges", "Lausanne"), entity: "Address", key: "MAIN" },
    entry(calendar.instant(-20, "15:20"), "referenceCode", null, "000417"),
  ];
}

type MarketingRow = ReturnType<typeof marketingRows>[number];

/** The ledger behind the rows: what everybody said when his file was made, and what the first contact said later. */
export function authorizationEvents(
  marketing: readonly MarketingRow[],
  people: readonly PersonRow[],
  calendar: Calendar,
) {
  const common = {
    actor: "op-1023",
    actor_kind: "OPERATOR",
    source: "OPERATOR",
    is_automatic: false,
    is_verified: true,
  };
  const createdAt = new Map(people.map(({ id, created_at }) => [id, created_at]));
  const first = marketing.flatMap((row) =>
    columns.flatMap((column) => {
      const said = saidAtFirst(row, column);
      const at = createdAt.get(row.contact_id)!;
      const event = { contact_id: row.contact_id, at, code: column.toUpperCase(), old_value: null as boolean | null };
      return said === null ? [] : [{ ...common, ...event, new_value: said }];
    }),
  );
  if (!createdAt.has(ids.camille)) return first;
  const later = { ...common, contact_id: ids.camille, at: calendar.instant(-60, "10:02") };
  return [
    ...first,
    { ...later, code: "INSTITUTION_EMAIL", old_value: null, new_value: true },
    { ...later, code: "THIRD_PARTY_TRANSFER", old_value: true, new_value: false },
  ];
}

function saidAtFirst(row: MarketingRow, column: (typeof columns)[number]): boolean | null {
  if (row.contact_id === ids.camille && column === "institution_email") return null;
  if (row.contact_id === ids.camille && column === "third_party_transfer") return true;
  return row[column];
}
