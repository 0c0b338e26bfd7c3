import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { problem } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { refuse } from "../../platform/idempotency.js";
import { type ContactAnswer, changeContact, refusal } from "../contact.change.js";
import { ConnectionType } from "../contact.enums.js";
import { contactAnonymized, contactNotFound, fieldNotAvailable } from "../contact.errors.js";
import { selectContacts } from "../contact.sql.js";
import { lockVisibleContacts } from "../visibility.js";
import type { SetPrimaryRelayInput } from "./connection.inputs.js";
import { selectLinksFrom } from "./connection.sql.js";
import { selectPrimaryRelays, updatePrimaryChoice } from "./primary-relay.sql.js";

/**
 * Makes a valid relay the primary one of its structure, for everybody: whoever sees more relays sees this one chosen
 * last, too.
 */
export async function setPrimaryRelay(context: OperationContext, input: SetPrimaryRelayInput): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", "primaryRelay")) return refusal(context, [fieldNotAvailable("relayId")]);
  return changeContact(context, "setPrimaryRelay", input, async (db) => {
    const structureId = decodeId("Contact", input.structureId) ?? refuse(contactNotFound("structureId"));
    const relayId = decodeId("Contact", input.relayId) ?? refuse(contactNotFound("relayId"));
    const locked = await lockVisibleContacts(db, [structureId, relayId]);
    if (!locked.includes(structureId)) refuse(contactNotFound("structureId"));
    if (!locked.includes(relayId)) refuse(contactNotFound("relayId"));
    const [relay] = await selectContacts(db, [relayId]);
    if (relay?.anonymizedAt) refuse(contactAnonymized("relayId"));
    const links = await selectLinksFrom(db, relayId, [ConnectionType.RELAY_OF]);
    if (!links.some(({ toId }) => toId === structureId)) refuse(problem("CONNECTION_NOT_FOUND", ["relayId"]));
    if (!relay?.isValid) refuse(problem("RELAY_INVALID", ["relayId"]));
    const [primary] = await selectPrimaryRelays(db, [structureId]);
    if (primary?.relayId === relayId) return structureId;
    await updatePrimaryChoice(db, structureId, relayId);
    return structureId;
  });
}

/** The structures, of those that the caller sees, whose primary relay is this contact (database ids). */
export async function structuresLedBy(db: Sql, relayId: string): Promise<string[]> {
  const links = await selectLinksFrom(db, relayId, [ConnectionType.RELAY_OF]);
  if (links.length === 0) return [];
  const primaries = await selectPrimaryRelays(
    db,
    links.map(({ toId }) => toId),
  );
  return primaries.filter((primary) => primary.relayId === relayId).map(({ structureId }) => structureId);
}

/**
 * Makes a change of a relay, such as its validity end.
 * @returns the structure whose primary relay has become another one by it, as far as the caller sees (database id)
 */
export async function watchPrimaryRelay(
  db: Sql,
  relayId: string,
  change: () => Promise<void>,
): Promise<string | undefined> {
  const before = await structuresLedBy(db, relayId);
  await change();
  const after = await structuresLedBy(db, relayId);
  return before.find((id) => !after.includes(id)) ?? after.find((id) => !before.includes(id));
}
