import type { Texts } from "../../platform/i18n/locale.js";
import { TargetFieldKind as Kind, TargetOperator as Op, type TargetScopeKind } from "./target.enums.js";

/** Where the value of a field comes from: rows about contacts, and a column of them. */
export interface RowSource {
  /** A published view, with an alias. */
  readonly from: string;
  readonly column: string;
  /** What else its rows meet. */
  readonly where?: string;
}

/** A value worked out of many rows. */
export interface SumSource {
  readonly from: "PURCHASES" | "ATTENDANCES";
  /** Of the rows of one contact. */
  readonly aggregate: string;
  /** What a contact without any rows has. */
  readonly without: 0 | null;
  /** It counts rows: at least one is any. */
  readonly isCount?: true;
  /** Of purchases: it asks what was bought, not only when. */
  readonly asksLines?: true;
}

/** What a condition may ask of a contact. */
export interface TargetRule {
  readonly code: string;
  readonly label: Texts;
  readonly kind: Kind;
  readonly operators: readonly Op[];
  /** Accepted codes; null: any. */
  readonly values: readonly string[] | null;
  /** Fields of the API that it gives away: it exists for those who see all of them. */
  readonly shows: readonly string[];
  readonly source: RowSource | SumSource;
  readonly scope: TargetScopeKind | null;
  /** Compared without case and accents. */
  readonly isNormalized: boolean;
  /** Its values are opaque ids of this type. */
  readonly idOf?: string;
  /** Of a criterion: the clearance that its values take. */
  readonly level?: number;
  /** Of a criterion: its database id. */
  readonly criterionId?: number;
}

const setOperators = [Op.IS_SET, Op.IS_NOT_SET];

/** Operators of a field that a contact has at most one value of. */
const operatorsOf: Readonly<Record<Kind, readonly Op[]>> = {
  [Kind.TEXT]: [Op.IS_ANY_OF, Op.IS_NONE_OF, Op.STARTS_WITH, ...setOperators],
  [Kind.CODE]: [Op.IS_ANY_OF, Op.IS_NONE_OF, ...setOperators],
  [Kind.BOOLEAN]: [Op.IS_ANY_OF],
  [Kind.NUMBER]: [Op.AT_LEAST, Op.AT_MOST, Op.BETWEEN],
  [Kind.DATE]: [Op.AT_LEAST, Op.AT_MOST, Op.BETWEEN, Op.WITHIN_LAST_DAYS, Op.WITHIN_NEXT_DAYS, ...setOperators],
};

/** Operators of a field that a contact may have several values of. */
export const operatorsOfSeveral = [Op.IS_ANY_OF, Op.IS_ALL_OF, Op.IS_NONE_OF, ...setOperators] as const;

const booleans = ["TRUE", "FALSE"];

interface Wish {
  readonly kind?: Kind;
  readonly values?: readonly string[];
  readonly operators?: readonly Op[];
  readonly scope?: TargetScopeKind;
  readonly isNormalized?: boolean;
  readonly idOf?: string;
}

/** A field out of a code, its label in en, fr and es, what it shows, and where it comes from. */
export function rule(
  code: string,
  [en, fr, es]: readonly [string, string, string],
  shows: readonly string[],
  source: RowSource | SumSource,
  wish: Wish = {},
): TargetRule {
  const kind = wish.kind ?? (wish.values ? Kind.CODE : Kind.TEXT);
  return {
    code,
    label: { en, fr, es },
    kind,
    operators: wish.operators ?? operatorsOf[kind],
    values: wish.values ?? (kind === Kind.BOOLEAN ? booleans : null),
    shows,
    source,
    scope: wish.scope ?? null,
    isNormalized: wish.isNormalized ?? false,
    ...(wish.idOf && { idOf: wish.idOf }),
  };
}
