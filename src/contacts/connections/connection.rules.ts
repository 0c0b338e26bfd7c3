import "./connection.messages.js";
import type { Sql } from "../../platform/database/sql.js";
import { problem } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { refuse } from "../../platform/idempotency.js";
import { ConnectionType, ContactRole, ContactType } from "../contact.enums.js";
import { contactAnonymized, contactNotFound } from "../contact.errors.js";
import { selectContacts } from "../contact.sql.js";
import type { ContactRow } from "../contact.type.js";
import { selectRoles } from "../contact-lists.sql.js";
import { lockVisibleContacts } from "../visibility.js";
import { type ChainLink, type Link, selectChainAbove, selectHasOrders, selectLinksFrom } from "./connection.sql.js";

/** Which contacts are to be connected how, and the input fields that name them. */
export interface Wish {
  readonly type: ConnectionType;
  readonly from: { readonly id: string; readonly field: string };
  readonly to: { readonly id: string; readonly field: string };
}

/** The locked ends of a connection that is to be made, and what decides whether it may be. */
export interface Ends {
  readonly from: ContactRow;
  readonly to: ContactRow;
  readonly roles: readonly ContactRole[];
  readonly linksFrom: readonly Link[];
  /** Of `to`, for a subsidiary. */
  readonly chain: readonly ChainLink[];
}

/** Somebody connected the contacts above meanwhile. The transaction is repeated, which then sees and locks them too. */
class ChainChanged extends Error {
  readonly code = "40001";
}

/**
 * Locks both contacts and, for a subsidiary, all above it, by ascending id: two changes that close a circle together
 * meet at one of them, and the second sees the first.
 * @param further database ids of others that the change touches
 */
export async function lockEnds(db: Sql, wish: Wish, further: readonly string[] = []): Promise<Ends> {
  const [fromId, toId] = [decodeEnd(wish.from), decodeEnd(wish.to)];
  if (fromId === toId) refuse(problem("CONNECTION_TO_ITSELF", [wish.to.field]));
  const before = await chainOf(db, wish.type, toId);
  const locked = await lockVisibleContacts(db, [fromId, toId, ...further, ...before.map(({ id }) => id)]);
  for (const [end, id] of [
    [wish.from, fromId],
    [wish.to, toId],
  ] as const)
    if (!locked.includes(id)) refuse(contactNotFound(end.field));
  const chain = await chainOf(db, wish.type, toId);
  if (chain.some(({ id }) => !locked.includes(id))) throw new ChainChanged();
  const contacts = await selectContacts(db, [fromId, toId]);
  const [from, to] = [contacts.find(({ id }) => id === fromId)!, contacts.find(({ id }) => id === toId)!];
  if (from.anonymizedAt) refuse(contactAnonymized(wish.from.field));
  if (to.anonymizedAt) refuse(contactAnonymized(wish.to.field));
  const roles = (await selectRoles(db, [fromId])).map(({ role }) => role);
  return { from, to, chain, roles, linksFrom: await selectLinksFrom(db, fromId, Object.values(ConnectionType)) };
}

function decodeEnd({ id, field }: Wish["from"]): string {
  return decodeId("Contact", id) ?? refuse(contactNotFound(field));
}

async function chainOf(db: Sql, type: ConnectionType, toId: string): Promise<ChainLink[]> {
  return type === ConnectionType.SUBSIDIARY_OF ? selectChainAbove(db, toId) : [];
}

/** Refuses a connection that the two contacts cannot have. What the caller does not see decides nothing here. */
export async function assertConnectable(db: Sql, wish: Wish, ends: Ends): Promise<void> {
  const { type } = wish;
  const { from, to, roles, linksFrom } = ends;
  const wrong = wrongEnd(wish, ends);
  if (wrong) refuse(problem("CONNECTION_NOT_APPLICABLE", [wrong]));
  // staff of a structure are its relay or a member, not both
  const staff = [ConnectionType.RELAY_OF, ConnectionType.MEMBER_OF];
  const alike = staff.includes(type) ? staff : [type];
  if (linksFrom.some((link) => link.toId === to.id && alike.includes(link.type)))
    refuse(problem("CONNECTION_EXISTS", [wish.to.field]));
  const has = (role: ContactRole) => roles.includes(role) || linksFrom.some((link) => link.type === type);
  if (type === ConnectionType.RELAY_OF) {
    if (has(ContactRole.RELAY)) refuse(problem("RELAY_HAS_STRUCTURE", [wish.from.field]));
    if (await selectHasOrders(db, from.id)) refuse(problem("CONTACT_HAS_HISTORY", [wish.from.field]));
  }
  if (type === ConnectionType.SUBSIDIARY_OF) {
    if (has(ContactRole.SUBSIDIARY)) refuse(problem("SUBSIDIARY_HAS_PARENT", [wish.from.field]));
    assertNoCycle(wish, ends);
  }
}

/**
 * A circle would lead from the new parent, over those above it, back to the subsidiary. Where the way up leaves the
 * caller's sight, a circle can neither be excluded nor be told of: he is refused alike whatever is there. That there is
 * a parent whom he does not see is no news: the role of a subsidiary is never without a parent.
 */
function assertNoCycle({ to }: Wish, { from, chain }: Ends): void {
  if (chain.some(({ id }) => id === from.id)) refuse(problem("CONNECTION_CYCLE", [to.field]));
  if (chain.some(({ hasHiddenParent }) => hasHiddenParent)) refuse(problem("CONNECTION_CHAIN_HIDDEN", [to.field]));
}

/** The input field of an end whose type does not fit; null when both do. */
function wrongEnd({ type, from, to }: Wish, ends: Ends): string | null {
  if (type === ConnectionType.SUBSIDIARY_OF) return ends.from.type === ends.to.type ? null : to.field;
  if (ends.from.type !== ContactType.INDIVIDUAL) return from.field;
  return ends.to.type === ContactType.STRUCTURE ? null : to.field;
}
