import DataLoader from "dataloader";
import type { OperationContext } from "../platform/context.js";
import { encodeId } from "../platform/graphql/opaque-id.js";
import { authorizationCodes, authorizationValue } from "./authorizations/authorization.js";
import { bounceStatusOf } from "./bounce-status.js";
import { type ContactRow, selectMarketing } from "./contact.sql.js";
import type { Contact } from "./contact.type.js";

/** By database id, in the order of the ids; null for the missing and the invisible. */
export type ContactLoader = DataLoader<string, Contact | null>;

function createLoader(context: OperationContext): ContactLoader {
  return new DataLoader(async (ids) => {
    const rows = await selectMarketing(context.db, ids);
    const byId = new Map(rows.map((row) => [row.id, toContact(context, row)]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** The loader of this operation. */
export function contactLoader(context: OperationContext): ContactLoader {
  return context.once(createLoader);
}

/** Where a row becomes an answer: ring 4 acts here. */
function toContact(context: OperationContext, row: ContactRow): Contact {
  const contact: Contact = {
    id: encodeId("Contact", row.id),
    authorizations: authorizationsOf(row),
    bounceStatus: row.isAnonymized ? null : bounceStatusOf(row.bounceStatus),
    bounce: bounceOf(row),
  };
  return context.fields.redact("Contact", contact);
}

function authorizationsOf({ isStructure, isAnonymized, authorizations }: ContactRow): Contact["authorizations"] {
  if (isAnonymized) return null;
  if (isStructure) return [];
  return authorizationCodes.map((code, index) => ({ code, value: authorizationValue(authorizations[index] ?? null) }));
}

function bounceOf({ isAnonymized, bouncedAt, reason, statusCode }: ContactRow): Contact["bounce"] {
  return isAnonymized || bouncedAt === null || reason === null ? null : { bouncedAt, reason, statusCode };
}
