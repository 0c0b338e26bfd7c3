import type { StatementValues } from "../../platform/database/statement-values.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { TargetFieldKind as Kind, TargetOperator as Op } from "./target.enums.js";
import type { TargetCondition, TargetFilter, TargetScope } from "./target.filter.js";
import type { RowSource, SumSource, TargetRule } from "./target.rules.js";

/** What a filter is put together with. */
export interface CompileGround {
  /** By code; each condition's field is among them. */
  readonly rules: ReadonlyMap<string, TargetRule>;
  readonly values: StatementValues;
  readonly timeZone: string;
  /** YYYY-MM-DD, where the institution is. */
  readonly today: string;
}

/**
 * A filter as one condition on `m`, a row of marketing.contact_marketing: true or false, never NULL. Nothing in it is
 * written by the caller but values.
 */
export function compileFilter(filter: TargetFilter, ground: CompileGround): string {
  const { condition, all, any, none } = filter;
  if (condition) return compileCondition(condition, ground);
  const parts = (all ?? any ?? none ?? []).map((part) => compileFilter(part, ground));
  if (all) return `(${parts.join(" AND ")})`;
  return `${none ? "NOT " : ""}(${parts.join(" OR ")})`;
}

function compileCondition(condition: TargetCondition, ground: CompileGround): string {
  const rule = ground.rules.get(condition.field);
  if (!rule) throw new Error(`no rule for the field ${condition.field}`);
  return "aggregate" in rule.source
    ? compileSum(rule, rule.source, condition, ground)
    : compileRows(rule, rule.source, condition, ground);
}

function compileRows(rule: TargetRule, source: RowSource, condition: TargetCondition, ground: CompileGround): string {
  const { operator, values } = condition;
  const column = source.column.replace(":zone:", () => ground.values.add(ground.timeZone));
  const some = (test: string) => anyRow({ ...source, column }, test);
  const isOneOf = (wanted: readonly string[]) => `${column} = ${anyOf(rule, wanted, ground)}`;
  if (operator === Op.IS_SET) return some(`${column} IS NOT NULL`);
  if (operator === Op.IS_NOT_SET) return `NOT ${some(`${column} IS NOT NULL`)}`;
  if (operator === Op.IS_ANY_OF) return some(isOneOf(values));
  if (operator === Op.IS_NONE_OF) return `NOT ${some(isOneOf(values))}`;
  if (operator === Op.IS_ALL_OF)
    return `(${[...new Set(values)].map((value) => some(isOneOf([value]))).join(" AND ")})`;
  if (operator === Op.STARTS_WITH) {
    return some(`(${values.map((value) => startsWith(rule, column, value, ground)).join(" OR ")})`);
  }
  return some(compared(rule, column, condition, ground));
}

/** True when one of the contact's rows meets the test. Marketing's own row is `m` itself. */
function anyRow({ from, where }: RowSource, test: string): string {
  if (from === "marketing.contact_marketing x") return `coalesce(${test.replaceAll("x.", "m.")}, false)`;
  return `EXISTS (SELECT FROM ${from} WHERE x.institution_id = $1 AND x.contact_id = m.contact_id
    ${where ? `AND ${where}` : ""} AND ${test})`;
}

const normalize = (rule: TargetRule, place: string) => (rule.isNormalized ? `platform.normalize(${place})` : place);

/** One value is compared with as such: the planner knows more of it than of a list. */
function anyOf(rule: TargetRule, wanted: readonly string[], { values }: CompileGround): string {
  // nothing has the number 0: an id of nothing is nobody's
  const { idOf } = rule;
  if (idOf) {
    const ids = wanted.map((each) => decodeId(idOf, each) ?? "0");
    return `ANY(${values.add(ids, "bigint[]")})`;
  }
  if (wanted.length === 1) return normalize(rule, values.add(wanted[0]));
  if (!rule.isNormalized) return `ANY(${values.add(wanted, "text[]")})`;
  return `ANY(array(SELECT platform.normalize(wanted) FROM unnest(${values.add(wanted, "text[]")}) wanted))`;
}

/** A range: LIKE loses its index under row-level security. */
function startsWith(rule: TargetRule, column: string, value: string, { values }: CompileGround): string {
  const from = normalize(rule, values.add(value));
  return `(${column} COLLATE "C" >= ${from} AND ${column} COLLATE "C" < ${from} || ${values.add("\u{10FFFF}")})`;
}

