import type { Sql } from "../../platform/database/sql.js";

export interface PrimaryRelayRow {
  structureId: string;
  relayId: string;
}

/** The primary relays of these structures, as the caller sees them. Any order; structures without one are left out. */
export async function selectPrimaryRelays(db: Sql, structureIds: readonly string[]): Promise<PrimaryRelayRow[]> {
  const { rows } = await db.query<PrimaryRelayRow>(
    `/* selectPrimaryRelays */
     SELECT p.structure_id AS "structureId", p.relay_id AS "relayId" FROM contacts.primary_relay p
     WHERE p.institution_id = $1 AND p.structure_id = ANY($2::bigint[])`,
    [db.institutionId, structureIds],
  );
  return rows;
}

/** Makes the relay the one chosen last, with the audit on the structure's file. Both are locked, visible, connected. */
export async function updatePrimaryChoice(db: Sql, structureId: string, relayId: string): Promise<void> {
  await db.query(
    `/* updatePrimaryChoice */
     WITH changed AS (
       UPDATE contacts.contact_connection SET primary_choice = nextval('contacts.primary_choice')
       WHERE institution_id = $1 AND to_contact_id = $2 AND from_contact_id = $3 AND connection_type = 'RELAY_OF'
       RETURNING from_contact_id, to_contact_id)
     INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, key, field, new_value)
     SELECT $1, to_contact_id, 'Connection', from_contact_id::text, 'primaryRelay', 'RELAY_OF' FROM changed`,
    [db.institutionId, structureId, relayId],
  );
}
