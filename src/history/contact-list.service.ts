import type { OperationContext } from "../platform/context.js";
import { CodedError } from "../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, page, type SortKey } from "../platform/graphql/connection.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { isDay } from "../platform/graphql/scalars.js";
import { loadersOf } from "./history.loaders.js";
import type { ContactCount, Listed, PageRequest, Window } from "./history.sql.js";
import { type DayRange, periodOf } from "./period.js";

/** What every list of a contact is asked with. */
export interface ListArguments {
  readonly period?: { readonly from?: string | null; readonly to?: string | null } | null;
  readonly first: number;
  readonly after?: string | null;
}

/** One of the lists of a contact: where its rows come from and how they look. */
export interface ContactList<Row extends Listed> {
  /** Its field of `Contact`. */
  readonly field: string;
  /** Whatever else the rows depend on; lists with the same field and options share statements. */
  readonly options?: unknown;
  /** Whether the first sort value is an instant or a day. The second is the id. */
  readonly sortedBy: "instant" | "day";
  select(contactIds: readonly string[], request: PageRequest): Promise<Row[]>;
  count(contactIds: readonly string[], window: Window): Promise<ContactCount[]>;
  keyOf(row: Row): SortKey;
  answer(row: Row): object;
}

export interface HistoryPage extends Connection<object> {
  readonly period: DayRange;
  /** Counts only when called, and the default resolver calls it only when it is selected. */
  readonly totalCount: () => Promise<number>;
}

/**
 * A page of a list of one contact; null when the caller may not see the list. Contacts that are asked for the same
 * list in the same way at the same time are answered by one statement.
 * @param contactId opaque
 * @throws CodedError BAD_USER_INPUT for a bad `first`, `after` or `period`
 */
export async function contactList<Row extends Listed>(
  context: OperationContext,
  contactId: string,
  list: ContactList<Row>,
  { period: asked, first, after }: ListArguments,
): Promise<HistoryPage | null> {
  if (!context.fields.may("Contact", list.field)) return null;
  assertFirst(first);
  const period = periodOf(asked, context.today(), context.locale);
  const id = decodeId("Contact", contactId);
  if (id === null) return null;

  const window = windowOf(period, context.caller.timeZone);
  const request: PageRequest = { ...window, after: positionOf(after, list.sortedBy), limit: first + 1 };
  const { byArguments } = loadersOf(context);
  const counts = byArguments.get([list.field, list.options, window], async (ids) =>
    counted(ids, await list.count(ids, window)),
  );
  const pageOf = (rows: readonly Row[], contact: string): HistoryPage => {
    const { edges, pageInfo } = page(rows, { first, after }, (row) => list.keyOf(row));
    const answers = edges.map(({ cursor, node }) => ({ cursor, node: list.answer(node) }));
    const nodes = answers.map(({ node }) => node);
    return { edges: answers, nodes, pageInfo, period, totalCount: () => counts.load(contact) };
  };
  const pages = byArguments.get([list.field, list.options, request], async (ids) =>
    grouped(ids, await list.select(ids, request)).map((rows, index) => pageOf(rows, ids[index]!)),
  );
  return await pages.load(id);
}

function windowOf({ from, to }: DayRange, timeZone: string): Window {
  return { from: from ?? "-infinity", to: to ?? "infinity", timeZone };
}

function grouped<Row extends Listed>(ids: readonly string[], rows: readonly Row[]): Row[][] {
  const byContact = Map.groupBy(rows, ({ contactId }) => contactId);
  return ids.map((id) => byContact.get(id) ?? []);
}

function counted(ids: readonly string[], counts: readonly ContactCount[]): number[] {
  const byContact = new Map(counts.map(({ contactId, count }) => [contactId, count]));
  return ids.map((id) => byContact.get(id) ?? 0);
}

const instantPattern = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/;
const idPattern = /^[1-9]\d{0,17}$/;

/** The sort values behind `after`. Checked, because PostgreSQL would fail on a cursor that someone made up. */
function positionOf(after: string | null | undefined, sortedBy: "instant" | "day"): [string, string] | null {
  const key = decodeCursor(after, 2);
  if (!key) return null;
  const [value, id] = key.map(String) as [string, string];
  const day = sortedBy === "day" ? value : instantPattern.exec(value)?.[1];
  if (day && isDay(day) && idPattern.test(id)) return [value, id];
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}
