import type { VisibleContactIds } from "../../contacts/index.js";
import type { Sql } from "../../platform/database/sql.js";
import { instant } from "../history.sql.js";

/** What operators write of an interaction. */
export interface InteractionValues {
  readonly medium: string;
  readonly status: string;
  /** RFC 3339. */
  readonly occurredAt: string;
  readonly description: string | null;
}

/** True when the contact was anonymized. It is locked and visible. */
export async function selectIsAnonymized(db: Sql, contact: VisibleContactIds): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* selectIsAnonymized */
     SELECT FROM contacts.visible_contact v
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.anonymized_at IS NOT NULL`,
    [db.institutionId, contact],
  );
  return rowCount > 0;
}

const valuesOf = (row: string) => `${row}.medium AS ${row}_medium, ${row}.interaction_status AS ${row}_status,
  ${instant(`${row}.occurred_at`)} AS ${row}_occurred_at, ${row}.description AS ${row}_description`;

const audited = `
  INSERT INTO history.audit_contact (institution_id, contact_id, entity, key, field, old_value, new_value)
  SELECT $1, contact_id, 'Interaction', id::text, field, was, now
  FROM changed CROSS JOIN LATERAL (VALUES
    ('medium', old_medium, new_medium), ('status', old_status, new_status),
    ('occurredAt', old_occurred_at, new_occurred_at), ('description', old_description, new_description))
    AS v (field, was, now)
  WHERE was IS DISTINCT FROM now`;

const returned = `id, contact_id, ${valuesOf("old")}, ${valuesOf("new")}`;

/**
 * Writes a manual interaction, with its audit.
 * @param contact one, locked
 * @returns its id
 */
export async function insertInteraction(
  db: Sql,
  contact: VisibleContactIds,
  organization: string | null,
  { medium, status, occurredAt, description }: InteractionValues,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertInteraction */
     WITH changed AS (
       INSERT INTO history.interaction (institution_id, contact_id, organization, medium, interaction_status, occurred_at,
         description)
       SELECT $1, contact_id, $3, $4, $5, $6, $7 FROM unnest($2::bigint[]) AS contact_id
       RETURNING ${returned}),
     audited AS (${audited})
     SELECT id FROM changed`,
    [db.institutionId, contact, organization, medium, status, occurredAt, description],
  );
  return rows[0]!.id;
}

/**
 * Changes an interaction that is at this version, with its audit.
 * @param contact its contact, locked
 */
export async function updateInteractionValues(
  db: Sql,
  contact: VisibleContactIds,
  { id, version }: { readonly id: string; readonly version: number },
  { medium, status, occurredAt, description }: InteractionValues,
): Promise<void> {
  await db.query(
    `/* updateInteractionValues */
     WITH changed AS (
       UPDATE history.interaction
       SET medium = $5, interaction_status = $6, occurred_at = $7, description = $8, version = version + 1
       WHERE institution_id = $1 AND contact_id = ANY($2::bigint[]) AND id = $3 AND version = $4
       RETURNING ${returned})
     ${audited}`,
    [db.institutionId, contact, id, version, medium, status, occurredAt, description],
  );
}
