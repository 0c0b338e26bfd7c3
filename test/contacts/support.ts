import type { GraphQLSchema } from "graphql";
import { contactsModule } from "../../src/contacts/index.js";
import { marketingPort } from "../../src/marketing/index.js";
import type { Permission } from "../../src/platform/access/permissions.js";
import type { OperationContext } from "../../src/platform/context.js";
import type { ContextWish, TestDatabase } from "../support/database.js";

let built: Promise<GraphQLSchema> | undefined;

/** The contacts subgraph, built once. */
export async function contactsSchema(): Promise<GraphQLSchema> {
  built ??= contactsModule.buildSubgraph().then(({ schema }) => schema);
  return built;
}

/** A caller of the contacts subgraph, with the real neighbours behind it. */
export function callerOf(db: TestDatabase, ...wishes: (Permission | ContextWish)[]): OperationContext {
  const services = db.services({ catalogue: contactsModule.fields, ports: { marketing: marketingPort } });
  return db.contextWith({ services }, ...wishes);
}

export interface AuditRow {
  entity: string;
  key: string | null;
  field: string;
  old: string | null;
  new: string | null;
  actor: string;
  source: string;
}

/** The audit of a contact, oldest first. */
export async function auditOf(db: TestDatabase, contactId: string): Promise<AuditRow[]> {
  const { rows } = await db.owner.query<AuditRow>(
    `SELECT entity, key, field, old_value AS old, new_value AS new, actor, source
     FROM contacts.audit_contact WHERE contact_id = $1 ORDER BY id`,
    [contactId],
  );
  return rows;
}
