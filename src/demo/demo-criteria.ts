import type { Calendar } from "./demo-calendar.js";
import { ids, type PersonRow } from "./demo-people.js";
import { Random } from "./demo-random.js";

type Labels = readonly [en: string, fr: string, es: string];

interface Definition {
  readonly code: string;
  readonly kind: "LIST" | "MULTI_LIST" | "YES_NO" | "FREE_TEXT";
  readonly applicability?: "INDIVIDUAL" | "STRUCTURE";
  readonly isCompulsory?: true;
  readonly isVisibleOnInternet?: true;
  readonly labels: Labels;
  readonly values?: readonly { readonly code: string; readonly labels: Labels; readonly isActive?: false }[];
}

/** What the demo institution classifies its contacts by. */
const definitions: readonly Definition[] = [
  {
    ...{ code: "INTEREST", kind: "MULTI_LIST", isVisibleOnInternet: true },
    labels: ["Interests", "Intérêts", "Intereses"],
    values: [
      { code: "OPERA", labels: ["Opera", "Opéra", "Ópera"] },
      { code: "BALLET", labels: ["Ballet", "Danse", "Danza"] },
      { code: "JAZZ", labels: ["Jazz evenings", "Soirées jazz", "Noches de jazz"], isActive: false },
    ],
  },
  { code: "VIP", kind: "YES_NO", labels: ["Guest of honour", "Invité d'honneur", "Invitado de honor"] },
  {
    ...{ code: "AGEGRP", kind: "LIST", applicability: "INDIVIDUAL", isCompulsory: true },
    labels: ["Age group", "Classe d'âge", "Grupo de edad"],
    values: [
      { code: "A18", labels: ["18 to 25", "18 à 25 ans", "De 18 a 25 años"] },
      { code: "A26", labels: ["26 and over", "26 ans et plus", "26 años o más"] },
    ],
  },
  {
    ...{ code: "SECTOR", kind: "MULTI_LIST", applicability: "STRUCTURE" },
    labels: ["Sector", "Secteur", "Sector de actividad"],
    values: [{ code: "EDU", labels: ["Education", "Enseignement", "Educación"] }],
  },
  { code: "WELCOME", kind: "FREE_TEXT", labels: ["How to welcome", "Accueil", "Acogida"] },
];

const idOf = new Map(definitions.map(({ code }, index) => [code, index]));
const labelled = ([label_en, label_fr, label_es]: Labels) => ({ label_en, label_fr, label_es });

/** Rows of the definitions, with ids from `firstId` on, and of their values. */
export function criterionRows(firstId: number) {
  return {
    criteria: definitions.map(({ code, kind, labels, ...more }, position) => ({
      ...{ id: firstId + position, code, kind, ...labelled(labels), position: position + 1 },
      applicability: more.applicability ?? "BOTH",
      is_compulsory: more.isCompulsory ?? false,
      is_visible_on_internet: more.isVisibleOnInternet ?? false,
      ...{ level: 0, is_active: true, version: 1 },
    })),
    values: definitions.flatMap(({ values = [] }, index) =>
      values.map(({ code, labels, isActive = true }, position) => ({
        ...{ criterion_id: firstId + index, internal_code: code, ...labelled(labels), position: position + 1 },
        ...{ is_active: isActive, version: 1 },
      })),
    ),
  };
}

export const criterionCount = definitions.length;

/** What the people of the stories have. */
const told: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  [ids.camille]: { INTEREST: "BALLET|OPERA", VIP: "TRUE", AGEGRP: "A26", WELCOME: "Programme in large print, please." },
  // from the days when there were jazz evenings
  [ids.julien]: { INTEREST: "JAZZ", AGEGRP: "A26" },
  [ids.school]: { SECTOR: "EDU", VIP: "FALSE" },
  [ids.foundation]: { INTEREST: "OPERA" },
  [ids.teacher]: { AGEGRP: "A26" },
};

/** What each contact has, by code, as the audit writes it; nobody who was anonymized has anything. */
export function contactCriterionRows(people: readonly PersonRow[], firstId: number) {
  const random = new Random(1_926);
  return people
    .filter(({ anonymized_at }) => anonymized_at === null)
    .flatMap(({ id, contact_type }) => {
      const drawn = contact_type === "INDIVIDUAL" ? drawnFor(random) : {};
      return Object.entries(told[id] ?? drawn).flatMap(([code, text]) => rowsOf(id, firstId, code, text));
    });
}

function drawnFor(random: Random): Record<string, string> {
  return {
    ...(random.chance(0.7) && { INTEREST: random.pick(["OPERA", "BALLET", "BALLET|OPERA", "JAZZ"]) }),
    ...(random.chance(0.1) && { VIP: random.pick(["TRUE", "FALSE"]) }),
    ...(random.chance(0.8) && { AGEGRP: random.pick(["A18", "A26", "A26"]) }),
  };
}

function rowsOf(contact_id: number, firstId: number, code: string, text: string) {
  const index = idOf.get(code)!;
  const isText = definitions[index]!.kind === "FREE_TEXT";
  return (isText ? [""] : text.split("|")).map((value_code) => ({
    ...{ contact_id, criterion_id: firstId + index, value_code, text_value: isText ? text : null },
  }));
}

const changedDaysAgo = 45;

/** The last change of the first contact's criteria, and the day's activity. */
export function criterionAudit(calendar: Calendar) {
  const common = { contact_id: ids.camille, actor: "op-1042", actor_kind: "OPERATOR", source: "OPERATOR" };
  const at = calendar.instant(-changedDaysAgo, "11:12");
  return [{ ...common, at, entity: "Criterion", field: "INTEREST", old_value: "OPERA", new_value: "BALLET|OPERA" }];
}

export function activities(calendar: Calendar) {
  return [{ contact_id: ids.camille, day: calendar.day(-changedDaysAgo), kind: "CRITERION", source: "OPERATOR" }];
}
