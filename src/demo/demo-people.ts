import type { Calendar } from "./demo-calendar.js";
import type { Random } from "./demo-random.js";
import { firstNames, lastNames, streets, towns } from "./names.js";

/** A row of contacts.contact; every row has every column. */
export interface PersonRow {
  readonly id: number;
  readonly contact_number: string;
  readonly contact_type: "INDIVIDUAL" | "STRUCTURE";
  readonly confidentiality_level: 0 | 1 | 2;
  readonly title: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly structure_name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly birth_date: string | null;
  readonly language: string | null;
  readonly reference_code: string | null;
  readonly validity_end_date: string | null;
  readonly anonymized_at: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

type Wish = Partial<PersonRow>;

/** The people of the stories that the README tells; see `cast` for who they are. */
export const ids = {
  camille: 101,
  julien: 102,
  school: 103,
  teacher: 104,
  otherTeacher: 105,
  pupils: [106, 107, 108, 109, 110, 111],
  foundation: 112,
  restricted: 113,
  confidential: 114,
  invalid: 115,
  anonymized: 116,
  couple: [117, 118],
} as const;

const lastOfCrowd = 300;

/** Those with a part to play. */
function cast(calendar: Calendar): Record<number, Wish> {
  const pupil = (first_name: string, last_name: string): Wish => ({
    first_name,
    last_name,
    email: null,
    language: "fr",
  });
  return {
    [ids.camille]: {
      ...{ title: "MRS", first_name: "Camille", last_name: "Favre", email: "camille.favre@mail.example" },
      ...{ mobile: "+41791230101", birth_date: "1984-06-12", language: "fr", reference_code: "000417" },
    },
    [ids.julien]: { title: "MR", first_name: "Julien", last_name: "Favre", email: "camille.favre@mail.example" },
    [ids.school]: { contact_type: "STRUCTURE", structure_name: "École des Tilleuls", email: "ecole@tilleuls.example" },
    [ids.teacher]: { title: "MRS", first_name: "Hélène", last_name: "Rochat", email: "helene.rochat@tilleuls.example" },
    // the relay who is not to be seen in the history of his school
    [ids.otherTeacher]: { title: "MR", first_name: "Loïc", last_name: "Cuendet", confidentiality_level: 2 },
    [ids.pupils[0]]: pupil("Emma", "Nguyen"),
    [ids.pupils[1]]: pupil("Théo", "Berisha"),
    [ids.pupils[2]]: pupil("Inès", "Pereira"),
    [ids.pupils[3]]: pupil("Noah", "Chappuis"),
    [ids.pupils[4]]: pupil("Chloé", "Zufferey"),
    [ids.pupils[5]]: { ...pupil("Gabriel", "Delacrétaz"), confidentiality_level: 1 },
    [ids.foundation]: { contact_type: "STRUCTURE", structure_name: "Fondation Beau-Rivage" },
    [ids.restricted]: { title: "MRS", first_name: "Élodie", last_name: "Bonvin", confidentiality_level: 1 },
    // one letter from the first contact
    [ids.confidential]: { title: "MRS", first_name: "Camille", last_name: "Favrel", confidentiality_level: 2 },
    [ids.invalid]: { title: "MR", first_name: "José", last_name: "Núñez", validity_end_date: calendar.day(-40) },
    [ids.anonymized]: {
      ...{ first_name: null, last_name: "XXXXXXXX", email: null, phone: null, mobile: null, birth_date: null },
      ...{ language: null, validity_end_date: calendar.day(-90), anonymized_at: calendar.instant(-90, "02:00") },
    },
    [ids.couple[0]]: { title: "MRS", first_name: "Ursula", last_name: "Müller", email: "mueller@mail.example" },
    [ids.couple[1]]: { title: "MR", first_name: "Beat", last_name: "Müller", email: "mueller@mail.example" },
  };
}

/** About 200 people: the cast, and a crowd. */
export function people(random: Random, calendar: Calendar): PersonRow[] {
  const wishes = cast(calendar);
  const rows: PersonRow[] = [];
  for (let id: number = ids.camille; id <= lastOfCrowd; id++) {
    const wish = wishes[id] ?? crowd(random, calendar, id);
    rows.push(personRow(id, id, wish, calendar.instant(-random.between(30, 1_400), "09:30")));
  }
  return rows;
}

/** A dozen of the other institution. Their numbers are taken in the first one as well. */
export function otherPeople(random: Random, calendar: Calendar): PersonRow[] {
  return Array.from({ length: 12 }, (_, index) =>
    personRow(1_001 + index, ids.camille + index, crowd(random, calendar, index), calendar.instant(-200, "09:30")),
  );
}

function personRow(id: number, number: number, wish: Wish, createdAt: string): PersonRow {
  return {
    id,
    contact_number: String(number).padStart(8, "0"),
    contact_type: "INDIVIDUAL",
    confidentiality_level: 0,
    title: null,
    first_name: null,
    last_name: null,
    structure_name: null,
    email: null,
    phone: null,
    mobile: null,
    birth_date: null,
    language: "fr",
    reference_code: null,
    validity_end_date: null,
    anonymized_at: null,
    created_at: createdAt,
    updated_at: createdAt,
    ...wish,
  };
}

function crowd(random: Random, calendar: Calendar, id: number): Wish {
  const [firstName, lastName] = [random.pick(firstNames), random.pick(lastNames)];
  const digits = (length: number) => String(random.between(0, 10 ** length - 1)).padStart(length, "0");
  return {
    title: random.pick(["MR", "MRS", null]),
    first_name: firstName,
    last_name: lastName,
    email: random.chance(0.8) ? `${ascii(firstName)}.${ascii(lastName)}${id}@mail.example` : null,
    phone: random.chance(0.4) ? `+4121${digits(7)}` : null,
    mobile: random.chance(0.6) ? `+4179${digits(7)}` : null,
    birth_date: random.chance(0.7) ? calendar.day(-random.between(6_600, 30_000)) : null,
    language: random.pick(["fr", "fr", "fr", "de", "en", "es", "it"]),
    reference_code: random.chance(0.3) ? digits(6) : null,
    confidentiality_level: random.chance(0.06) ? 1 : random.chance(0.03) ? 2 : 0,
    validity_end_date: random.chance(0.05) ? calendar.day(-random.between(1, 400)) : null,
  };
}

function ascii(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
}

/** Up to three each; of the anonymized contact only what erasure keeps (F48). */
export function addresses(random: Random, rows: readonly PersonRow[]) {
  return rows.flatMap(({ id, anonymized_at }) => {
    const kinds = ["MAIN", ...(random.chance(0.15) ? ["DELIVERY"] : []), ...(random.chance(0.1) ? ["INVOICE"] : [])];
    return kinds.map((kind) => {
      const { postcode, town, country } = id === ids.camille ? towns[0]! : random.pick(towns);
      const street = `${random.pick(streets)} ${random.between(1, 90)}`;
      return { contact_id: id, kind, street1: anonymized_at === null ? street : null, postcode, town, country };
    });
  });
}

export function roles(rows: readonly PersonRow[]) {
  const special: Readonly<Record<number, string[]>> = {
    [ids.teacher]: ["RELAY"],
    [ids.otherTeacher]: ["RELAY"],
    [ids.foundation]: ["PARTNER"],
    [ids.julien]: ["PUBLIC", "GUIDE"],
  };
  return rows.flatMap(({ id }) => (special[id] ?? ["PUBLIC"]).map((role) => ({ contact_id: id, role })));
}

/** The school's two relays. */
export function connections(calendar: Calendar) {
  return [ids.teacher, ids.otherTeacher].map((from_contact_id) => ({
    connection_type: "RELAY_OF",
    from_contact_id,
    to_contact_id: ids.school,
    created_at: calendar.instant(-300, "09:30"),
  }));
}
