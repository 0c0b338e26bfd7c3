import DataLoader from "dataloader";
import { type Clearance, clearanceOf, levelOf } from "../../../platform/access/clearance.js";
import { noteRead } from "../../../platform/access/confidential-reads.js";
import type { Redaction } from "../../../platform/access/fields.js";
import type { OperationContext } from "../../../platform/context.js";
import { criteriaLoaders } from "../../criteria/contact-criteria.loader.js";
import { type ImportColumn, importColumns, toldBy } from "../contacts/contact-header.js";
import { ImportOutcome } from "../import.enums.js";
import { isPartner } from "../partners/partner-reach.js";
import {
  type ChangedRow,
  type CriterionChange,
  type FieldChange,
  type RowKey,
  selectChangedRows,
} from "./change.sql.js";
import type { ImportChange } from "./change.type.js";

type Requirement = Omit<Redaction, "field">;
type Said = Omit<ImportChange, "redactions">;

/**
 * What a row changes, in the order of columns of contacts, then criteria, then authorizations. Null for callers who may
 * not read contacts, or do not see this one; a partner reads what templates show him, criteria and authorizations of
 * those in his targets.
 */
export async function importChanges(
  context: OperationContext,
  row: RowKey & { readonly outcome: ImportOutcome },
): Promise<ImportChange[] | null> {
  const changes = row.outcome === ImportOutcome.UPDATED || row.outcome === ImportOutcome.WOULD_UPDATE;
  if (!changes) return [];
  const { kind, permissions } = context.caller;
  if (!permissions.has("contact:read") && kind !== "PARTNER") return null;
  const changed = await context.once(changeLoader).load(row);
  if (!changed) return null;
  noteRead(context, changed.contactId, changed.level);
  return [
    ...fieldChanges(context, changed.fields ?? []),
    ...(await criterionChanges(context, changed.criteria ?? [])),
    ...authorizationChanges(context, changed),
  ];
}

const keyOf = ({ jobId, line }: RowKey) => `${jobId} ${line}`;

function changeLoader(context: OperationContext) {
  return new DataLoader<RowKey, ChangedRow | null, string>(
    async (keys) => {
      const rows = await theirs(context, await selectChangedRows(context.db, keys));
      const byKey = new Map(rows.map((row) => [keyOf(row), row]));
      return keys.map((key) => byKey.get(keyOf(key)) ?? null);
    },
    { cacheKeyFn: keyOf },
  );
}

/** A partner has who is in a target that is shared with him. */
async function theirs(context: OperationContext, rows: readonly ChangedRow[]): Promise<readonly ChangedRow[]> {
  if (!isPartner(context)) return rows;
  const ids = [...new Set(rows.map(({ contactId }) => contactId))];
  const shared = await context.ports.marketing.sharedContacts(context, context.db, ids);
  return rows.filter(({ contactId }) => shared.has(contactId));
}

/** Where a value becomes an answer: of what is withheld nothing is told but that it changes (ring 4). */
function toChange(said: Said, requirement: Requirement | null): ImportChange {
  if (!requirement) return { ...said, redactions: [] };
  const redactions = ["oldValue", "newValue"].map((field) => ({ ...requirement, field }));
  return { ...said, oldValue: null, newValue: null, redactions };
}

function fieldChanges(context: OperationContext, fields: readonly FieldChange[]): ImportChange[] {
  const placeOf = ({ field }: FieldChange) => importColumns.indexOf(field as ImportColumn);
  return fields
    .filter((change) => placeOf(change) >= 0)
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map(({ field, was, became }) => {
      const said = { column: field, oldValue: was, newValue: became, isVerified: false };
      return toChange(said, fieldRequirement(context, toldBy(field as ImportColumn)));
    });
}

/** Fields of contacts are theirs who read contacts. */
function fieldRequirement(context: OperationContext, fields: readonly string[]): Requirement | null {
  const withheld = context.fields.withheld("Contact").find(({ field }) => fields.includes(field));
  if (withheld) return withheld;
  if (context.caller.permissions.has("contact:read")) return null;
  return { requiredClearance: levelOf(0), requiredPermission: "contact:read" };
}

const valueIn = (codes: readonly string[], text: string | undefined) => text ?? (codes.join("|") || null);

async function criterionChanges(
  context: OperationContext,
  changes: readonly CriterionChange[],
): Promise<ImportChange[]> {
  if (changes.length === 0) return [];
  const byId = new Map((await criteriaLoaders(context).definitions()).map((definition) => [definition.id, definition]));
  return changes.flatMap(({ id, was, is, wasText, isText, isVerified }) => {
    const definition = byId.get(id);
    if (!definition) return [];
    const said = {
      column: definition.code,
      oldValue: valueIn(was, wasText),
      newValue: valueIn(is, isText),
      isVerified,
    };
    return [toChange(said, codeRequirement(context, "criteria", definition.level))];
  });
}

function authorizationChanges(context: OperationContext, row: ChangedRow): ImportChange[] {
  const { wasAgreed, wasRefused, isAgreed, isRefused, unverified } = row;
  const requirement = codeRequirement(context, "authorizations", 0);
  return context.ports.marketing.authorizationCodes.flatMap((column, index) => {
    const oldValue = stateOf(wasAgreed, wasRefused, index);
    const newValue = stateOf(isAgreed, isRefused, index);
    if (oldValue === newValue) return [];
    const isVerified = !isSet(unverified, index);
    return [toChange({ column, oldValue, newValue, isVerified }, requirement)];
  });
}

const isSet = (bits: number | null, index: number) => ((bits ?? 0) & (1 << index)) !== 0;

function stateOf(agreed: number | null, refused: number | null, index: number): string | null {
  if (isSet(agreed, index)) return "TRUE";
  return isSet(refused, index) ? "FALSE" : null;
}

/** A criterion has a level of its own beside that of criteria as a whole. */
function codeRequirement(context: OperationContext, field: string, level: Clearance): Requirement | null {
  const withheld = context.fields.withheld("Contact").find((redaction) => redaction.field === field);
  if (level <= context.fields.clearance) return withheld ?? null;
  const needed = Math.max(level, withheld ? clearanceOf(withheld.requiredClearance) : 0) as Clearance;
  return { requiredClearance: levelOf(needed), requiredPermission: withheld?.requiredPermission ?? null };
}
