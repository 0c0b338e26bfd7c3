import type { Sql } from "../../platform/database/sql.js";
import {
  type ContactCount,
  instant,
  type Listed,
  largestId,
  listedContacts,
  ownersOf,
  type Window,
  windowParameters,
} from "../history.sql.js";
import type { TimelineSource } from "./timeline.sources.sql.js";

export interface TimelineRow extends Listed {
  /** Of the source. */
  readonly rank: number;
  readonly id: string;
  /** RFC 3339 with microseconds. */
  readonly at: string;
  /** Whose it is; visible. */
  readonly ownerId: string;
}

/** The sort values of the row before a page. */
export type TimelinePosition = readonly [at: string, rank: number, id: string];

export interface TimelineScope extends Window {
  readonly withRelays: boolean;
  /** At least one. */
  readonly sources: readonly TimelineSource[];
  /** Codes; null: any. */
  readonly organizations: readonly string[] | null;
  /** Codes of those that the caller works for; null: he is shown what is kept by any of them. */
  readonly own: readonly string[] | null;
}

export interface TimelineRequest extends TimelineScope {
  readonly after: TimelinePosition | null;
  readonly limit: number;
}

const highestRank = 1_000;

/**
 * A page of everything that happened in the window to each of these contacts, the latest first; of a structure, also to
 * its relays. Of each source no more is read than the page can hold. Invisible and anonymized contacts have no timeline.
 */
export async function selectTimelinePages(
  db: Sql,
  contactIds: readonly string[],
  request: TimelineRequest,
): Promise<TimelineRow[]> {
  const { after, limit } = request;
  const { conditions, values } = ofOrganizations(request, 10);
  const [at, rank, id] = after ?? ["infinity", highestRank, largestId];
  const { rows } = await db.query<TimelineRow>(
    `/* selectTimelinePages */
     SELECT v.id AS "contactId", e.rank, e.id, ${instant("e.at")} AS at, e.owner_id AS "ownerId"
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT owner.id AS owner_id, event.* FROM ${ownersOf(request)}
       CROSS JOIN LATERAL (${request.sources.map((source) => pageOf(source, conditions(source))).join(" UNION ALL ")}) event
       ORDER BY event.at DESC, event.rank DESC, event.id DESC LIMIT $9) e
     WHERE ${listedContacts}
     ORDER BY v.id, e.at DESC, e.rank DESC, e.id DESC`,
    [...windowParameters(db, contactIds, request), ...[at, rank, id, limit], ...values],
  );
  return rows;
}

/** The conditions on the organization of a source's rows, with parameters from the given number on. */
function ofOrganizations({ organizations, own, sources }: TimelineScope, first: number) {
  const isKept = own !== null && sources.some(({ isOfOrganization }) => isOfOrganization);
  const values = [...(organizations === null ? [] : [organizations]), ...(isKept ? [own] : [])];
  const conditions = ({ organization, isOfOrganization }: TimelineSource): string => {
    const wished = organizations === null ? "" : ` AND ${organization} = ANY($${first}::text[])`;
    const kept = `(${organization} IS NULL OR ${organization} = ANY($${first + values.length - 1}::text[]))`;
    return wished + (isKept && isOfOrganization ? ` AND ${kept}` : "");
  };
  return { conditions, values };
}

/** As much of a source as a page can hold. The first condition alone finds its way into an index. */
function pageOf({ rank, rows, id, at }: TimelineSource, conditions: string): string {
  return `(
    SELECT ${rank} AS rank, ${id} AS id, ${at} AS at FROM ${rows}
      AND ${at} <= $6::timestamptz
      AND (${at} < $6::timestamptz OR ${rank} < $7::int OR (${rank} = $7::int AND ${id} < $8::bigint))${conditions}
    ORDER BY ${at} DESC, ${id} DESC LIMIT $9)`;
}

/** How many entries the timeline of each of these contacts has. Contacts without any are left out. */
export async function countTimeline(
  db: Sql,
  contactIds: readonly string[],
  scope: TimelineScope,
): Promise<ContactCount[]> {
  const { conditions, values } = ofOrganizations(scope, 6);
  const counts = scope.sources.map((source) => `SELECT count(*) AS count FROM ${source.rows}${conditions(source)}`);
  const { rows } = await db.query<ContactCount>(
    `/* countTimeline */
     SELECT v.id AS "contactId", sum(found.count)::int AS count
     FROM contacts.visible_contact v CROSS JOIN LATERAL ${ownersOf(scope)}
     CROSS JOIN LATERAL (${counts.join(" UNION ALL ")}) found
     WHERE ${listedContacts} GROUP BY v.id`,
    [...windowParameters(db, contactIds, scope), ...values],
  );
  return rows;
}
