import type { Sql } from "../database/sql.js";
import type { PersonLink, TableDeclaration } from "./declaration.js";

/** How many rows of each table were touched, by its name. */
export type ErasureSteps = Readonly<Record<string, number>>;

/** Whose rows of table `t` these are; the ids are the second parameter. */
function linkedBy(link: PersonLink): string {
  if (typeof link === "string") return `t.${link} = ANY($2::bigint[])`;
  const { column, table, key, person } = link;
  return `t.${column} IN (SELECT o.${key} FROM ${table} o WHERE o.institution_id = $1 AND o.${person} = ANY($2::bigint[]))`;
}

/** Which rows of table `t` are these persons'; the ids are the second parameter. */
export function ofPersons({ person = [] }: Pick<TableDeclaration, "person">): string {
  return `t.institution_id = $1 AND (${person.map(linkedBy).join(" OR ")})`;
}

/** Column to the SQL of what it holds once it is erased. */
function erasedValues({ cleared = {}, blanked = {} }: TableDeclaration): [string, string][] {
  return [
    ...Object.keys(cleared).map((name): [string, string] => [name, "NULL"]),
    ...Object.entries(blanked).map(([name, [, constant]]): [string, string] => [name, constant]),
  ];
}

/** Whether anything is written to the rows that stay. */
function acts(declaration: TableDeclaration): boolean {
  return erasedValues(declaration).length > 0 || declaration.erasedWhen !== undefined;
}

/** True for a row that still holds something; with `erasedWhen`, also for one that was not dealt with. */
function isUnerased(declaration: TableDeclaration): string {
  const differing = erasedValues(declaration).map(([name, value]) => `t.${name} IS DISTINCT FROM ${value}`);
  const { erasedWhen } = declaration;
  return `(${[...differing, ...(erasedWhen ? [`NOT (${erasedWhen})`] : [])].join(" OR ")})`;
}

/**
 * Does to the rows of these persons what the declarations say, set by set, in their order. Guarded tables are left to
 * {@link eraseGuarded}. Repeated, it changes nothing.
 */
export async function eraseDeclared(
  db: Sql,
  declarations: readonly TableDeclaration[],
  ids: readonly string[],
): Promise<ErasureSteps> {
  const steps: Record<string, number> = {};
  for (const declaration of declarations) {
    const { table, person = [], rows, guarded } = declaration;
    if (person.length === 0 || guarded) continue;
    if (rows === "DELETED") steps[table] = await deleteRows(db, declaration, ids);
    else if (acts(declaration)) steps[table] = await clearRows(db, declaration, ids);
  }
  return steps;
}

async function deleteRows(db: Sql, declaration: TableDeclaration, ids: readonly string[]): Promise<number> {
  const { rowCount } = await db.query(
    `/* deleteRows */ DELETE FROM ${declaration.table} t WHERE ${ofPersons(declaration)}`,
    [db.institutionId, ids],
  );
  return rowCount;
}

async function clearRows(db: Sql, declaration: TableDeclaration, ids: readonly string[]): Promise<number> {
  const values = [...erasedValues(declaration), ...Object.entries(declaration.sets ?? {})];
  const { rowCount } = await db.query(
    `/* clearRows */ UPDATE ${declaration.table} t SET ${values.map(([name, value]) => `${name} = ${value}`).join(", ")}
     WHERE ${ofPersons(declaration)} AND ${isUnerased(declaration)}`,
    [db.institutionId, ids],
  );
  return rowCount;
}

/** Has the functions of guarded tables empty the rows of these shells. They leave everybody else's as they are. */
export async function eraseGuarded(
  db: Sql,
  declarations: readonly TableDeclaration[],
  ids: readonly string[],
): Promise<ErasureSteps> {
  return callGuards(
    db,
    declarations.filter(({ guarded }) => guarded),
    "erase",
    ids,
  );
}

/** Has the functions of guarded tables drop the rows of contacts who are gone. They leave everybody else's as they are. */
export async function purgeGuarded(
  db: Sql,
  declarations: readonly TableDeclaration[],
  ids: readonly string[],
): Promise<ErasureSteps> {
  return callGuards(
    db,
    declarations.filter(({ removal }) => removal === "PURGED"),
    "purge",
    ids,
  );
}

