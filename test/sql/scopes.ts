import { parse } from "libpg-query";

/** A node of PostgreSQL's syntax tree, as its own parser gives it. */
export type Tree = { readonly [key: string]: unknown };

/** One SELECT, UPDATE, DELETE, MERGE, INSERT or COPY, without those inside it: each is a scope of its own. */
export interface Scope {
  readonly kind: string;
  readonly body: Tree;
}

const kinds = ["SelectStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "InsertStmt", "CopyStmt"];

/** Every scope of a statement: its parts in WITH, sub-selects, and the sides of UNION. */
export async function scopesOf(text: string): Promise<Scope[]> {
  const { stmts } = await parse(text);
  const scopes: Scope[] = [];
  visit(stmts, scopes);
  return scopes;
}

function visit(value: unknown, scopes: Scope[]): void {
  if (Array.isArray(value)) for (const each of value) visit(each, scopes);
  if (!isTree(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (kinds.includes(key) && isTree(child)) enter(key, child, scopes);
    else visit(child, scopes);
  }
}

/** The sides of a set operation are selects without a wrapper that says so. */
function enter(kind: string, body: Tree, scopes: Scope[]): void {
  const { larg, rarg, ...others } = body;
  const isSetOperation = kind === "SelectStmt" && isTree(larg) && isTree(rarg);
  if (isSetOperation) for (const side of [larg, rarg]) enter(kind, side as Tree, scopes);
  else scopes.push({ kind, body });
  visit(isSetOperation ? others : body, scopes);
}

/** A table as a scope names it. */
export interface TableInScope {
  /** With its schema; CTEs have none. */
  readonly name: string;
  readonly alias: string;
}

/** The tables that a scope reads or changes, CTEs included. For INSERT and COPY, the target. */
export function tablesOf({ body }: Scope): TableInScope[] {
  const places = [body.fromClause, body.usingClause, body.sourceRelation, body.relation && { RangeVar: body.relation }];
  return places.flatMap(rangeVars);
}

function rangeVars(place: unknown): TableInScope[] {
  if (Array.isArray(place)) return place.flatMap(rangeVars);
  if (!isTree(place)) return [];
  if (isTree(place.RangeVar)) return [tableOf(place.RangeVar)];
  if (isTree(place.JoinExpr)) return [place.JoinExpr.larg, place.JoinExpr.rarg].flatMap(rangeVars);
  return [];
}

function tableOf(range: Tree): TableInScope {
  const relation = String(range.relname);
  const alias = isTree(range.alias) ? String(range.alias.aliasname) : relation;
  return { name: range.schemaname ? `${range.schemaname}.${relation}` : relation, alias };
}

/** The conditions of a scope that all have to be true: of WHERE and of its joins, taken apart at AND. */
export function conditionsOf({ body }: Scope): Tree[] {
  return [body.whereClause, body.joinCondition, ...joinConditions([body.fromClause, body.usingClause])].flatMap(
    conjuncts,
  );
}

function joinConditions(place: unknown): unknown[] {
  if (Array.isArray(place)) return place.flatMap(joinConditions);
  if (!isTree(place) || !isTree(place.JoinExpr)) return [];
  const { larg, rarg, quals } = place.JoinExpr;
  return [quals, ...joinConditions(larg), ...joinConditions(rarg)];
}

function conjuncts(condition: unknown): Tree[] {
  if (!isTree(condition)) return [];
  const { BoolExpr } = condition;
  if (isTree(BoolExpr) && BoolExpr.boolop === "AND_EXPR") return (BoolExpr.args as unknown[]).flatMap(conjuncts);
  return [condition];
}

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
