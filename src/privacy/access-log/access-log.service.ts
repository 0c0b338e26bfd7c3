import type { OperationContext } from "../../platform/context.js";
import { assertFirst, type Connection, decodeCursor, page, type SortKey } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import type { AuditArgs } from "../audit.args.js";
import { notACursor } from "../audit.errors.js";
import { assertTimeFrame } from "../audit.service.js";
import { type AccessPage, type AccessRow, selectAccess } from "./access-log.sql.js";
import { AccessKind, type AccessLogEntry } from "./access-log.type.js";

/**
 * Who read a confidential contact, or exported his data; without a contact, all exports. The newest first. An unknown
 * contact and an invisible one have none.
 * @throws CodedError BAD_USER_INPUT for a frame that is reversed or longer than 366 days, and for a page that cannot be asked for
 */
export async function accessLog(
  context: OperationContext,
  contactId: string | null,
  wish: AuditArgs,
): Promise<Connection<AccessLogEntry>> {
  assertFirst(wish.first);
  assertTimeFrame(context, wish);
  const id = contactId === null ? null : (decodeId("Contact", contactId) ?? "0");
  const rows = await selectAccess(context.db, {
    ...{ contactId: id, from: wish.from, to: wish.to, limit: wish.first + 1 },
    ...{ after: positionOf(decodeCursor(wish.after, 2)), clearance: context.fields.clearance },
  });
  const { edges, pageInfo } = page(rows, wish, ({ atMicros, id: entry }) => [atMicros, entry]);
  const shown = edges.map(({ cursor, node }) => ({ cursor, node: toEntry(node) }));
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo };
}

function toEntry({ contactId, kind, ...row }: AccessRow): AccessLogEntry {
  return {
    ...row,
    id: encodeId("AccessLogEntry", row.id),
    kind: AccessKind[kind],
    contact: contactId === null ? null : { id: encodeId("Contact", contactId) },
  };
}

function positionOf(key: SortKey | null): AccessPage["after"] {
  if (key === null) return null;
  const [atMicros, id] = key.map(String) as [string, string];
  if (!/^\d{1,16}$/.test(atMicros) || !/^\d{1,18}$/.test(id)) throw notACursor();
  return { atMicros, id };
}
