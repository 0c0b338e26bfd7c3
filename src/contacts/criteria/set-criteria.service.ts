import "./criterion.messages.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import { refuse } from "../../platform/idempotency.js";
import {
  type ContactAnswer,
  changeContact,
  contactToChange,
  type NoticeAnswer,
  refusal,
  withFreeTextNotice,
} from "../contact.change.js";
import type { ContactType } from "../contact.enums.js";
import { fieldNotAvailable } from "../contact.errors.js";
import { lockVisibleContacts } from "../visibility.js";
import { mayKnow } from "./contact-criteria.loader.js";
import { type ApplyOptions, applyCriteria, type HeldRow, selectContactCriteria } from "./contact-criteria.sql.js";
import type { SetCriteriaInput } from "./criterion.inputs.js";
import { type DefinitionRow, selectDefinitions, selectMeantCodes, selectValues } from "./criterion.sql.js";
import { isCode } from "./criterion-code.js";
import { type CriterionState, criterionProblems, isList, nothing, wishedState } from "./criterion-rules.js";
import type { CriterionInput } from "./criterion-wish.inputs.js";
import { mostDefinitions } from "./definition.service.js";
import { mostValues } from "./value.service.js";

/** How many codes a refusal names when none is like the one that was given. */
const mostNamedCodes = 20;
const longestMeantText = 100;

/** Sets criteria of a contact, all that the input names or none (F21). Values that he has already stay (F69). */
export async function setCriteria(context: OperationContext, input: SetCriteriaInput): Promise<NoticeAnswer> {
  return withFreeTextNotice(context, firstText(input.criteria), await set(context, input));
}

/** A text that the wishes write; null when they write none. */
export function firstText(criteria: readonly CriterionInput[]): string | null {
  return criteria.find(({ text }) => text?.trim())?.text ?? null;
}

async function set(context: OperationContext, input: SetCriteriaInput): Promise<ContactAnswer> {
  const problems = criteriaInputProblems(context, input.criteria);
  if (problems.length > 0) return refusal(context, problems);
  return changeContact(context, "setCriteria", input, async (db) => {
    const contact = await contactToChange(db, input.contactId, "contactId", input.version);
    await writeCriteria(context, db, contact, input.criteria);
    return contact.id;
  });
}

/** What is wrong with a list of criteria before anything is read. */
export function criteriaInputProblems(context: OperationContext, criteria: readonly CriterionInput[]): Problem[] {
  if (criteria.length === 0) return [];
  if (!context.fields.may("Contact", "criteria")) return [fieldNotAvailable("criteria")];
  if (criteria.length > mostDefinitions) return [problem("LIST_TOO_LONG", ["criteria"], { maximum: mostDefinitions })];
  const codes = criteria.map(({ code }) => code);
  return criteria.flatMap(({ code, values }, elementIndex) => {
    const found = [
      codes.indexOf(code) < elementIndex
        ? problem("DUPLICATE_CODE", ["criteria", "code"], { code: isCode(code) ? code : "" })
        : null,
      (values?.length ?? 0) > mostValues
        ? problem("LIST_TOO_LONG", ["criteria", "values"], { maximum: mostValues })
        : null,
    ];
    return found.filter((each) => each !== null).map((each) => ({ ...each, elementIndex }));
  });
}

/** Judges the wishes and applies them, or refuses all. The contact is locked by the caller's transaction. */
export async function writeCriteria(
  context: OperationContext,
  db: Sql,
  contact: { readonly id: string; readonly type: ContactType },
  criteria: readonly CriterionInput[],
  options: ApplyOptions = {},
): Promise<void> {
  const known = await selectKnown(context, db, contact.id, criteria);
  const judged: Judged[] = [];
  for (const wish of criteria) judged.push(await judge(context, db, contact.type, wish, known));
  const problems = judged.flatMap(({ problems: found }, elementIndex) =>
    found.map((each) => ({ ...each, field: ["criteria", ...each.field], elementIndex })),
  );
  if (problems.length > 0) refuse(...problems);
  const changes = judged.flatMap(({ definition, wished }) =>
    definition && wished ? [{ contactId: contact.id, criterionId: definition.id, ...wished }] : [],
  );
  await applyCriteria(db, await lockVisibleContacts(db, [contact.id]), changes, options);
}

interface Known {
  readonly definitions: ReadonlyMap<string, DefinitionRow>;
  readonly values: Awaited<ReturnType<typeof selectValues>>;
  readonly held: readonly HeldRow[];
}

async function selectKnown(
  context: OperationContext,
  db: Sql,
  contactId: string,
  criteria: readonly CriterionInput[],
): Promise<Known> {
  const codes = criteria.map(({ code }) => code).filter(isCode);
  const definitions = (await selectDefinitions(db, codes)).filter((row) => mayKnow(context, row));
  const valueCodes = criteria.flatMap(({ values }) => values ?? []).filter(isCode);
  const lists = definitions.filter(({ kind }) => isList(kind)).map(({ id }) => id);
  return {
    definitions: new Map(definitions.map((row) => [row.code, row])),
    values: valueCodes.length > 0 ? await selectValues(db, lists, valueCodes) : [],
    held: await selectContactCriteria(db, [contactId]),
  };
}

interface Judged {
  readonly problems: readonly Problem[];
  readonly definition?: DefinitionRow;
  readonly wished?: CriterionState;
}

async function judge(
  { caller }: OperationContext,
  db: Sql,
  contactType: ContactType,
  wish: CriterionInput,
  known: Known,
): Promise<Judged> {
  const definition = known.definitions.get(wish.code);
  if (!definition) return { problems: [problem("CRITERION_NOT_FOUND", ["code"])] };
  const { id, kind, level } = definition;
  if (level > caller.clearance) return { problems: [fieldNotAvailable("code")] };
  const wished = wishedState(kind, wish);
  if (!wished) return { problems: [problem("CRITERION_KIND_EXPECTED", [], { kind })] };
  const values = new Map(
    known.values.filter(({ criterionId }) => criterionId === id).map((value) => [value.internalCode, value]),
  );
  const accepted = await acceptedCodes(db, id, isList(kind) ? wished.codes.filter((code) => !values.has(code)) : []);
  const problems = criterionProblems(wished, {
    ...{ definition, values, contactType, organizations: caller.organizations },
    held: heldState(known.held.filter(({ criterionId }) => criterionId === id)),
    accepted: (code) => accepted.get(code) ?? "",
  });
  return { problems, definition, wished };
}

function heldState(rows: readonly HeldRow[]): CriterionState {
  return rows.length === 0 ? nothing : { codes: rows.map(({ code }) => code).sort(), text: rows[0]!.text };
}

/** For each code that there is not: those that a label or another spelling means, else the first that there are. */
async function acceptedCodes(db: Sql, criterionId: number, unknown: readonly string[]): Promise<Map<string, string>> {
  const accepted = new Map<string, string>();
  for (const code of unknown.slice(0, mostNamedCodes)) {
    const text = code.slice(0, longestMeantText).replaceAll("\0", "");
    accepted.set(code, (await selectMeantCodes(db, criterionId, text, mostNamedCodes)).join(", "));
  }
  return accepted;
}
