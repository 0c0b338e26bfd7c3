import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { assertFirst, type Connection, type Edge, page } from "../../platform/graphql/connection.js";
import { ContactType } from "../contact.enums.js";
import { contactLoaders, databaseId, type VisibleContact } from "../contact.loaders.js";
import { afterId } from "../contact-lists.service.js";
import { type CommunitySide, countCommunity, type MemberRow, selectCommunity } from "./community.sql.js";
import type { Community, CommunityMember } from "./community.type.js";

interface Page {
  readonly first: number;
  readonly after: string | null;
}

type Counted<Node> = Connection<Node> & { totalCount: () => Promise<number> };

/** One loader for each side and page that is asked for. */
function communityLoaders(context: OperationContext) {
  const pages = new Map<string, DataLoader<string, MemberRow[]>>();
  const counts = new Map<CommunitySide, DataLoader<string, number>>();
  return {
    page(side: CommunitySide, after: string, limit: number) {
      const key = `${side} ${after} ${limit}`;
      const load = async (ids: readonly string[]) => {
        const rows = await selectCommunity(context.db, ids, { side, after, limit });
        const byContact = Map.groupBy(rows, ({ contactId }) => contactId);
        return ids.map((id) => byContact.get(id) ?? []);
      };
      const loader = pages.get(key) ?? new DataLoader(load);
      pages.set(key, loader);
      return loader;
    },
    count(side: CommunitySide) {
      const load = async (ids: readonly string[]) => {
        const rows = await countCommunity(context.db, ids, side);
        const byContact = new Map(rows.map(({ contactId, count }) => [contactId, count]));
        return ids.map((id) => byContact.get(id) ?? 0);
      };
      const loader = counts.get(side) ?? new DataLoader(load);
      counts.set(side, loader);
      return loader;
    },
  };
}

/** Null for a structure, which has none, and when communities are withheld. */
export function community(context: OperationContext, contact: VisibleContact): Community | null {
  if (!context.fields.may("Contact", "community") || contact.type === ContactType.STRUCTURE) return null;
  return { owner: contact };
}

/** @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function communityMembers(
  context: OperationContext,
  owner: VisibleContact,
  wanted: Page,
): Promise<Counted<CommunityMember>> {
  const { rows, ...rest } = await readPage(context, owner, { side: "owner", ...wanted });
  const members = rows.map(({ cursor, node: { row, contact } }) => ({
    cursor,
    node: { contact, consentStatus: row.consentStatus, createdByOwner: row.createdByOwner },
  }));
  return { ...rest, edges: members, nodes: members.map(({ node }) => node) };
}

/** The internet users whose communities the contact belongs to. Null when communities are withheld. */
export async function communityLeads(
  context: OperationContext,
  contact: VisibleContact,
  wanted: Page,
): Promise<Counted<VisibleContact> | null> {
  if (!context.fields.may("Contact", "communityLeads")) return null;
  const { rows, ...rest } = await readPage(context, contact, { side: "member", ...wanted });
  const leads = rows.map(({ cursor, node }) => ({ cursor, node: node.contact }));
  return { ...rest, edges: leads, nodes: leads.map(({ node }) => node) };
}

interface Other {
  readonly row: MemberRow;
  readonly contact: VisibleContact;
}

async function readPage(
  context: OperationContext,
  contact: VisibleContact,
  { side, first, after }: Page & { side: CommunitySide },
): Promise<{ rows: Edge<Other>[] } & Pick<Counted<Other>, "pageInfo" | "totalCount">> {
  assertFirst(first);
  const loaders = context.once(communityLoaders);
  const rows = await loaders.page(side, afterId(after), first + 1).load(contact[databaseId]);
  const contacts = await contactLoaders(context).byId.loadMany(rows.map(({ otherId }) => otherId));
  const seen = rows.flatMap((row, index) => {
    const other = contacts[index];
    // out of sight since the row was read
    return other && !(other instanceof Error) ? [{ row, contact: other }] : [];
  });
  const { edges, pageInfo } = page(seen, { first, after }, ({ row }) => [row.id]);
  return { rows: edges, pageInfo, totalCount: () => loaders.count(side).load(contact[databaseId]) };
}
