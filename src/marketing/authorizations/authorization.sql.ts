import type { VisibleContactIds } from "../../contacts/index.js";
import type { Sql } from "../../platform/database/sql.js";

/** What decides whether a contact's authorizations may change. */
export interface ContactState {
  isStructure: boolean;
  isAnonymized: boolean;
  isValid: boolean;
}

/** Of a contact that the running transaction has locked. */
export async function selectState(db: Sql, [id]: VisibleContactIds): Promise<ContactState> {
  const { rows } = await db.query<ContactState>(
    `/* selectState */
     SELECT contact_type = 'STRUCTURE' AS "isStructure", anonymized_at IS NOT NULL AS "isAnonymized",
       validity_end_date IS NULL OR validity_end_date >= platform.today() AS "isValid"
     FROM contacts.visible_contact WHERE institution_id = $1 AND id = $2`,
    [db.institutionId, id],
  );
  return rows[0]!;
}
