import type { Row } from "./rows.js";

/** Which of the two databases. They differ in what the callers of an institution may not see, and in nothing else. */
export type Side = "A" | "B";

/** A contact of the invented institution. Ids are the same in every institution, so that a wrong join finds somebody. */
export interface Person {
  readonly id: number;
  /** In which database it is; in both when left out. */
  readonly only?: Side;
  readonly row: Row;
  readonly roles?: readonly string[];
}

/** Roles that come with a connection, here with one that everybody sees or with one that only some see. */
const connected: Readonly<Record<number, readonly string[]>> = {
  11: ["SUBSIDIARY"],
  12: ["RELAY"],
  16: ["MEMBER"],
  17: ["MEMBER", "SUBSIDIARY"],
  18: ["SUBSIDIARY"],
};

const person = (id: number, first_name: string, last_name: string, row: Row = {}, only?: Side): Person => ({
  id,
  only,
  row: { contact_type: "INDIVIDUAL", first_name, last_name, ...row },
  roles: connected[id] ?? ["PUBLIC"],
});

const structure = (id: number, structure_name: string, row: Row = {}, only?: Side): Person => ({
  id,
  only,
  row: { contact_type: "STRUCTURE", structure_name, ...row },
  roles: connected[id] ?? ["PARTNER"],
});

/** Those whom most callers see. */
export const known: readonly Person[] = [
  person(11, "Anna", "Müller", {
    title: "MRS",
    email: "anna.mueller@example.org",
    phone: "+41 21 555 01 11",
    mobile: "+41 79 555 01 11",
    birth_date: "1980-04-12",
    language: "fr",
    reference_code: "REF-0042",
    remark: "likes the front row",
    disability_type: "ROW_END",
  }),
  person(12, "Anne", "Muller", { email: "shared@example.org", reference_code: "0042", language: "de" }),
  structure(13, "Opéra du Lac", { email: "office@opera.example.org", reference_code: "S-7" }),
  person(14, "Arnold", "Past", { email: "past@example.org", validity_end_date: "2025-01-31" }),
  person(15, "Gone", "Shell", { first_name: null, last_name: null, anonymized_at: "2025-05-05T00:00:00Z" }),
  person(16, "Bruno", "Keller", {
    email: "shared@example.org",
    phone: "+41 21 555 01 16",
    blocked_since: "2026-01-01T00:00:00Z",
    blocked_reason: "unpaid orders",
  }),
  person(17, "Carla", "Moser", { email: "carla@example.org", validity_end_date: "2027-06-30", title: "MISS" }),
  structure(18, "Schule am See", { reference_code: "REF-0042" }),
  // both public: a login is one public contact's
  person(19, "Dora", "Frei", { email: "dora@example.org" }),
  person(20, "Emil", "Frei", { email: "emil@example.org" }),
];

/** Those who tempt: names one letter off, the same e-mail addresses and reference codes, or the very same names. */
export const tempting: readonly Person[] = [
  person(101, "Anna", "Müllner", { email: "anna.mueller@example.org", reference_code: "REF-0042" }, "A"),
  person(102, "Anna", "Müller", {
    email: "hidden@example.org",
    phone: "+41 21 555 09 02",
    reference_code: "H-102",
    remark: "hidden",
  }),
  person(103, "Annabelle", "Mullet", { email: "only.hidden@example.org", reference_code: "0042" }, "B"),
  person(104, "Bruna", "Kellers", { email: "shared@example.org", language: "it", birth_date: "1971-01-01" }),
  structure(105, "Opéra du Lau", { email: "secret@opera.example.org", reference_code: "S-7" }, "A"),
  structure(106, "Opéra du Lac", { email: "office@opera.example.org" }),
  person(107, "Arnolda", "Pasta", { email: "past@example.org", validity_end_date: "2025-01-30" }, "B"),
  person(108, "Lost", "Shells", { first_name: null, last_name: null, anonymized_at: "2025-06-06T00:00:00Z" }, "A"),
  person(109, "Zoé", "Zwahlen", { email: "zoe@example.org", reference_code: "H-109" }, "B"),
];

/** Strangers in one database only, so many that whatever is cut off before they are taken out shows it. */
export const crowd: readonly Person[] = Array.from({ length: 120 }, (_, index) =>
  person(
    200 + index,
    "Anna",
    `M${"aeiou"[index % 5]}ller${"abcdefghijklmnopqrstuvwx"[Math.floor(index / 5)]}`,
    {},
    "B",
  ),
);

export const contactNumberOf = (id: number): string => String(id).padStart(8, "0");

/** What everybody may read who reads contacts. */
export const wordings: readonly Row[] = [
  {
    ...{ code: "SMS", locale: "en", version: 1, text: "By SMS?", published_at: "2026-01-15T10:00:00Z" },
    ...{ actor: "somebody", actor_kind: "OPERATOR" },
  },
];

/** Internet accounts: strangers have the same logins, made earlier. */
export const accounts: readonly {
  readonly contact: number;
  readonly login: string;
  readonly madeAt: string;
  readonly disabledAt?: string;
}[] = [
  { contact: 11, login: "anna.mueller@example.org", madeAt: "2025-06-01T00:00:00Z" },
  { contact: 16, login: "bruno@example.org", madeAt: "2025-06-02T00:00:00Z", disabledAt: "2025-09-01T00:00:00Z" },
  { contact: 17, login: "carla@example.org", madeAt: "2025-06-03T00:00:00Z" },
  { contact: 19, login: "bruno@example.org", madeAt: "2025-06-04T00:00:00Z" },
  { contact: 101, login: "anna.mueller@example.org", madeAt: "2025-01-01T00:00:00Z" },
  { contact: 102, login: "hidden@example.org", madeAt: "2025-01-02T00:00:00Z" },
  { contact: 103, login: "carla@example.org", madeAt: "2025-01-03T00:00:00Z" },
  { contact: 104, login: "bruno@example.org", madeAt: "2025-01-04T00:00:00Z" },
  { contact: 109, login: "zoe@example.org", madeAt: "2025-01-05T00:00:00Z" },
];

