import { conditionsOf, isTree, type Scope, scopesOf, type TableInScope, type Tree, tablesOf } from "./scopes.js";

/** The schemas of the product; each of their tables is compared in each statement. */
const schemas = /^(?:contacts|marketing|history|privacy|platform)\./;

/** Columns that name the institution; in its own table, its id or its code does. */
const institutionColumns = (table: string) => (table === "platform.institution" ? ["id", "code"] : ["institution_id"]);

/**
 * Design 4: every table in every statement is compared with `institution_id = $n`, in sub-selects too, and every
 * row that is written carries it.
 * @returns what is missing, one line each
 */
export async function institutionFindings(text: string): Promise<string[]> {
  const scopes = await scopesOf(text);
  return scopes.flatMap((scope) => {
    if (scope.kind === "InsertStmt") return insertFindings(scope);
    if (scope.kind === "CopyStmt") return copyFindings(scope);
    return comparisonFindings(scope);
  });
}

function comparisonFindings(scope: Scope): string[] {
  const tables = tablesOf(scope);
  const compared = conditionsOf(scope).flatMap(columnComparedWithParameter);
  const isCompared = ({ name, alias }: TableInScope) => {
    const accepted = institutionColumns(name).flatMap((column) => [
      `${alias}.${column}`,
      ...(tables.length === 1 ? [column] : []),
    ]);
    return accepted.some((column) => compared.includes(column));
  };
  return tables
    .filter((table) => schemas.test(table.name) && !isCompared(table))
    .map(({ name, alias }) => `${name}${name.endsWith(`.${alias}`) ? "" : ` ${alias}`} is not compared with $n`);
}

/** `alias.column` or `column` of `column = $n`, in either order. */
function columnComparedWithParameter(condition: Tree): string[] {
  const { A_Expr } = condition;
  if (!isTree(A_Expr) || A_Expr.kind !== "AEXPR_OP") return [];
  const [operator] = texts(A_Expr.name);
  const sides = [A_Expr.lexpr, A_Expr.rexpr];
  const column = sides.find((side) => isTree(side) && isTree(side.ColumnRef)) as { ColumnRef: Tree } | undefined;
  return operator === "=" && column && sides.some(isParameter) ? [texts(column.ColumnRef.fields).join(".")] : [];
}

/** `$n`, with or without a cast. */
function isParameter(value: unknown): boolean {
  if (!isTree(value)) return false;
  return isTree(value.ParamRef) || (isTree(value.TypeCast) && isParameter(value.TypeCast.arg));
}

function insertFindings(scope: Scope): string[] {
  const [target] = tablesOf(scope);
  if (!target || !schemas.test(target.name)) return [];
  const columns = ((scope.body.cols ?? []) as Tree[]).map((column) => (column.ResTarget as Tree).name);
  const index = columns.indexOf(institutionColumns(target.name)[0]);
  if (index < 0) return [`${target.name} is written without institution_id`];
  return insertedRows(scope.body.selectStmt).every((row) => isParameter(row[index]))
    ? []
    : [`${target.name} is written with an institution_id that is not $n`];
}

/** The values of each row of VALUES, or the columns of the select (each select of a UNION). */
function insertedRows(source: unknown): unknown[][] {
  const select = isTree(source) && isTree(source.SelectStmt) ? source.SelectStmt : source;
  if (!isTree(select)) return [];
  if (Array.isArray(select.valuesLists))
    return (select.valuesLists as { List: { items: unknown[] } }[]).map(({ List }) => List.items);
  if (isTree(select.larg)) return [select.larg, select.rarg].flatMap(insertedRows);
  return [((select.targetList ?? []) as Tree[]).map((target) => (target.ResTarget as Tree).val)];
}

function copyFindings(scope: Scope): string[] {
  return tablesOf(scope)
    .filter(({ name }) => schemas.test(name) && !texts(scope.body.attlist).includes("institution_id"))
    .map(({ name }) => `${name} is copied without institution_id`);
}

const texts = (nodes: unknown): string[] =>
  ((nodes ?? []) as Tree[]).map((node) => (isTree(node.String) ? String(node.String.sval) : "*"));
