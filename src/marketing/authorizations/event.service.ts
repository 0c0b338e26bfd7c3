import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import type { Contact, ContactAuthorization } from "../contact.type.js";
import { AuthorizationValue, authorizationCodes, authorizationValue } from "./authorization.js";
import type { AuthorizationEvent } from "./event.type.js";
import { type EventRow, selectEvents, selectStanding } from "./events.sql.js";
import type { AuthorizationWording } from "./wording.type.js";

/** A list of contacts asks with one statement for each page, and for each day. */
function createLoaders() {
  const loaders = new Map<string, DataLoader<string, EventRow[]>>();
  return (key: string, select: (ids: readonly string[]) => Promise<EventRow[]>) => {
    const loader = loaders.get(key) ?? new DataLoader((ids) => byContact(ids, select(ids)));
    loaders.set(key, loader);
    return loader;
  };
}

async function byContact(ids: readonly string[], selected: Promise<EventRow[]>): Promise<EventRow[][]> {
  const rows = Map.groupBy(await selected, ({ contactId }) => contactId);
  return ids.map((id) => rows.get(id) ?? []);
}

/**
 * What the contact authorized at the end of a day, where the institution is; what he authorizes now for a day that has
 * not ended. Empty for a structure; null when withheld, or anonymized.
 */
export async function consentAsOf(
  context: OperationContext,
  contact: Contact,
  day: string,
): Promise<ContactAuthorization[] | null> {
  if (!context.fields.may("Contact", "consentAsOf") || !contact.authorizations) return null;
  if (contact.authorizations.length === 0) return [];
  const end = { day, timeZone: context.caller.timeZone };
  const standing = await context
    .once(createLoaders)(`standing ${day}`, (ids) => selectStanding(context.db, ids, end))
    .load(decodeId("Contact", contact.id)!);
  const byCode = new Map(standing.map(({ code, newValue }) => [code, authorizationValue(newValue)]));
  return authorizationCodes.map((code) => ({ code, value: byCode.get(code) ?? AuthorizationValue.EMPTY }));
}

/**
 * The ledger of a contact, newest first; null when withheld, or anonymized.
 * @throws CodedError BAD_USER_INPUT for a page that cannot be asked for
 */
export async function authorizationHistory(
  context: OperationContext,
  contact: Contact,
  wanted: { first: number; after?: string | null },
): Promise<Connection<AuthorizationEvent> | null> {
  if (!context.fields.may("Contact", "authorizationHistory") || !contact.authorizations) return null;
  assertFirst(wanted.first);
  const before = positionOf(wanted.after);
  const limit = wanted.first + 1;
  const rows = await context
    .once(createLoaders)(`page ${before} ${limit}`, (ids) => selectEvents(context.db, ids, { before, limit }))
    .load(decodeId("Contact", contact.id)!);
  const events = rows.map((row) => ({ ...toEvent(context, row), position: row.id }));
  return page(events, wanted, ({ position }) => [position]);
}

/** The id that a page begins after. @throws CodedError BAD_USER_INPUT */
function positionOf(after: string | null | undefined): string | null {
  if (after == null) return null;
  const [id] = decodeCursor(after, 1)!;
  if (typeof id === "string" && /^\d{1,18}$/.test(id)) return id;
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}

function toEvent({ caller }: OperationContext, row: EventRow): AuthorizationEvent {
  const isOthers = caller.kind === "CONTACT" && row.actorKind !== "CONTACT";
  return {
    id: encodeId("AuthorizationEvent", row.id),
    at: row.at,
    code: row.code,
    oldValue: authorizationValue(row.oldValue),
    newValue: authorizationValue(row.newValue),
    actor: isOthers ? null : row.actor,
    actorKind: row.actorKind,
    source: row.source,
    wording: wordingOf(row),
    isAutomatic: row.isAutomatic,
    isVerified: row.isVerified,
  };
}

/** What the person was shown; null when nobody said. */
export function wordingOf(row: EventRow): AuthorizationWording | null {
  const { code, wordingLocale: locale, wordingVersion: version, wordingText: text, wordingPublishedAt } = row;
  if (locale === null || version === null || text === null || wordingPublishedAt === null) return null;
  return { code, locale, version, text, publishedAt: wordingPublishedAt };
}
