import { AuthorizationCode, authorizationCodes } from "../../src/marketing/authorizations/authorization.js";
import type { TestDatabase } from "../support/database.js";

export interface AuditWish {
  readonly at?: string;
  readonly entity?: string;
  readonly key?: string;
  readonly field?: string;
  readonly old?: string | null;
  readonly new?: string | null;
  readonly actor?: string;
}

/** An entry as the contacts module writes them. */
export async function insertContactAudit(db: TestDatabase, contactId: string, wish: AuditWish = {}): Promise<void> {
  const { at = db.clock.now().toISOString(), entity = "Contact", field = "lastName", actor = "ana" } = wish;
  await db.owner.query(
    `INSERT INTO contacts.audit_contact (institution_id, contact_id, at, actor, actor_kind, source, entity, key, field,
       old_value, new_value)
     SELECT institution_id, id, $2, $3, 'OPERATOR', 'OPERATOR', $4, $5, $6, $7, $8 FROM contacts.contact WHERE id = $1`,
    [contactId, at, actor, entity, wish.key, field, wish.old ?? null, wish.new === undefined ? "Blanc" : wish.new],
  );
}

/** An entry as the marketing module writes them. */
export async function insertAuthorizationAudit(
  db: TestDatabase,
  contactId: string,
  at: string,
  code = AuthorizationCode.SMS,
): Promise<void> {
  await db.owner.query(
    `INSERT INTO marketing.authorization_change
       (institution_id, contact_id, at, actor, actor_kind, source, was_true, was_false, is_true, is_false)
     SELECT institution_id, id, $2, 'ana', 'OPERATOR', 'IMPORT', 0, 0, $3, 0 FROM contacts.contact WHERE id = $1`,
    [contactId, at, 1 << authorizationCodes.indexOf(code)],
  );
}