async function callGuards(
  db: Sql,
  declarations: readonly TableDeclaration[],
  verb: "erase" | "purge",
  ids: readonly string[],
): Promise<ErasureSteps> {
  const steps: Record<string, number> = {};
  for (const { table, eraseBy } of declarations) {
    const guard = verb === "erase" && eraseBy ? eraseBy : table.replace(".", `.${verb}_`);
    const { rows } = await db.query<{ count: number }>(
      `/* callGuards */ SELECT ${guard}($1::bigint[])::float8 AS count`,
      [ids],
    );
    steps[table] = rows[0]!.count;
  }
  return steps;
}

/** Takes the kept rows of these persons away, or their names out of them, as the declarations say. In their order. */
export async function removeDeclared(
  db: Sql,
  declarations: readonly TableDeclaration[],
  ids: readonly string[],
): Promise<ErasureSteps> {
  const steps: Record<string, number> = {};
  for (const declaration of declarations) {
    const { table, removal } = declaration;
    if (removal === "DELETED") steps[table] = await deleteRows(db, declaration, ids);
    else if (removal === "UNLINKED") steps[table] = await unlinkRows(db, declaration, ids);
  }
  return steps;
}

async function unlinkRows(db: Sql, { table, person = [], named = [] }: TableDeclaration, ids: readonly string[]) {
  let count = 0;
  for (const column of [...person.filter((link) => typeof link === "string"), ...named]) {
    const { rowCount } = await db.query(
      `/* unlinkRows */ UPDATE ${table} t SET ${column} = NULL WHERE t.institution_id = $1 AND t.${column} = ANY($2::bigint[])`,
      [db.institutionId, ids],
    );
    count += rowCount;
  }
  return count;
}

/** What rows of these persons still hold that must be gone: a condition on `t`; null when nothing must. */
function leftOver(declaration: TableDeclaration): string | null {
  const { person = [], rows, emptied = {}, guardedExcept } = declaration;
  if (person.length === 0) return null;
  if (rows === "DELETED") return ofPersons(declaration);
  const held = [
    ...(acts(declaration) ? [isUnerased(declaration)] : []),
    ...Object.keys(emptied).map((name) => `t.${name} IS NOT NULL`),
  ];
  if (held.length === 0) return null;
  return `${ofPersons(declaration)} AND (${held.join(" OR ")})${guardedExcept ? ` AND NOT (${guardedExcept})` : ""}`;
}

/** Where removed persons still stand: a condition on `t`; null where they may. */
function stillNamed({ person = [], named = [], rows, removal, guardedExcept }: TableDeclaration): string | null {
  if (rows === "DELETED" || removal === "KEPT") return null;
  const columns = [...person.filter((link) => typeof link === "string"), ...named];
  if (columns.length === 0) return null;
  const except = guardedExcept ? ` AND NOT (${guardedExcept})` : "";
  return `t.institution_id = $1 AND (${columns.map(linkedBy).join(" OR ")})${except}`;
}

/** The tables in which something of these persons is left that the declarations say is gone, with the number of rows. */
export function selectLeft(
  db: Sql,
  declarations: readonly TableDeclaration[],
  ids: readonly string[],
): Promise<ErasureSteps> {
  return countWhere(db, declarations, leftOver, ids);
}

/** The tables in which removed persons still stand. */
export function selectNamed(
  db: Sql,
  declarations: readonly TableDeclaration[],
  ids: readonly string[],
): Promise<ErasureSteps> {
  return countWhere(db, declarations, stillNamed, ids);
}

async function countWhere(
  db: Sql,
  declarations: readonly TableDeclaration[],
  conditionOf: (declaration: TableDeclaration) => string | null,
  ids: readonly string[],
): Promise<ErasureSteps> {
  const asked = declarations.flatMap((declaration) => {
    const condition = conditionOf(declaration);
    return condition
      ? [`('${declaration.table}', (SELECT count(*) FROM ${declaration.table} t WHERE ${condition}))`]
      : [];
  });
  if (asked.length === 0) return {};
  const { rows } = await db.query<{ table: string; count: number }>(
    `/* countWhere */ SELECT v.name AS table, v.count::float8 AS count
     FROM (VALUES ${asked.join(", ")}) AS v (name, count) WHERE v.count > 0`,
    [db.institutionId, ids],
  );
  return Object.fromEntries(rows.map(({ table, count }) => [table, count]));
}