interface Link {
  readonly id: number;
  readonly type: string;
  readonly from: number;
  readonly to: number;
  readonly only?: Side;
}

/** More than a page that the corpus asks for. */
const pageful = 14;

/**
 * A pageful of strangers of one side, with ids before those of everybody else: what counts or cuts off before they are
 * taken out shows less than a page.
 */
const strangersFirst = <Row>(part: number, row: (id: number, stranger: number) => Row): Row[] =>
  crowd
    .slice(part * pageful, (part + 1) * pageful)
    .map((stranger, index) => row(1 + part * pageful + index, stranger.id));

/** Who is connected with whom. Strangers stand at one end or the other; whom they are with is another one on each side. */
export const links: readonly Link[] = [
  ...strangersFirst(0, (id, from) => ({ id, type: "MEMBER_OF", from, to: 13 })),
  ...strangersFirst(1, (id, from) => ({ id, type: "RELAY_OF", from, to: 13 })),
  ...strangersFirst(2, (id, from) => ({ id, type: "SUBSIDIARY_OF", from, to: 13 })),
  ...strangersFirst(3, (id, from) => ({ id, type: "SUBSIDIARY_OF", from, to: 11 })),
  // the only one that is shown is another one's
  { id: 101, type: "SUBSIDIARY_OF", from: 18, to: 260 },
  { id: 102, type: "RELAY_OF", from: 12, to: 261 },
  { id: 301, type: "MEMBER_OF", from: 16, to: 13 },
  { id: 302, type: "RELAY_OF", from: 101, to: 13 },
  { id: 303, type: "RELAY_OF", from: 103, to: 13 },
  { id: 304, type: "RELAY_OF", from: 12, to: 13 },
  { id: 305, type: "SUBSIDIARY_OF", from: 11, to: 102, only: "A" },
  { id: 306, type: "SUBSIDIARY_OF", from: 11, to: 104, only: "B" },
  { id: 307, type: "SUBSIDIARY_OF", from: 17, to: 11 },
  { id: 308, type: "SUBSIDIARY_OF", from: 104, to: 11, only: "A" },
  { id: 309, type: "MEMBER_OF", from: 104, to: 106 },
  { id: 310, type: "MEMBER_OF", from: 17, to: 13 },
  { id: 311, type: "SUBSIDIARY_OF", from: 18, to: 13 },
  // one side has more of these than the other
  { id: 312, type: "SUBSIDIARY_OF", from: 11, to: 105 },
];

/** Aliases of credit cards. */
export const aliases: readonly { readonly id: number; readonly contact: number; readonly alias: string }[] = [
  { id: 1, contact: 11, alias: "tok_shared" },
  { id: 2, contact: 102, alias: "tok_of_102" },
  { id: 3, contact: 103, alias: "tok_shared" },
  { id: 4, contact: 101, alias: "tok_shared" },
];

/** Whom internet users may buy for. */
export const communities: readonly {
  readonly id: number;
  readonly owner: number;
  readonly member: number;
  readonly status?: string;
  readonly only?: Side;
}[] = [
  ...strangersFirst(0, (id, member) => ({ id, owner: 11, member })),
  ...strangersFirst(1, (id, owner) => ({ id, owner, member: 11 })),
  { id: 301, owner: 11, member: 12 },
  { id: 302, owner: 11, member: 102, only: "A" },
  { id: 303, owner: 11, member: 16 },
  { id: 304, owner: 11, member: 17, status: "PENDING" },
  { id: 305, owner: 102, member: 11 },
  { id: 306, owner: 16, member: 11 },
  { id: 307, owner: 104, member: 11, only: "B" },
  { id: 308, owner: 11, member: 104, only: "B" },
];

/** Of the contacts with a seat that they like, and with a mail that was sent to them. */
export const seatsAndMails: readonly { readonly id: number; readonly contact: number }[] = [
  { id: 1, contact: 11 },
  { id: 2, contact: 102 },
  { id: 3, contact: 103 },
];

/** Criteria by their levels; the first alone is shown on the internet. */
export const criteria: readonly {
  readonly id: number;
  readonly code: string;
  readonly kind: string;
  readonly level: number;
}[] = [
  { id: 1, code: "INTEREST", kind: "MULTI_LIST", level: 0 },
  { id: 2, code: "VIP", kind: "YES_NO", level: 1 },
  { id: 3, code: "REMARKS", kind: "FREE_TEXT", level: 2 },
];

export const notes: readonly { readonly id: number; readonly contact: number }[] = [
  { id: 1, contact: 11 },
  { id: 2, contact: 102 },
  { id: 3, contact: 103 },
  { id: 4, contact: 17 },
  { id: 5, contact: 11 },
];

/** Numbers of passports and identity cards: strangers have the same, or others. */
export const documents: readonly { readonly contact: number; readonly number: string }[] = [
  { contact: 11, number: "X1234567" },
  { contact: 17, number: "P7654321" },
  { contact: 101, number: "X1234567" },
  { contact: 102, number: "H0000102" },
  { contact: 103, number: "P7654321" },
];
