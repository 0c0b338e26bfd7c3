import type { OperationContext } from "../platform/context.js";
import type { Sql } from "../platform/database/sql.js";
import { CodedError } from "../platform/errors/coded-error.js";
import {
  assertFirst,
  type Connection,
  decodeCursor,
  notACursor,
  page,
  type SortKey,
} from "../platform/graphql/connection.js";
import { decodeId } from "../platform/graphql/opaque-id.js";
import { isDay } from "../platform/graphql/scalars.js";
import { loadersOf } from "./history.loaders.js";
import type { Choice, ContactCount, ContactSum, Listed, PageRequest, Scope, Window } from "./history.sql.js";
import { type DayRange, periodOf } from "./period.js";

/** What every list of a contact is asked with. */
export interface ListArguments {
  readonly period?: { readonly from?: string | null; readonly to?: string | null } | null;
  readonly first: number;
  readonly after?: string | null;
  readonly includeRelays?: boolean | null;
}

/** One of the lists of a contact: where its rows come from and how they look. */
export interface ContactList<Row extends Listed> {
  /** Its field of `Contact`. */
  readonly field: string;
  readonly choices?: readonly Choice[];
  /** Whatever else the rows depend on; lists with the same field and options share statements. */
  readonly options?: unknown;
  /** Whether the first sort value is an instant or a day. The second is the id. */
  readonly sortedBy: "instant" | "day";
  select(db: Sql, contactIds: readonly string[], request: PageRequest): Promise<Row[]>;
  count(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactCount[]>;
  /** What the rows come to, and the fields that this gives away (`Type.field`). */
  readonly sums?: {
    readonly gives: readonly string[];
    select(db: Sql, contactIds: readonly string[], scope: Scope): Promise<ContactSum[]>;
  };
  keyOf(row: NoInfer<Row>): SortKey;
  answer(context: OperationContext, row: NoInfer<Row>): object;
}

/** A list for which only its filter and the page are asked. */
interface FilteredList<Row extends Listed, Wish> extends Omit<ContactList<Row>, "choices" | "options"> {
  choices(filter?: Wish): readonly Choice[];
}

export type FilteredArguments<Wish> = ListArguments & { readonly filter?: Wish | null };

/** As {@link contactList}, which says what it answers and throws. */
export function filteredList<Row extends Listed, Wish>(list: FilteredList<Row, Wish>) {
  return (context: OperationContext, contactId: string, args: FilteredArguments<Wish>): Promise<HistoryPage | null> =>
    contactList(context, contactId, { ...list, choices: list.choices(args.filter ?? undefined) }, args);
}

export interface HistoryPage extends Connection<object> {
  readonly period: DayRange;
  /** These count only when called, and the default resolver calls them only when they are selected. */
  readonly totalCount: () => Promise<number>;
  readonly sums: () => Promise<{ currency: string; amount: string }[] | null>;
}

/**
 * A page of a list of one contact; null when the caller may not see the list. Contacts that are asked for the same
 * list in the same way at the same time are answered by one statement.
 * @param contactId opaque
 * @throws CodedError BAD_USER_INPUT for a bad `first`, `after` or `period`, FIELD_NOT_AVAILABLE for a filter by a field
 *   that is withheld
 */
export async function contactList<Row extends Listed>(
  context: OperationContext,
  contactId: string,
  list: ContactList<Row>,
  args: ListArguments,
): Promise<HistoryPage | null> {
  if (!context.fields.may("Contact", list.field)) return null;
  const { first, after } = args;
  assertFirst(first);
  const period = periodOf(args.period, context.today(), context.locale);
  const scope = scopeOf(context, list, windowOf(period, context.caller.timeZone), args);
  const id = decodeId("Contact", contactId);
  if (id === null) return null;

  const request: PageRequest = { ...scope, after: positionOf(after, list.sortedBy), limit: first + 1 };
  const { byArguments } = loadersOf(context);
  const { totalCount, sums } = totalsOf(context, list, scope);
  const pageOf = (rows: readonly Row[], contact: string): HistoryPage => {
    const { edges, pageInfo } = page(rows, { first, after }, (row) => list.keyOf(row));
    const answers = edges.map(({ cursor, node }) => ({ cursor, node: list.answer(context, node) }));
    const nodes = answers.map(({ node }) => node);
    return {
      edges: answers,
      nodes,
      pageInfo,
      period,
      totalCount: () => totalCount(contact),
      sums: () => sums(contact),
    };
  };
  const pages = byArguments.get([list.field, list.options, request], async (ids) =>
    grouped(ids, await list.select(context.db, ids, request)).map((rows, index) => pageOf(rows, ids[index]!)),
  );
  return await pages.load(id);
}

/** How many rows a list has, and what they come to. Nothing is asked before it is called. */
function totalsOf<Row extends Listed>(context: OperationContext, list: ContactList<Row>, scope: Scope) {
  const { byArguments } = loadersOf(context);
  const counts = byArguments.get([list.field, list.options, scope], async (ids) =>
    counted(ids, await list.count(context.db, ids, scope)),
  );
  const sums = byArguments.get([list.field, "sums", list.options, scope], async (ids) =>
    grouped(ids, (await list.sums?.select(context.db, ids, scope)) ?? []),
  );
  const maySum = list.sums?.gives.every((field) => maySee(context, field)) ?? false;
  return {
    totalCount: (contact: string) => counts.load(contact),
    sums: async (contact: string) => (maySum ? await sums.load(contact) : null),
  };
}

function scopeOf<Row extends Listed>(
  context: OperationContext,
  { choices = [] }: ContactList<Row>,
  window: Window,
  { includeRelays }: ListArguments,
): Scope {
  for (const { name, values, gives } of choices) {
    if (values == null || gives.every((field) => maySee(context, field))) continue;
    throw new CodedError("FIELD_NOT_AVAILABLE", `You cannot filter by ${name}: it is withheld from you.`, {
      field: name,
    });
  }
  // whose rows a structure shows tells who its relays are
  const withRelays = (includeRelays ?? true) && maySee(context, "Contact.relays");
  return { ...window, withRelays, choices: choices.map(normalized) };
}

/** The same wish, however it is written: contacts that are asked alike share statements. */
function normalized(choice: Choice): Choice {
  return { ...choice, values: choice.values && [...new Set(choice.values)].sort() };
}

/** @param field `Type.field` */
export function maySee(context: OperationContext, field: string): boolean {
  const [type, name] = field.split(".") as [string, string];
  return context.fields.may(type, name);
}

export function windowOf({ from, to }: DayRange, timeZone: string): Window {
  return { from: from ?? "-infinity", to: to ?? "infinity", timeZone };
}

export function grouped<Row extends Listed>(ids: readonly string[], rows: readonly Row[]): Row[][] {
  const byContact = Map.groupBy(rows, ({ contactId }) => contactId);
  return ids.map((id) => byContact.get(id) ?? []);
}

export function counted(ids: readonly string[], counts: readonly ContactCount[]): number[] {
  const byContact = new Map(counts.map(({ contactId, count }) => [contactId, count]));
  return ids.map((id) => byContact.get(id) ?? 0);
}

const instantPattern = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/;
const idPattern = /^[1-9]\d{0,17}$/;

/** True for sort values that a page can have given. Checked, because PostgreSQL would fail on a made-up one. */
export function isPosition(sortedBy: "instant" | "day", value: unknown, id: unknown): boolean {
  const day = sortedBy === "day" ? String(value) : instantPattern.exec(String(value))?.[1];
  return day !== undefined && isDay(day) && idPattern.test(String(id));
}

/** The sort values behind `after`. */
function positionOf(after: string | null | undefined, sortedBy: "instant" | "day"): [string, string] | null {
  const key = decodeCursor(after, 2);
  if (!key) return null;
  if (isPosition(sortedBy, key[0], key[1])) return [String(key[0]), String(key[1])];
  throw notACursor();
}
