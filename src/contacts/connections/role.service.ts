import "./connection.messages.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { problem } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { refuse } from "../../platform/idempotency.js";
import { type ChangedIds, type ContactAnswer, changeContact, contactToChange, refusal } from "../contact.change.js";
import { type ConnectionType, ContactRole, ContactType } from "../contact.enums.js";
import { fieldNotAvailable } from "../contact.errors.js";
import { touchContact } from "../contact.sql.js";
import type { ContactRow } from "../contact.type.js";
import { selectRoles } from "../contact-lists.sql.js";
import { lockVisibleContacts } from "../visibility.js";
import type { ChangeRoleInput, SetRolesInput } from "./connection.inputs.js";
import { assertConnectable, type Ends, lockEnds } from "./connection.rules.js";
import { connect, withheldConnections } from "./connection.service.js";
import { deleteLinksFrom, selectLinksFrom } from "./connection.sql.js";
import { structuresLedBy } from "./primary-relay.service.js";
import { connectionOfRole, isApplicable, rolesWith } from "./role.rules.js";
import { replaceRoles } from "./role.sql.js";

/** Gives a contact exactly these roles. Those that stand for a connection stay with it. */
export async function setRoles(context: OperationContext, input: SetRolesInput): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", "roles")) return refusal(context, [fieldNotAvailable("roles")]);
  return changeContact(context, "setRoles", input, async (db) => {
    const contact = await contactToChange(db, input.contactId, "contactId", input.version);
    const roles = [...new Set(input.roles)];
    assertSettable(contact, await rolesOf(db, contact.id), roles);
    if (await replaceRoles(db, contact.id, roles)) await touchContact(db, contact.id);
    return contact.id;
  });
}

async function rolesOf(db: Sql, contactId: string): Promise<ContactRole[]> {
  return (await selectRoles(db, [contactId])).map(({ role }) => role);
}

function assertSettable({ type }: ContactRow, held: readonly ContactRole[], roles: readonly ContactRole[]): void {
  if (roles.length === 0 && type === ContactType.INDIVIDUAL) refuse(problem("FIELD_REQUIRED", ["roles"]));
  if (!roles.every((role) => isApplicable(role, type))) refuse(problem("ROLE_NOT_APPLICABLE", ["roles"]));
  const relations = Object.values(ContactRole).filter((role) => connectionOfRole(role) !== null);
  if (relations.some((role) => held.includes(role) !== roles.includes(role)))
    refuse(problem("ROLE_NEEDS_CONNECTION", ["roles"]));
  if (roles.includes(ContactRole.PUBLIC) && relations.some((role) => roles.includes(role)))
    refuse(problem("ROLE_CONFLICT", ["roles"]));
}

/**
 * Puts a role in the place of another, with the connections that they stand for. A contact with orders does not become
 * a relay: they would move to the structure (F08).
 */
export async function changeRole(context: OperationContext, input: ChangeRoleInput): Promise<ContactAnswer> {
  const hidden = withheldConnections(context, "to");
  if (hidden.length > 0) return refusal(context, hidden);
  const type = connectionOfRole(input.to);
  if (type === null && input.connectToId != null)
    return refusal(context, [problem("FIELD_NOT_APPLICABLE", ["connectToId"])]);
  const { connectToId } = input;
  if (type !== null && connectToId == null) return refusal(context, [problem("FIELD_REQUIRED", ["connectToId"])]);
  return changeContact(context, "changeRole", input, (db) =>
    type === null || connectToId == null
      ? changeOwnRole(db, input)
      : changeToRelation(db, { ...input, connectToId }, type),
  );
}

/** To a role that stands for no connection. */
async function changeOwnRole(db: Sql, { contactId, from, to }: ChangeRoleInput): Promise<ChangedIds> {
  await lockVisibleContacts(db, await touchedBy(db, contactId, from));
  const contact = await contactToChange(db, contactId, "contactId");
  const roles = await rolesOf(db, contact.id);
  assertChangeable(contact, roles, { from, to });
  const ended = await endRelation(db, contact.id, from);
  const left = roles.filter((role) => role !== from);
  if (to === ContactRole.PUBLIC && left.some((role) => connectionOfRole(role) !== null))
    refuse(problem("ROLE_CONFLICT", ["to"]));
  await replaceRoles(db, contact.id, rolesWith(left, to));
  await touchContact(db, contact.id);
  return { contact: contact.id, ...ended };
}

/** To a role that stands for a connection, which is made. */
async function changeToRelation(
  db: Sql,
  { contactId, from, to, connectToId }: ChangeRoleInput & { connectToId: string },
  type: ConnectionType,
): Promise<ChangedIds> {
  const wish = { type, from: { id: contactId, field: "contactId" }, to: { id: connectToId, field: "connectToId" } };
  const before = await lockEnds(db, wish, await touchedBy(db, contactId, from));
  assertChangeable(before.from, before.roles, { from, to });
  const ended = await endRelation(db, before.from.id, from);
  const roles = before.roles.filter((role) => role !== from);
  const linksFrom = before.linksFrom.filter((link) => link.type !== connectionOfRole(from));
  const ends: Ends = { ...before, roles, linksFrom };
  await assertConnectable(db, wish, ends);
  await connect(db, type, ends);
  if (await replaceRoles(db, ends.from.id, rolesWith(roles, to))) await touchContact(db, ends.from.id);
  return { contact: ends.from.id, ...ended };
}

interface RoleChange {
  readonly from: ContactRole;
  readonly to: ContactRole;
}

function assertChangeable({ type }: ContactRow, roles: readonly ContactRole[], { from, to }: RoleChange): void {
  if (!roles.includes(from)) refuse(problem("ROLE_NOT_HELD", ["from"]));
  if (roles.includes(to)) refuse(problem("ROLE_HELD", ["to"]));
  if (!isApplicable(to, type)) refuse(problem("ROLE_NOT_APPLICABLE", ["to"]));
}

/** The contact and the visible ones at the other ends of what the role stands for (database ids): all to be locked. */
async function touchedBy(db: Sql, contactId: string, role: ContactRole): Promise<string[]> {
  const id = decodeId("Contact", contactId);
  return id === null ? [] : [id, ...(await linkedBy(db, id, role))];
}

async function linkedBy(db: Sql, id: string, role: ContactRole): Promise<string[]> {
  const type = connectionOfRole(role);
  return type === null ? [] : (await selectLinksFrom(db, id, [type])).map(({ toId }) => toId);
}

/** Ends the connections that the role stands for. Names the structure that has lost its primary relay. */
async function endRelation(db: Sql, id: string, role: ContactRole): Promise<Pick<ChangedIds, "primaryRelayOf">> {
  const type = connectionOfRole(role);
  if (type === null) return {};
  const led = await structuresLedBy(db, id);
  const others = await linkedBy(db, id, role);
  await deleteLinksFrom(db, id, type);
  const primaryRelayOf = led.find((structureId) => others.includes(structureId));
  return primaryRelayOf === undefined ? {} : { primaryRelayOf };
}
