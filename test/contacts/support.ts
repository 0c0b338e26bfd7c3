import { expect } from "chai";
import type { GraphQLSchema } from "graphql";
import { contactsModule } from "../../src/contacts/index.js";
import { historyPort } from "../../src/history/index.js";
import type { Permission } from "../../src/platform/access/permissions.js";
import type { OperationContext } from "../../src/platform/context.js";
import type { UserError } from "../../src/platform/graphql/shared-types.js";
import { ask } from "../support/ask.js";
import type { ContextWish, TestDatabase } from "../support/database.js";
import { marketingPort } from "../support/marketing.js";

let built: Promise<GraphQLSchema> | undefined;

/** The contacts subgraph, built once. */
export async function contactsSchema(): Promise<GraphQLSchema> {
  built ??= contactsModule.buildSubgraph().then(({ schema }) => schema);
  return built;
}

/** A caller of the contacts subgraph, with the real neighbours behind it. */
export function callerOf(db: TestDatabase, ...wishes: (Permission | ContextWish)[]): OperationContext {
  const services = db.services({
    catalogue: contactsModule.fields,
    ports: { marketing: marketingPort, history: historyPort },
  });
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

/** Makes changes as an operator who may make them all; `wish` says otherwise. */
export function changer(db: TestDatabase) {
  const writer = (wish: ContextWish = {}) =>
    callerOf(db, "contact:read", "contact:write", "contact:confidentiality", { login: "op-7", ...wish });

  /** The payload of the mutation's only field. */
  async function change(mutation: string, input: object, context: OperationContext = writer()) {
    const answer = await ask(await contactsSchema(), context, mutation, { input });
    return Object.values(answer)[0];
  }

  /** What the mutation refuses, each as `CODE field.path index`. */
  async function problemsOf(mutation: string, input: object, context?: OperationContext): Promise<string[]> {
    const { contact, userErrors } = await change(mutation, input, context);
    expect(contact, "contact").to.equal(null);
    return (userErrors as UserError[]).map(({ code, field, elementIndex }) =>
      [code, field.join("."), elementIndex].filter((part) => part !== null && part !== "").join(" "),
    );
  }

  return { writer, change, problemsOf };
}
