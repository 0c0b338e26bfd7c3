import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { assertFirst, type Connection, page } from "../../platform/graphql/connection.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import { databaseId, type VisibleContact } from "../contact.loaders.js";
import { afterId } from "../contact-lists.service.js";
import { type MailRow, selectMails } from "./mail.sql.js";
import type { ContactMail } from "./mail.type.js";

/** One loader for each page that is asked for. */
function mailLoaders(context: OperationContext) {
  const pages = new Map<string, DataLoader<string, MailRow[]>>();
  return (wanted: { before: string | null; limit: number }) => {
    const key = `${wanted.before} ${wanted.limit}`;
    const load = async (ids: readonly string[]) => {
      const byContact = Map.groupBy(await selectMails(context.db, ids, wanted), ({ contactId }) => contactId);
      return ids.map((id) => byContact.get(id) ?? []);
    };
    const loader = pages.get(key) ?? new DataLoader(load);
    pages.set(key, loader);
    return loader;
  };
}

/** @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function contactMails(
  context: OperationContext,
  contact: VisibleContact,
  wanted: { first: number; after: string | null },
): Promise<Connection<ContactMail> | null> {
  if (!context.fields.may("Contact", "mails")) return null;
  assertFirst(wanted.first);
  const before = wanted.after === null ? null : afterId(wanted.after);
  const rows = await context
    .once(mailLoaders)({ before, limit: wanted.first + 1 })
    .load(contact[databaseId]);
  const { edges, pageInfo } = page(rows, wanted, ({ id }) => [id]);
  const mails = edges.map(({ cursor, node }) => ({ cursor, node: { ...node, id: encodeId("ContactMail", node.id) } }));
  return { edges: mails, nodes: mails.map(({ node }) => node), pageInfo };
}
