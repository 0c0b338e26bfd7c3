import { clearanceOf } from "../platform/access/clearance.js";
import type { OperationContext } from "../platform/context.js";
import { type Problem, problem } from "../platform/errors/user-error.js";
import { refuse } from "../platform/idempotency.js";
import { type AddressValues, upsertAddress } from "./address.sql.js";
import { watchPrimaryRelay } from "./connections/index.js";
import {
  type ContactAnswer,
  changeContact,
  contactToChange,
  type NoticeAnswer,
  refusal,
  withFreeTextNotice,
} from "./contact.change.js";
import { AddressKind, ContactRole, ContactType } from "./contact.enums.js";
import { fieldNotAvailable, levelAboveClearance } from "./contact.errors.js";
import type {
  AddressInput,
  CreateContactInput,
  SetConfidentialityLevelInput,
  SetValidityEndDateInput,
  UpdateContactInput,
} from "./contact.inputs.js";
import {
  type ContactValues,
  insertContact,
  updateConfidentialityLevel,
  updateContactValues,
  type WritableField,
  writableColumns,
} from "./contact.sql.js";
import { addressProblems, contactProblems, requiredName, tidy } from "./contact.validation.js";
import { insertRole } from "./contact-lists.sql.js";
import { criteriaInputProblems, firstText, missingCriteria, writeCriteria } from "./criteria/index.js";
import { type FoundDuplicates, refuseDuplicates, subjectOf, toDuplicates } from "./duplicates/index.js";
import { selectInstitutionCountry } from "./institution.sql.js";

/**
 * Creates a contact, FREE and, for an individual, PUBLIC; not one that looks like another, unless told to (F01). Warns of
 * compulsory criteria that are missing.
 */
export async function createContact(context: OperationContext, input: CreateContactInput) {
  const found: FoundDuplicates = { rows: [] };
  const { warnings, ...answer } = await create(context, input, found);
  const missing = answer.contact ? await missingCriteria(context, answer.contact) : [];
  const text = input.remark || firstText(input.criteria ?? []);
  return {
    ...(await withFreeTextNotice(context, text, { ...answer, warnings: [...warnings, ...missing] })),
    possibleDuplicates: await toDuplicates(context, answer.contact ? [] : found.rows),
  };
}

async function create(
  context: OperationContext,
  input: CreateContactInput,
  found: FoundDuplicates,
): Promise<ContactAnswer> {
  const values = contactValues(input);
  const addresses = (input.addresses ?? []).map(({ kind, ...lines }) => ({ kind, lines: tidy({ ...lines }) }));
  const criteria = input.criteria ?? [];
  const problems = [
    ...missingName(input.type, values),
    ...withheld(context, Object.keys(values)),
    ...contactProblems(input.type, values, context.today()),
    ...addressListProblems(context, addresses),
    ...criteriaInputProblems(context, criteria),
  ];
  if (problems.length > 0) return refusal(context, problems);
  return changeContact(context, "createContact", input, async (db) => {
    const country = await selectInstitutionCountry(db);
    const roles = input.type === ContactType.INDIVIDUAL ? [ContactRole.PUBLIC] : [];
    if (!input.createDespiteDuplicates) {
      const main = addresses.find(({ kind }) => kind === AddressKind.MAIN);
      const draft = { type: input.type, roles, values, address: main && { country, ...given(main.lines) } };
      await refuseDuplicates(context, db, subjectOf(draft, country), found);
    }
    const id = await insertContact(db, input.type, values);
    for (const role of roles) await insertRole(db, id, role);
    for (const { kind, lines } of addresses) await upsertAddress(db, id, kind, { country, ...given(lines) });
    await writeCriteria(context, db, { id, type: input.type }, criteria, { isCreation: true });
    await context.ports.marketing.copyContacts(db, [id]);
    return id;
  });
}

/** Changes what the input names, if the contact is still at the version that the change is based on. */
export async function updateContact(context: OperationContext, input: UpdateContactInput): Promise<NoticeAnswer> {
  return withFreeTextNotice(context, input.remark, await update(context, input));
}

