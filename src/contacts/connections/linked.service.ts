import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { assertFirst, type Connection, page } from "../../platform/graphql/connection.js";
import { ConnectionType } from "../contact.enums.js";
import { contactLoaders, databaseId, type VisibleContact } from "../contact.loaders.js";
import { afterId } from "../contact-lists.service.js";
import { countLinked, type Direction, type LinkedRow, selectLinked } from "./linked.sql.js";
import { selectPrimaryRelays } from "./primary-relay.sql.js";

/** The fields of a contact that follow connections. */
const directions = {
  structure: { type: ConnectionType.RELAY_OF, at: "from" },
  parent: { type: ConnectionType.SUBSIDIARY_OF, at: "from" },
  relays: { type: ConnectionType.RELAY_OF, at: "to" },
  members: { type: ConnectionType.MEMBER_OF, at: "to" },
  subsidiaries: { type: ConnectionType.SUBSIDIARY_OF, at: "to" },
} as const satisfies Record<string, Direction>;

type LinkedPage = Direction & { readonly after: string; readonly limit: number };

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** One loader for each way and page that is asked for. */
function linkedLoaders(context: OperationContext) {
  const pages = new Map<string, DataLoader<string, LinkedRow[]>>();
  const counts = new Map<string, DataLoader<string, number>>();
  return {
    page(wanted: LinkedPage) {
      const key = `${wanted.type} ${wanted.at} ${wanted.after} ${wanted.limit}`;
      const load = async (ids: readonly string[]) => {
        const byContact = Map.groupBy(await selectLinked(context.db, ids, wanted), ({ contactId }) => contactId);
        return ids.map((id) => byContact.get(id) ?? []);
      };
      return remembered(pages, key, () => new DataLoader(load));
    },
    count(direction: Direction) {
      const load = async (ids: readonly string[]) => {
        const rows = await countLinked(context.db, ids, direction);
        const byContact = new Map(rows.map(({ contactId, count }) => [contactId, count]));
        return ids.map((id) => byContact.get(id) ?? 0);
      };
      return remembered(counts, `${direction.type} ${direction.at}`, () => new DataLoader(load));
    },
    primaryRelay: new DataLoader<string, string | null>(async (ids) => {
      const rows = await selectPrimaryRelays(context.db, ids);
      const byStructure = new Map(rows.map(({ structureId, relayId }) => [structureId, relayId]));
      return ids.map((id) => byStructure.get(id) ?? null);
    }),
  };
}

/** The one contact that this is connected with in this way; null also when the field is withheld or he is not visible. */
export async function linkedContact(
  context: OperationContext,
  contact: VisibleContact,
  field: "structure" | "parent",
): Promise<VisibleContact | null> {
  if (!context.fields.may("Contact", field)) return null;
  const loader = context.once(linkedLoaders).page({ ...directions[field], after: "0", limit: 1 });
  const [row] = await loader.load(contact[databaseId]);
  return row ? contactLoaders(context).byId.load(row.otherId) : null;
}

/** @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function linkedContacts(
  context: OperationContext,
  contact: VisibleContact,
  field: "relays" | "members" | "subsidiaries",
  wanted: { first: number; after: string | null },
): Promise<(Connection<VisibleContact> & { totalCount: () => Promise<number> }) | null> {
  if (!context.fields.may("Contact", field)) return null;
  assertFirst(wanted.first);
  const direction = directions[field];
  const loaders = context.once(linkedLoaders);
  const rows = await loaders
    .page({ ...direction, after: afterId(wanted.after), limit: wanted.first + 1 })
    .load(contact[databaseId]);
  const contacts = await contactLoaders(context).byId.loadMany(rows.map(({ otherId }) => otherId));
  const seen = rows.flatMap(({ linkId }, index) => {
    const other = contacts[index];
    // out of sight since the row was read
    return other && !(other instanceof Error) ? [{ linkId, other }] : [];
  });
  const { edges, pageInfo } = page(seen, wanted, ({ linkId }) => [linkId]);
  return {
    edges: edges.map(({ cursor, node }) => ({ cursor, node: node.other })),
    nodes: edges.map(({ node }) => node.other),
    pageInfo,
    totalCount: () => loaders.count(direction).load(contact[databaseId]),
  };
}

/** Null also when the field is withheld, or when no valid relay is visible. */
export async function primaryRelay(context: OperationContext, contact: VisibleContact): Promise<VisibleContact | null> {
  if (!context.fields.may("Contact", "primaryRelay")) return null;
  const relayId = await context.once(linkedLoaders).primaryRelay.load(contact[databaseId]);
  return relayId === null ? null : contactLoaders(context).byId.load(relayId);
}
