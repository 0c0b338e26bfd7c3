import type { ReadRecord } from "../records/read-record.js";
import type { HistoryRecord, RecordKind, RecordProblem } from "../records/record.js";

export type IngestOutcome = "CREATED" | "UPDATED" | "UNCHANGED" | "STALE" | "ERROR";

/** A record on its way into the tables. */
export class Entry<Kind extends HistoryRecord = HistoryRecord> {
  readonly kind: RecordKind | null;
  /** Null when it could not be read. */
  readonly record: Kind | null;
  readonly problems: RecordProblem[];
  outcome: IngestOutcome | null = null;

  /** @param line its place in the file or request; the first is 1 */
  constructor(
    readonly line: number,
    { kind, record, problems }: ReadRecord,
  ) {
    this.kind = kind;
    this.record = record as Kind | null;
    this.problems = [...problems];
    if (this.problems.length > 0) this.outcome = "ERROR";
  }

  /** @param path from the content of the record on, as its fields are named */
  refuse(code: string, path: readonly string[]): void {
    this.outcome = "ERROR";
    if (this.problems.length < mostProblems) this.problems.push({ code, path: [this.kind!, ...path] });
  }

  /** It only names what may still come: the same record may be taken later. */
  get isEarly(): boolean {
    return this.problems.length > 0 && this.problems.every(({ code }) => earlyCodes.has(code));
  }
}

const mostProblems = 20;
const earlyCodes: ReadonlySet<string> = new Set(["UNKNOWN_SEASON", "UNKNOWN_PRODUCT", "UNKNOWN_ORDER"]);

/** What is there by organization and key. */
export class ByName<Value> {
  readonly #byOrganization = new Map<string, Map<string, Value>>();

  get(organization: string, key: string): Value | undefined {
    return this.#byOrganization.get(organization)?.get(key);
  }

  set(organization: string, key: string, value: Value): void {
    const known = this.#byOrganization.get(organization);
    if (known) known.set(key, value);
    else this.#byOrganization.set(organization, new Map([[key, value]]));
  }

  *entries(): Generator<readonly [organization: string, key: string, value: Value]> {
    for (const [organization, byKey] of this.#byOrganization)
      for (const [key, value] of byKey) yield [organization, key, value];
  }
}

/**
 * Says of each record without problems what becomes of it: of the versions of one record in the chunk, the highest one
 * (the first, when it came twice) is written if it is above the stored one; every other one changes nothing.
 * @returns the records to write, in the order in which they came
 */
export function settle<Kind extends HistoryRecord>(
  entries: readonly Entry<Kind>[],
  stored: ByName<{ readonly version: number }>,
): Entry<Kind>[] {
  const highest = new ByName<Entry<Kind>>();
  for (const entry of entries) {
    const { organization, key, version } = entry.record!;
    const known = highest.get(organization, key);
    if (!known || known.record!.version < version) highest.set(organization, key, entry);
  }
  const written: Entry<Kind>[] = [];
  for (const entry of entries) {
    const { organization, key, version } = entry.record!;
    const winner = highest.get(organization, key)!;
    const there = stored.get(organization, key)?.version;
    const isWritten = winner === entry && (there === undefined || version > there);
    const latest = Math.max(winner.record!.version, there ?? -1);
    if (isWritten) written.push(entry);
    entry.outcome = isWritten
      ? there === undefined
        ? "CREATED"
        : "UPDATED"
      : version === latest
        ? "UNCHANGED"
        : "STALE";
  }
  return written;
}