async function update(context: OperationContext, input: UpdateContactInput): Promise<ContactAnswer> {
  const values = contactValues(input);
  const names = Object.keys(values);
  if (names.length === 0) return refusal(context, [problem("NOTHING_TO_CHANGE")]);
  const hidden = withheld(context, names);
  if (hidden.length > 0) return refusal(context, hidden);
  return changeContact(context, "updateContact", input, async (db) => {
    const contact = await contactToChange(db, input.id, "id", input.version);
    const problems = contactProblems(contact.type, values, context.today());
    if (values[requiredName(contact.type)] === null)
      problems.push(problem("FIELD_REQUIRED", [requiredName(contact.type)]));
    if (problems.length > 0) refuse(...problems);
    const changed = (names as WritableField[]).some((field) => values[field] !== contact[field]);
    if (!changed) return contact.id;
    await updateContactValues(db, contact.id, values);
    await context.ports.marketing.copyContacts(db, [contact.id]);
    return contact.id;
  });
}

/** Sets who may see the contact. Nobody can hide a contact from himself: the level ends at the caller's clearance. */
export async function setConfidentialityLevel(
  context: OperationContext,
  input: SetConfidentialityLevelInput,
): Promise<ContactAnswer> {
  const level = clearanceOf(input.level);
  if (level > context.caller.clearance) return refusal(context, [levelAboveClearance()]);
  return changeContact(context, "setConfidentialityLevel", input, async (db) => {
    const contact = await contactToChange(db, input.id, "id");
    if (contact.confidentialityLevel === level) return contact.id;
    await updateConfidentialityLevel(db, contact.id, level);
    await context.ports.marketing.copyContacts(db, [contact.id]);
    return contact.id;
  });
}

/** Invalidates from the day after the date on, or revalidates. Consent and everything else stay as they are (F07). */
export async function setValidityEndDate(
  context: OperationContext,
  input: SetValidityEndDateInput,
): Promise<ContactAnswer> {
  const hidden = withheld(context, ["validityEndDate"]);
  if (hidden.length > 0) return refusal(context, hidden);
  // left out by mistake, it would make the contact valid for ever
  if (input.validityEndDate === undefined) return refusal(context, [problem("FIELD_REQUIRED", ["validityEndDate"])]);
  return changeContact(context, "setValidityEndDate", input, async (db) => {
    const contact = await contactToChange(db, input.id, "id");
    const { validityEndDate } = input;
    if (contact.validityEndDate === validityEndDate) return contact.id;
    const primaryRelayOf = await watchPrimaryRelay(db, contact.id, async () => {
      await updateContactValues(db, contact.id, { validityEndDate });
      await context.ports.marketing.copyContacts(db, [contact.id]);
    });
    return { contact: contact.id, ...(primaryRelayOf && { primaryRelayOf }) };
  });
}

const inputFields = (Object.keys(writableColumns) as WritableField[]).filter((field) => field !== "validityEndDate");

/** What the input gives, tidied; a field that is not in it is not in the answer. */
export function contactValues(input: Partial<Record<WritableField, string | null>>): ContactValues {
  return tidy(Object.fromEntries(inputFields.map((field) => [field, input[field]])));
}

/** What the type cannot be without, and the values do not give. */
export function missingName(type: ContactType, values: ContactValues): Problem[] {
  return values[requiredName(type)] ? [] : [problem("FIELD_REQUIRED", [requiredName(type)])];
}

/** Fields of the input that ring 4 withholds from the caller. */
export function withheld(context: OperationContext, fields: readonly string[]): Problem[] {
  return fields.filter((field) => !context.fields.may("Contact", field)).map(fieldNotAvailable);
}

function addressListProblems(
  context: OperationContext,
  addresses: readonly { kind: AddressInput["kind"]; lines: AddressValues }[],
): Problem[] {
  if (addresses.length === 0) return [];
  return [
    ...withheld(context, ["addresses"]),
    ...addresses.flatMap(({ kind, lines }, elementIndex) => {
      const repeated = addresses.findIndex((other) => other.kind === kind) < elementIndex;
      const found = repeated ? [problem("DUPLICATE_ADDRESS_KIND", ["addresses", "kind"])] : [];
      return [...found, ...addressProblems(lines, ["addresses"])].map((each) => ({ ...each, elementIndex }));
    }),
  ];
}

/** Without the lines that have no value, so that defaults stand. */
function given(lines: AddressValues): AddressValues {
  return Object.fromEntries(Object.entries(lines).filter(([, value]) => value !== null));
}
