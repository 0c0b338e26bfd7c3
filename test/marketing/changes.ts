import type { Permission } from "../../src/platform/access/permissions.js";
import type { OperationContext } from "../../src/platform/context.js";
import type { ContextWish, TestDatabase } from "../support/database.js";
import { ask, contextOf, type MarketingContact } from "./graph.js";

const mutation = `mutation ($input: SetAuthorizationsInput!) {
  setAuthorizations(input: $input) {
    contact { id authorizations { code value } }
    userErrors { code field message elementIndex }
    warnings { code }
  }
}`;

export interface Payload {
  contact: MarketingContact | null;
  userErrors: { code: string; field: string[]; message: string; elementIndex: number | null }[];
  warnings: unknown[];
}

/** An operation of somebody who may set authorizations. */
export function writerOf(db: TestDatabase, ...wishes: (Permission | ContextWish)[]): OperationContext {
  return contextOf(db, "contact:read", "authorization:write", ...wishes);
}

/** What `setAuthorizations` answers; throws its first error. */
export async function set(
  context: OperationContext,
  contactId: string,
  values: Record<string, string> | [string, string][],
  idempotencyKey?: string,
): Promise<Payload> {
  const pairs = Array.isArray(values) ? values : Object.entries(values);
  const input = { contactId, authorizations: pairs.map(([code, value]) => ({ code, value })), idempotencyKey };
  const { data, errors } = await ask(context, mutation, { input });
  if (errors) throw errors[0];
  return data?.setAuthorizations;
}

/** Code, old and new value of each entry, oldest first. */
export async function auditOf(db: TestDatabase, contactId: string): Promise<string[]> {
  const { rows } = await db.owner.query<{ entry: string }>(
    `SELECT concat_ws(' ', code, coalesce(old_value::text, 'empty'), coalesce(new_value::text, 'empty')) AS entry
     FROM marketing.authorization_event WHERE contact_id = $1 ORDER BY id`,
    [contactId],
  );
  return rows.map(({ entry }) => entry);
}

export const codesOf = ({ userErrors }: Payload): string[] => userErrors.map(({ code }) => code);
