import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { assertFirst, decodeCursor, notACursor, page } from "../../platform/graphql/connection.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import {
  counted,
  grouped,
  type HistoryPage,
  isPosition,
  type ListArguments,
  maySee,
  windowOf,
} from "../contact-list.service.js";
import { loadersOf } from "../history.loaders.js";
import { periodOf } from "../period.js";
import { timelineAnswer } from "./timeline.answers.js";
import type { TimelineKind } from "./timeline.kinds.js";
import { timelineSources } from "./timeline.sources.sql.js";
import {
  countTimeline,
  selectTimelinePages,
  type TimelinePosition,
  type TimelineRequest,
  type TimelineRow,
  type TimelineScope,
} from "./timeline.sql.js";

export interface TimelineWish {
  readonly kinds?: readonly TimelineKind[] | null;
  readonly organizations?: readonly string[] | null;
}

type TimelinePage = Omit<HistoryPage, "sums"> & { readonly kinds: readonly TimelineKind[] };

/**
 * What happened and is to happen to the contact, from all of its histories, the furthest in the future first; of a
 * structure also to its relays. Lists that are withheld are left out. Null when the caller may not see a timeline.
 * @param contactId opaque
 * @throws CodedError BAD_USER_INPUT for a bad `first`, `after` or `period`, FIELD_NOT_AVAILABLE for a filter by a field
 *   that is withheld
 */
export async function timeline(
  context: OperationContext,
  contactId: string,
  args: ListArguments & { readonly filter?: TimelineWish | null },
): Promise<TimelinePage | null> {
  if (!context.fields.may("Contact", "timeline")) return null;
  const { first, after } = args;
  assertFirst(first);
  const period = periodOf(args.period, context.today(), context.locale);
  const scope = scopeOf(context, args, windowOf(period, context.caller.timeZone));
  const request: TimelineRequest = { ...scope, after: positionOf(after), limit: first + 1 };
  const id = decodeId("Contact", contactId);
  if (id === null) return null;

  const kinds = scope.sources.map(({ kind }) => kind);
  const counts = countsOf(context, scope);
  const pageOf = (rows: readonly TimelineRow[], contact: string): TimelinePage => {
    const { edges, pageInfo } = page(rows, { first, after }, ({ at, rank, id }) => [at, rank, id]);
    const answers = edges.map(({ cursor, node }) => ({ cursor, node: timelineAnswer(context, node) }));
    const nodes = answers.map(({ node }) => node);
    return { edges: answers, nodes, pageInfo, period, kinds, totalCount: () => counts(contact) };
  };
  const pages = loadersOf(context).byArguments.get(["timeline", request], async (ids) => {
    const rows = kinds.length === 0 ? [] : await selectTimelinePages(context.db, ids, request);
    return grouped(ids, rows).map((each, index) => pageOf(each, ids[index]!));
  });
  return await pages.load(id);
}

/** How many entries a timeline has. Nothing is counted before it is called. */
function countsOf(context: OperationContext, scope: TimelineScope) {
  const loader = loadersOf(context).byArguments.get(["timeline", "count", scope], async (ids) =>
    counted(ids, scope.sources.length === 0 ? [] : await countTimeline(context.db, ids, scope)),
  );
  return (contact: string) => loader.load(contact);
}

function scopeOf(
  context: OperationContext,
  { filter, includeRelays }: Parameters<typeof timeline>[2],
  window: ReturnType<typeof windowOf>,
): TimelineScope {
  const { kinds, organizations } = filter ?? {};
  const { caller } = context;
  const sources = timelineSources.filter(
    ({ kind, field }) => (kinds?.includes(kind) ?? true) && context.fields.may("Contact", field),
  );
  if (organizations != null && sources.some(({ organizationField }) => !maySee(context, organizationField))) {
    const field = "organizations";
    throw new CodedError("FIELD_NOT_AVAILABLE", `You cannot filter by ${field}: it is withheld from you.`, { field });
  }
  return {
    ...window,
    withRelays: (includeRelays ?? true) && maySee(context, "Contact.relays"),
    sources,
    organizations: organizations == null ? null : [...new Set(organizations)].sort(),
    own: caller.ownContactId === null ? caller.organizations : null,
  };
}

function positionOf(after: string | null | undefined): TimelinePosition | null {
  const key = decodeCursor(after, 3);
  if (!key) return null;
  const [at, rank, id] = key;
  const isRank = typeof rank === "number" && timelineSources.some((source) => source.rank === rank);
  if (!isRank || !isPosition("instant", at, id)) throw notACursor();
  return [String(at), rank, String(id)];
}
