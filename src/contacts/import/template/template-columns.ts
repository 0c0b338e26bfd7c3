import type { OperationContext } from "../../../platform/context.js";
import type { BulkSql } from "../../../platform/database/sql.js";
import { encodeId } from "../../../platform/graphql/opaque-id.js";
import { ContactType } from "../../contact.enums.js";
import { selectDefinitions } from "../../criteria/criterion.sql.js";
import { appliesTo } from "../../criteria/criterion-rules.js";
import { importColumns, toldBy } from "../contacts/contact-header.js";
import { isOffered } from "../criteria/offered-criteria.js";
import type { TemplateType } from "./template-job.sql.js";
import {
  type AuthorizationCells,
  type CriterionCells,
  type PersonCells,
  readAuthorizations,
  readCriteria,
  selectTakenTypes,
} from "./template-rows.sql.js";

/** What a template holds: its header, and its rows in batches. */
export interface TemplateContent {
  readonly header: readonly string[];
  rows(): AsyncIterable<string[][]>;
}

/** Nothing was said: never a blank cell, which would say nothing when it is read back. */
const empty = "Empty";

/** Columns for those who work on the file, and the fields of contacts that they show. Nothing reads them back. */
const informative: Readonly<Record<string, readonly string[]>> = {
  lastName: ["lastName", "structureName"],
  firstName: ["firstName"],
  email: ["email"],
};
const placeOf: Readonly<Record<string, 3 | 4 | 5>> = { lastName: 3, firstName: 4, email: 5 };

/** Whether the caller may have a template of this type at all. */
export function mayHave({ fields }: OperationContext, type: TemplateType): boolean {
  if (type === "CONTACTS") return true;
  return fields.may("Contact", type === "CRITERIA" ? "criteria" : "authorizations");
}

/** Whether the caller may see all columns of a file that was made earlier. */
export async function maySee(
  context: OperationContext,
  type: TemplateType,
  header: readonly string[],
): Promise<boolean> {
  if (type === "CONTACTS") return true;
  const isTold = header.every((name) =>
    (informative[name] ?? []).every((field) => context.fields.may("Contact", field)),
  );
  if (!isTold || !mayHave(context, type)) return false;
  if (type !== "CRITERIA") return true;
  const codes = header.flatMap((name) => /^\[old\](.*)$/.exec(name)?.[1] ?? []);
  const definitions = await selectDefinitions(context.db, codes);
  return definitions.every(({ level }) => level <= context.fields.clearance);
}

/** A file of contacts has a header alone: the columns that the caller may import. Source: domain 6.9 */
export async function contactsContent(
  context: OperationContext,
  organization: string | null,
): Promise<TemplateContent> {
  const { fields, ports } = context;
  const columns = importColumns.filter((column) => toldBy(column).every((field) => fields.may("Contact", field)));
  const { authorizationCodes } = ports.marketing;
  const definitions = mayHave(context, "CRITERIA") ? await selectDefinitions(context.db) : [];
  const criteria = definitions.filter((definition) => isOffered(context, definition, organization));
  const codes = [
    ...criteria.map(({ code }) => code).filter((code) => !authorizationCodes.includes(code)),
    ...(mayHave(context, "AUTHORIZATIONS") ? authorizationCodes : []),
  ];
  return { header: [...columns, ...codes.filter((code) => isClear(code, columns))], rows: noRows };
}

/** EMAIL is read as the authorization beside the column of that name alone. */
function isClear(code: string, columns: readonly string[]): boolean {
  const name = code.toLowerCase();
  return (
    columns.some((column) => column.toLowerCase() === name) ||
    !importColumns.some((column) => column.toLowerCase() === name)
  );
}

async function* noRows(): AsyncGenerator<string[][]> {
  yield [];
}

/** Authorizations of those in `target_taken`. Structures have none: their cells are blank. Source: domain 6.2 */
export function authorizationsContent(context: OperationContext, db: BulkSql): TemplateContent {
  const { authorizationCodes } = context.ports.marketing;
  const { names, cellsOf } = personColumns(context);
  const stateOf = ([, , type, , , , agreed, refused]: AuthorizationCells) => {
    const isStructure = type === ContactType.STRUCTURE;
    return authorizationCodes.flatMap((_, index) => {
      const bit = 1 << index;
      const said = (agreed ?? 0) & bit ? "TRUE" : (refused ?? 0) & bit ? "FALSE" : empty;
      return [isStructure ? "" : said, ""];
    });
  };
  return {
    header: [...names, ...pairs(authorizationCodes)],
    async *rows() {
      for await (const batch of readAuthorizations(db)) yield batch.map((row) => [...cellsOf(row), ...stateOf(row)]);
    },
  };
}

/** Criteria in use that apply to somebody in `target_taken`. Source: domain 6.2 */
export async function criteriaContent(
  context: OperationContext,
  db: BulkSql,
  organization: string | null,
): Promise<TemplateContent> {
  const types = await selectTakenTypes(db);
  const definitions = (await selectDefinitions(db)).filter(
    (definition) =>
      isOffered(context, definition, organization) && [...types].some((type) => appliesTo(definition, type)),
  );
  const { names, cellsOf } = personColumns(context);
  const stateOf = ([, , type, , , , ids, said]: CriterionCells) => {
    const byId = new Map<number, string>();
    for (const [index, id] of (ids ?? []).entries()) {
      const known = byId.get(id);
      byId.set(id, known === undefined ? said![index]! : `${known}|${said![index]}`);
    }
    return definitions.flatMap((each) => [appliesTo(each, type) ? (byId.get(each.id) ?? empty) : "", ""]);
  };
  return {
    header: [...names, ...pairs(definitions.map(({ code }) => code))],
    async *rows() {
      const ids = definitions.map(({ id }) => id);
      for await (const batch of readCriteria(db, ids)) yield batch.map((row) => [...cellsOf(row), ...stateOf(row)]);
    },
  };
}

const pairs = (codes: readonly string[]) => codes.flatMap((code) => [`[old]${code}`, `[new]${code}`]);

/** What is withheld from the caller has no column. */
function personColumns({ fields }: OperationContext) {
  const shown = Object.keys(informative).filter((name) =>
    informative[name]!.every((field) => fields.may("Contact", field)),
  );
  const places = shown.map((name) => placeOf[name]!);
  const cellsOf = (row: PersonCells | AuthorizationCells | CriterionCells): string[] => [
    encodeId("Contact", row[0]),
    row[1],
    ...places.map((place) => row[place] ?? ""),
  ];
  return { names: ["contactId", "contactNumber", ...shown], cellsOf };
}
