import type { Caller } from "./caller.js";
import { type Clearance, type ConfidentialityLevel, levelOf } from "./clearance.js";
import type { Permission } from "./permissions.js";

/** How a field is protected as shipped. An institution may raise the level, never lower it. */
export interface FieldRule {
  readonly level: Clearance;
  /** Needed beside the clearance. */
  readonly permission?: Permission;
  /** Fields that this one gives away (`field` of the same type, or `Type.field`): it is withheld when any of them is. */
  readonly derivedFrom?: readonly string[];
  /** Written as one likes: no target may ask for it (F17). */
  readonly freeText?: true;
}

/** By GraphQL type, then by field. Fields that are not listed are never withheld. */
export type FieldCatalogue = Readonly<Record<string, Readonly<Record<string, FieldRule>>>>;

/** `Type.field` to the level that the institution raised it to. */
export type RaisedLevels = ReadonlyMap<string, Clearance>;

/** A field that was not answered, and what it would have taken. */
export interface Redaction {
  field: string;
  requiredClearance: ConfidentialityLevel;
  requiredPermission: Permission | null;
}

/** Whose eyes see the fields. */
export interface FieldReader extends Pick<Caller, "clearance" | "permissions"> {
  /** False for a contact: what operators write about him in free text is theirs. True when left out. */
  readonly readsFreeText?: boolean;
}

/** One catalogue out of those of the modules. Types that several modules extend are joined. */
export function mergeCatalogues(catalogues: readonly FieldCatalogue[]): FieldCatalogue {
  const merged: Record<string, Record<string, FieldRule>> = {};
  for (const catalogue of catalogues) {
    for (const [type, fields] of Object.entries(catalogue)) {
      for (const [field, rule] of Object.entries(fields)) {
        if (merged[type]?.[field]) throw new Error(`two modules declare the field ${type}.${field}`);
        merged[type] = { ...merged[type], [field]: rule };
      }
    }
  }
  return merged;
}

/** Which fields one caller may see (ring 4), decided once per type and operation. */
export class FieldAccess {
  readonly #withheld = new Map<string, readonly Redaction[]>();

  constructor(
    private readonly catalogue: FieldCatalogue,
    private readonly raised: RaisedLevels,
    private readonly reader: FieldReader,
  ) {}

  /** Also the question for filtering, sorting, searching, counting and exporting by the field. */
  may(type: string, field: string): boolean {
    return !this.withheld(type).some((redaction) => redaction.field === field);
  }

  /** The fields of the type that the caller does not see, whether or not they have a value. */
  withheld(type: string): readonly Redaction[] {
    let redactions = this.#withheld.get(type);
    if (!redactions) {
      redactions = Object.keys(this.catalogue[type] ?? {}).flatMap((field) => this.#redaction(type, field) ?? []);
      this.#withheld.set(type, redactions);
    }
    return redactions;
  }

  /** The row with the withheld fields empty and with its `redactions`. The place where ring 4 acts. */
  redact<Row extends object>(type: string, row: Row): Row & { redactions: readonly Redaction[] } {
    const redactions = this.withheld(type);
    const blanks = Object.fromEntries(redactions.map(({ field }) => [field, null]));
    return { ...row, ...blanks, redactions };
  }

  #redaction(type: string, field: string): Redaction | null {
    const { level, permission } = this.#requirement(type, field);
    const lacking = permission !== undefined && !this.reader.permissions.has(permission);
    const isTheirs = this.reader.readsFreeText === false && this.#isFreeText(type, field);
    if (level <= this.reader.clearance && !lacking && !isTheirs) return null;
    return { field, requiredClearance: levelOf(level), requiredPermission: permission ?? null };
  }

  #isFreeText(type: string, field: string): boolean {
    const { freeText, derivedFrom = [] } = this.catalogue[type]![field]!;
    return freeText === true || derivedFrom.some((source) => this.catalogue[type]![source]?.freeText === true);
  }

  /** Whether these are the levels that it decides by. */
  isRaisedBy(levels: RaisedLevels): boolean {
    return levels.size === this.raised.size && [...levels].every(([field, level]) => this.raised.get(field) === level);
  }

  /** How far the reader sees; what has a level of its own, such as a criterion, is compared with it. */
  get clearance(): Clearance {
    return this.reader.clearance;
  }

  #requirement(type: string, field: string): { level: Clearance; permission: Permission | undefined } {
    const rule = this.catalogue[type]?.[field];
    if (!rule) throw new Error(`the field ${type}.${field} is in no catalogue`);
    let { level, permission } = rule;
    const raised = this.raised.get(`${type}.${field}`) ?? 0;
    if (raised > level) level = raised;
    for (const source of rule.derivedFrom ?? []) {
      const [sourceType, sourceField] = source.includes(".") ? source.split(".") : [type, source];
      const inherited = this.#requirement(sourceType!, sourceField!);
      if (inherited.level > level) level = inherited.level;
      permission ??= inherited.permission;
    }
    return { level, permission };
  }
}
