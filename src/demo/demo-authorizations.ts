import { createHash } from "node:crypto";
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

/** As `platform.address_hash` has it. */
function addressHash(email: string): string {
  return createHash("sha256").update(email.trim().toLowerCase()).digest().readBigInt64BE().toString();
}

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
      email_hash: person.email && addressHash(person.email),
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

/** The ledger behind the rows: what everybody said when his file was made, and what the first contact said later. */
export function authorizationChanges(
  marketing: readonly MarketingRow[],
  people: readonly PersonRow[],
  calendar: Calendar,
) {
  const common = { actor: "op-1023", actor_kind: "OPERATOR", source: "OPERATOR", automatic: 0, unverified: 0 };
  const createdAt = new Map(people.map(({ id, created_at }) => [id, created_at]));
  return marketing.flatMap((row) => {
    const last = stateOf(row);
    const first = row.contact_id === ids.camille ? stateOf({ ...row, ...saidAtFirst }) : last;
    const change = (at: string, was: State, is: State) => ({
      ...{ ...common, contact_id: row.contact_id, at },
      ...{ was_true: was.yes, was_false: was.no, is_true: is.yes, is_false: is.no },
    });
    return [
      ...(first.yes + first.no > 0 ? [change(createdAt.get(row.contact_id)!, { yes: 0, no: 0 }, first)] : []),
      ...(first === last ? [] : [change(calendar.instant(-60, "10:02"), first, last)]),
    ];
  });
}

type MarketingRow = ReturnType<typeof marketingRows>[number];

/** Before she agreed to e-mails and refused that others get her data. */
const saidAtFirst = { institution_email: null, third_party_transfer: true };

/** What is TRUE and what is FALSE, as bits. */
interface State {
  readonly yes: number;
  readonly no: number;
}

function stateOf(row: Readonly<Record<(typeof columns)[number], boolean | null>>): State {
  const bits = (value: boolean) =>
    columns.reduce((mask, column, index) => (row[column] === value ? mask | (1 << index) : mask), 0);
  return { yes: bits(true), no: bits(false) };
}

/** What persons are asked to agree to. */
export function wordingRows(calendar: Calendar) {
  const texts = {
    en: "Yes, Opéra de Demo may write to me about its programme and its offers. I can withdraw this at any time.",
    fr: "Oui, l'Opéra de Demo peut m'écrire au sujet de sa programmation et de ses offres. Je peux y renoncer à tout moment.",
    es: "Sí, Opéra de Demo puede escribirme sobre su programación y sus ofertas. Puedo retirarlo en cualquier momento.",
  };
  const common = { code: "INSTITUTION_EMAIL", version: 1, published_at: calendar.instant(-400, "09:00") };
  return Object.entries(texts).map(([locale, text]) => ({
    ...{ ...common, locale, text, actor: "op-1031", actor_kind: "OPERATOR" },
  }));
}
