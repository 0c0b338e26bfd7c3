import {
  advantageFields,
  membershipFields,
  paymentFields,
  readAdvantage,
  readMembership,
  readPayment,
  readShipment,
  readWaitingListEntry,
  shipmentFields,
  waitingListEntryFields,
} from "./read-belongings.js";
import { productFields, readProduct, readSeason, seasonFields } from "./read-catalogue.js";
import { orderFields, readOrder } from "./read-order.js";
import { RecordFields } from "./record.fields.js";
import { type HistoryRecord, type RecordKind, type RecordProblem, recordKinds } from "./record.js";

interface KindReader {
  readonly fields: ReadonlySet<string>;
  read(fields: RecordFields): HistoryRecord;
}

const readers: Readonly<Record<RecordKind, KindReader>> = {
  season: { fields: seasonFields, read: readSeason },
  product: { fields: productFields, read: readProduct },
  order: { fields: orderFields, read: readOrder },
  payment: { fields: paymentFields, read: readPayment },
  membership: { fields: membershipFields, read: readMembership },
  advantage: { fields: advantageFields, read: readAdvantage },
  waitingListEntry: { fields: waitingListEntryFields, read: readWaitingListEntry },
  shipment: { fields: shipmentFields, read: readShipment },
};

/** A record as it was read. */
export interface ReadRecord {
  /** Null: not even the kind could be told. */
  readonly kind: RecordKind | null;
  /** Null when it has problems. */
  readonly record: HistoryRecord | null;
  readonly problems: readonly RecordProblem[];
}

const kinds: ReadonlySet<string> = new Set(recordKinds);

/**
 * Reads `{ "order": { … } }` and its like, from JSON or from GraphQL, and finds all that is wrong with it alone; what
 * depends on what is stored comes later.
 */
export function readRecord(value: unknown): ReadRecord {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const given = isObject ? Object.entries(value).filter(([, content]) => content != null) : [];
  const [kind, content] = given[0] ?? [];
  if (given.length !== 1 || !kind || !kinds.has(kind)) {
    return unread({ code: "RECORD_KIND_EXPECTED", path: [], parameters: { accepted: recordKinds.join(", ") } });
  }
  const problems: RecordProblem[] = [];
  const { fields, read } = readers[kind as RecordKind];
  const record = read(new RecordFields(content, fields, problems));
  if (problems.length === 0) return { kind: record.kind, record, problems };
  const placed = problems.slice(0, mostProblems).map((problem) => ({ ...problem, path: [kind, ...problem.path] }));
  return { kind: record.kind, record: null, problems: placed };
}

/** Whoever mends so many finds the others as well. */
const mostProblems = 20;

/** Something that could not be read as a record at all. */
export function unread(problem: RecordProblem): ReadRecord {
  return { kind: null, record: null, problems: [problem] };
}