/** AT_LEAST, AT_MOST, BETWEEN and the operators that count days. */
function compared(rule: TargetRule, column: string, condition: TargetCondition, ground: CompileGround): string {
  const { operator, values } = condition;
  const type = rule.kind === Kind.DATE ? "date" : "numeric";
  const place = (value: string | undefined) => ground.values.add(value, type);
  if (operator === Op.AT_LEAST) return `${column} >= ${place(values[0])}`;
  if (operator === Op.AT_MOST) return `${column} <= ${place(values[0])}`;
  if (operator === Op.BETWEEN) return `${column} BETWEEN ${place(values[0])} AND ${place(values[1])}`;
  const today = ground.values.add(ground.today, "date");
  const days = ground.values.add(Number(values[0]), "int");
  return operator === Op.WITHIN_LAST_DAYS
    ? `${column} BETWEEN ${today} - ${days} AND ${today}`
    : `${column} BETWEEN ${today} AND ${today} + ${days}`;
}

const counts = "x.operation_kind IN ('SALE', 'RESERVATION') AND x.order_state IN ('ACTIVE', 'CONFIRMED')";

/** The rows that a sum is about, and which of them count. */
function rowsOf({ from, asksLines }: SumSource, scope: TargetScope | undefined): { from: string; where: string } {
  if (from === "ATTENDANCES") {
    return { from: "history.targeted_ticket x", where: `${counts} AND x.ticket_state = 'VALID'` };
  }
  const { productKinds, products, seasons } = scope ?? {};
  const isOfLines = asksLines || productKinds || products || seasons;
  return { from: `history.targeted_order${isOfLines ? "_line" : ""} x`, where: counts };
}

/**
 * The contacts whose rows together meet the test, as a set that is worked out once. A contact without any rows is not in
 * it: where nothing meets the test as well, those who do not meet it are left out instead.
 */
function compileSum(rule: TargetRule, given: SumSource, condition: TargetCondition, ground: CompileGround): string {
  const source = { ...given, aggregate: given.aggregate.replace(":zone:", () => ground.values.add(ground.timeZone)) };
  const { operator, scope } = condition;
  const { from, where } = rowsOf(source, scope);
  const rows = `FROM ${from}
    WHERE x.institution_id = $1 AND ${[where, ...scopeTests(source, scope, ground)].join(" AND ")}`;
  const grouped = (having: string) => `EXISTS (
    SELECT FROM (SELECT x.contact_id ${rows} GROUP BY x.contact_id HAVING ${having}) met
    WHERE met.contact_id = m.contact_id)`;
  if (operator === Op.IS_SET) return grouped(`${source.aggregate} IS NOT NULL`);
  if (operator === Op.IS_NOT_SET) return `NOT ${grouped(`${source.aggregate} IS NOT NULL`)}`;
  if (isAny(source, condition)) return `EXISTS (SELECT ${rows} AND x.contact_id = m.contact_id)`;
  const test = compared(rule, source.aggregate, condition, ground);
  return source.without === 0 && meetsZero(condition) ? `NOT ${grouped(`NOT (${test})`)}` : grouped(test);
}

/** At least one: any row is enough, and none has to be counted. */
function isAny({ isCount }: SumSource, { operator, values }: TargetCondition): boolean {
  return isCount === true && operator === Op.AT_LEAST && Number(values[0]) > 0 && Number(values[0]) <= 1;
}

function meetsZero({ operator, values }: TargetCondition): boolean {
  const [first, second] = values.map(Number);
  if (operator === Op.AT_LEAST) return first! <= 0;
  if (operator === Op.AT_MOST) return first! >= 0;
  return first! <= 0 && second! >= 0;
}

const scopeColumns = {
  organizations: "x.organization",
  productKinds: "x.product_kind",
  products: "x.product_code",
  seasons: "x.season_code",
} as const;

function scopeTests(source: SumSource, scope: TargetScope | undefined, ground: CompileGround): string[] {
  if (!scope) return [];
  const { values } = ground;
  const { from, to, currency } = scope;
  return [
    ...(source.from === "PURCHASES" ? orderedWithin(from, to, ground) : []),
    ...(source.from === "PURCHASES" || from === undefined ? [] : [`x.product_day >= ${values.add(from, "date")}`]),
    ...(source.from === "PURCHASES" || to === undefined ? [] : [`x.product_day <= ${values.add(to, "date")}`]),
    ...(currency === undefined ? [] : [`x.currency = ${values.add(currency)}`]),
    ...Object.entries(scopeColumns).flatMap(([name, column]) => {
      const wanted = scope[name as keyof typeof scopeColumns];
      return wanted ? [`${column} = ANY(${values.add(wanted, "text[]")})`] : [];
    }),
  ];
}

/** Days where the institution is, as instants: so that no order's own instant has to be worked on. */
function orderedWithin(
  from: string | undefined,
  to: string | undefined,
  { values, timeZone }: CompileGround,
): string[] {
  const zone = () => values.add(timeZone);
  return [
    ...(from === undefined ? [] : [`x.ordered_at >= ${values.add(from, "date")}::timestamp AT TIME ZONE ${zone()}`]),
    ...(to === undefined ? [] : [`x.ordered_at < (${values.add(to, "date")} + 1)::timestamp AT TIME ZONE ${zone()}`]),
  ];
}
