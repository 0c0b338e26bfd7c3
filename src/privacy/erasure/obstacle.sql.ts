import type { Sql } from "../../platform/database/sql.js";

/** Of these contacts the living individuals, in ascending order. The session sees them all. */
export async function selectErasable(db: Sql, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectErasable */
     SELECT v.id FROM contacts.visible_contact v
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND v.contact_type = 'INDIVIDUAL' AND v.anonymized_at IS NULL
     ORDER BY v.id`,
    [db.institutionId, ids],
  );
  return rows.map(({ id }) => id);
}

/** What speaks against erasing a contact, or says how it is done. */
export interface Obstacles {
  readonly type: "INDIVIDUAL" | "STRUCTURE";
  readonly isAnonymized: boolean;
  /** Roles that keep a contact out, such as SUPPLIER (F47). */
  readonly excludingRoles: string[];
  /** Owes, or is owed, in some organization and currency; nothing is netted (F55, Q-29). */
  readonly hasOpenBalance: boolean;
  readonly isProspect: boolean;
  /** A retention hold is in force today (D-12). */
  readonly isHeld: boolean;
}

/** Roles of contacts who are more to the institution than its public (4.3). */
const excluding = ["SUPPLIER", "GUIDE", "EXHIBITOR", "PRODUCER", "PARTNER", "CONTRACTOR", "SUPPORT"];

/** Null for an unknown contact. Of one contact, who is locked; the session sees all that is his. */
export async function selectObstacles(db: Sql, id: string): Promise<Obstacles | null> {
  const { rows } = await db.query<Obstacles>(
    `/* selectObstacles */
     SELECT v.contact_type AS type, v.anonymized_at IS NOT NULL AS "isAnonymized",
       ARRAY(SELECT r.role FROM contacts.targetable_role r
         WHERE r.institution_id = $1 AND r.contact_id = v.id AND r.role = ANY($3::text[]) ORDER BY 1) AS "excludingRoles",
       EXISTS (SELECT FROM history.visible_balance b
         WHERE b.institution_id = $1 AND b.contact_id = v.id) AS "hasOpenBalance",
       NOT EXISTS (SELECT FROM history.visible_customer k
         WHERE k.institution_id = $1 AND k.contact_id = v.id) AS "isProspect",
       EXISTS (SELECT FROM privacy.retention_hold h WHERE h.institution_id = $1 AND h.contact_id = v.id
         AND (h.until_date IS NULL OR h.until_date >= platform.today())) AS "isHeld"
     FROM contacts.visible_contact v WHERE v.institution_id = $1 AND v.id = $2`,
    [db.institutionId, id, excluding],
  );
  return rows[0] ?? null;
}
