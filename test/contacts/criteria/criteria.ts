import { ask } from "../../support/ask.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";
import { callerOf, contactsSchema } from "../support.js";

const errors = "userErrors { code field message elementIndex }";
const defined = "label labels { en fr es } organization position isActive version";
export const define = `mutation ($input: DefineCriterionInput!) { defineCriterion(input: $input) {
  criterion { code kind applicability isCompulsory isVisibleOnInternet level ${defined} } ${errors} } }`;
export const defineValue = `mutation ($input: DefineCriterionValueInput!) { defineCriterionValue(input: $input) {
  value { internalCode ${defined} } ${errors} } }`;
const held = `criteria { definition { code label } values { internalCode label isActive } yesNo text
  redactions { field requiredClearance } }`;
export const set = `mutation ($input: SetCriteriaInput!) { setCriteria(input: $input) { contact { version ${held} } legalNotice { code } ${errors} } }`;

export interface Definition {
  readonly code: string;
  readonly kind: "LIST" | "MULTI_LIST" | "YES_NO" | "FREE_TEXT";
  readonly applicability?: string;
  readonly isCompulsory?: boolean;
  readonly isVisibleOnInternet?: boolean;
  readonly organization?: string;
  readonly level?: number;
  readonly isActive?: boolean;
  readonly values?: Readonly<Record<string, { label?: string; isActive?: boolean; organization?: string }>>;
}

/** The definitions of the worked examples (domain 6.8). */
export const worked: readonly Definition[] = [
  {
    ...{ code: "INTEREST", kind: "MULTI_LIST" },
    values: { OPERA: { label: "Opera" }, BALLET: { label: "Ballet" }, JAZZ: { label: "Jazz", isActive: false } },
  },
  { code: "VIP", kind: "YES_NO" },
  { code: "AGEGRP", kind: "LIST", isCompulsory: true, values: { A18: {}, A26: {} } },
  { code: "SECTOR", kind: "MULTI_LIST", applicability: "STRUCTURE", values: { EDU: {} } },
  { code: "NICKNAME", kind: "FREE_TEXT" },
];

/** Definitions as an administrator would have made them, without their audit. Returns the ids by code. */
export async function insertDefinitions(
  db: TestDatabase,
  definitions: readonly Definition[] = worked,
  institution: TestInstitution = db.home,
): Promise<Record<string, number>> {
  const ids: Record<string, number> = {};
  for (const [position, { code, kind, values = {}, ...wish }] of definitions.entries()) {
    const { rows } = await db.owner.query<{ id: number }>(
      `INSERT INTO contacts.criterion (institution_id, code, label_en, kind, applicability, is_compulsory,
         is_visible_on_internet, organization, level, is_active, position)
       VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
      [
        ...[institution.id, code, kind, wish.applicability ?? "BOTH", wish.isCompulsory ?? false],
        ...[wish.isVisibleOnInternet ?? false, wish.organization, wish.level ?? 0, wish.isActive ?? true, position],
      ],
    );
    ids[code] = rows[0]!.id;
    for (const [internalCode, { label, isActive = true, organization }] of Object.entries(values)) {
      await db.owner.query(
        `INSERT INTO contacts.criterion_value (institution_id, criterion_id, internal_code, label_en, is_active, organization)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [institution.id, ids[code], internalCode, label, isActive, organization],
      );
    }
  }
  return ids;
}

/** Gives a contact a value as it was given before: no audit, no activity. */
export async function insertHeld(
  db: TestDatabase,
  contactId: string,
  criterionId: number,
  value: { codes?: readonly string[]; text?: string },
): Promise<void> {
  for (const code of value.codes ?? [""]) {
    await db.owner.query(
      `INSERT INTO contacts.contact_criterion (institution_id, contact_id, criterion_id, value_code, text_value)
       SELECT institution_id, $1, $2, $3, $4 FROM contacts.contact WHERE id = $1`,
      [contactId, criterionId, code, value.text],
    );
  }
}

/** Every activity, oldest day first. */
export async function activitiesOf(db: TestDatabase, contactId: string) {
  const { rows } = await db.owner.query<{ day: string; kind: string; source: string }>(
    "SELECT day::text, kind, source FROM contacts.activity WHERE contact_id = $1 ORDER BY day, source",
    [contactId],
  );
  return rows;
}

/** What a caller reads of a contact's criteria; null when they are withheld or the contact is not there. */
export async function readCriteria(db: TestDatabase, opaqueId: string, wish: ContextWish = {}) {
  const query = `query ($id: ID!) { contact(id: $id) { redactions { field } ${held} } }`;
  const { contact } = await ask(await contactsSchema(), callerOf(db, "contact:read", wish), query, { id: opaqueId });
  return contact;
}

export interface Held {
  readonly definition: { readonly code: string };
  readonly values: readonly { readonly internalCode: string }[] | null;
  readonly yesNo: boolean | null;
  readonly text: string | null;
  readonly redactions: readonly { readonly field: string; readonly requiredClearance: string }[];
}

/** A contact's criteria as read, but for those that are withheld: codes, yes or no, or text, by criterion. */
export function shown({ criteria }: { criteria: readonly Held[] }): Record<string, unknown> {
  return Object.fromEntries(
    criteria
      .filter(({ redactions }) => redactions.length === 0)
      .map(({ definition, values, yesNo, text }) => [
        definition.code,
        values?.map(({ internalCode }) => internalCode) ?? yesNo ?? text,
      ]),
  );
}
