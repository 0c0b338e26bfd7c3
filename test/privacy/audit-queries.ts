import type { Permission } from "../../src/platform/access/permissions.js";
import type { OperationContext } from "../../src/platform/context.js";
import type { ContextWish, TestDatabase } from "../support/database.js";
import { ask, contextOf } from "./graph.js";

const document = `query ($contactId: ID!, $from: DateTime!, $to: DateTime!, $first: Int!, $after: String) {
  contactAudit(contactId: $contactId, from: $from, to: $to, first: $first, after: $after) {
    nodes { id at actor actorKind source entity key field oldValue newValue
      redactions { field requiredClearance requiredPermission } }
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

export interface Entry {
  id: string;
  at: string;
  entity: string;
  key: string | null;
  field: string;
  oldValue: string | null;
  newValue: string | null;
  redactions: unknown[];
}

export interface Audit {
  nodes: Entry[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** The time frame that is asked for unless a test says otherwise. */
const march = { from: "2026-03-01T00:00:00Z", to: "2026-03-31T23:59:59.999Z", first: 100 };

/** What `contactAudit` answers; throws its first error. */
export async function audit(context: OperationContext, contactId: string, wish: object = {}): Promise<Audit> {
  const { data, errors } = await ask(context, document, { contactId, ...march, ...wish });
  if (errors) throw errors[0];
  return data?.contactAudit as Audit;
}

export function auditReader(db: TestDatabase, ...wishes: (Permission | ContextWish)[]): OperationContext {
  return contextOf(db, "contact:read", "audit:read", ...wishes);
}
