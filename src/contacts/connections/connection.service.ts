import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors, warnings } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { primaryRelayWarnings } from "../contact.change.js";
import type { ConnectionType } from "../contact.enums.js";
import { fieldNotAvailable } from "../contact.errors.js";
import { contactLoaders } from "../contact.loaders.js";
import { selectContacts, touchContact } from "../contact.sql.js";
import { toLink } from "../contact-lists.service.js";
import { selectRoles } from "../contact-lists.sql.js";
import { lockVisibleContacts } from "../visibility.js";
import type {
  AddConnectionInput,
  AddConnectionPayload,
  RemoveConnectionInput,
  RemoveConnectionPayload,
} from "./connection.inputs.js";
import { assertConnectable, type Ends, lockEnds, type Wish } from "./connection.rules.js";
import { deleteLink, insertLink, type Link, selectLinks, selectLinksFrom } from "./connection.sql.js";
import { structuresLedBy } from "./primary-relay.service.js";
import { roleOf, rolesWith, rolesWithout } from "./role.rules.js";
import { replaceRoles } from "./role.sql.js";

/** Connections decide roles, and roles decide which connections there can be. */
export function withheldConnections(context: OperationContext, field: string): Problem[] {
  const may = ["connections", "roles"].every((each) => context.fields.may("Contact", each));
  return may ? [] : [fieldNotAvailable(field)];
}

/** Connects two contacts (F24). The first relay of a structure is its primary one (F33). */
export async function addConnection(
  context: OperationContext,
  input: AddConnectionInput,
): Promise<AddConnectionPayload> {
  const refused = (problems: readonly Problem[]) => ({
    connection: null,
    userErrors: userErrors(problems, context.locale),
    warnings: [],
  });
  const { type, fromId, toId } = input;
  const hidden = withheldConnections(context, "type");
  if (hidden.length > 0) return refused(hidden);
  const wish: Wish = { type, from: { id: fromId, field: "fromId" }, to: { id: toId, field: "toId" } };
  const call = { mutation: "addConnection", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const ends = await lockEnds(db, wish);
    await assertConnectable(db, wish, ends);
    const { id } = await connect(db, type, ends);
    if (await replaceRoles(db, ends.from.id, rolesWith(ends.roles, roleOf[type]))) await touchContact(db, ends.from.id);
    return { connection: id };
  });
  if ("problems" in done) return refused(done.problems);
  const [link] = await selectLinks(context.db, [done.ids.connection]);
  return { connection: link ? await toLink(context, link) : null, userErrors: [], warnings: [] };
}

/** Writes a connection that may be made, and counts both files up. */
export async function connect(db: Sql, type: ConnectionType, { from, to }: Ends): Promise<Link> {
  const link = { type, fromId: from.id, toId: to.id };
  const id = await insertLink(db, link);
  return { ...link, id };
}

/** Ends a connection. The role that came with it goes, unless the caller sees another one of its kind. */
export async function removeConnection(
  context: OperationContext,
  input: RemoveConnectionInput,
): Promise<RemoveConnectionPayload> {
  const refused = (problems: readonly Problem[]) => ({
    from: null,
    to: null,
    userErrors: userErrors(problems, context.locale),
    warnings: [],
  });
  const hidden = withheldConnections(context, "id");
  if (hidden.length > 0) return refused(hidden);
  const call = { mutation: "removeConnection", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const link = await lockLink(db, input.id);
    const led = await structuresLedBy(db, link.fromId);
    await deleteLink(db, link.id);
    await endRole(db, link);
    return { from: link.fromId, to: link.toId, ...(led.includes(link.toId) && { primaryRelayOf: link.toId }) };
  });
  if ("problems" in done) return refused(done.problems);
  const { from, to, primaryRelayOf } = done.ids as Record<"from" | "to", string> & { primaryRelayOf?: string };
  const { byId } = contactLoaders(context);
  return {
    from: await byId.load(from),
    to: await byId.load(to),
    userErrors: [],
    warnings: warnings(await primaryRelayWarnings(context, primaryRelayOf), context.locale),
  };
}

/** The connection with both ends locked. Refuses one with an end that the caller does not see as one that is not there. */
async function lockLink(db: Sql, id: string): Promise<Link> {
  const key = decodeId("ContactLink", id);
  const [found] = key === null ? [] : await selectLinks(db, [key]);
  if (!found) return refuse(problem("CONNECTION_NOT_FOUND", ["id"]));
  await lockVisibleContacts(db, [found.fromId, found.toId]);
  const [link] = await selectLinks(db, [found.id]);
  return link ?? refuse(problem("CONNECTION_NOT_FOUND", ["id"]));
}

async function endRole(db: Sql, { fromId, type }: Link): Promise<void> {
  if ((await selectLinksFrom(db, fromId, [type])).length > 0) return;
  const roles = (await selectRoles(db, [fromId])).map(({ role }) => role);
  const [contact] = await selectContacts(db, [fromId]);
  const left = contact && rolesWithout(roles, roleOf[type], contact.type);
  if (left && (await replaceRoles(db, fromId, left))) await touchContact(db, fromId);
}
