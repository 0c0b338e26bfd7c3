import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import type { Contact } from "../contact.type.js";
import { selectAdditions } from "./addition.sql.js";
import type { CampaignRow } from "./campaign.sql.js";
import type { CampaignAddition } from "./campaign.type.js";
import type { CampaignStatistics } from "./campaign-run.type.js";
import { selectStatistics } from "./statistics.sql.js";

/** Whom somebody added by hand, of those whom the caller sees. @throws CodedError BAD_USER_INPUT */
export async function additionsOf(
  context: OperationContext,
  campaign: CampaignRow,
  wanted: { first: number; after: string | null },
): Promise<Connection<CampaignAddition>> {
  assertFirst(wanted.first);
  const request = { after: idBehind(wanted.after), limit: wanted.first + 1 };
  const rows = await selectAdditions(context.db, campaign.id, request);
  const { edges, pageInfo } = page(rows, wanted, ({ contactId }) => [contactId]);
  const shown = edges.map(({ cursor, node: { contactId, addedAt } }) => ({
    cursor,
    node: { contact: { id: encodeId("Contact", contactId) } as Contact, addedAt },
  }));
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo };
}

const none: CampaignStatistics = { sent: 0, delivered: 0, bounced: 0, clicked: 0, unsubscribed: 0 };

function createLoader({ db }: OperationContext) {
  return new DataLoader<string, CampaignStatistics>(async (ids) => {
    const found = await selectStatistics(db, ids);
    return ids.map((id) => found.get(id) ?? none);
  });
}

/** What the numbers tell of contacts and their shipments. */
const countedBy = [
  ...["Contact.shipments", "Shipment.state", "Shipment.responseCode", "Shipment.campaign"],
  ...["Contact.authorizations", "Contact.bounceStatus"],
];

/** What has become of a campaign's shipments; null when something that is counted is withheld from the caller. */
export async function statisticsOf(
  context: OperationContext,
  campaign: CampaignRow,
): Promise<CampaignStatistics | null> {
  const maySee = countedBy.every((field) => context.fields.may(...(field.split(".") as [string, string])));
  return maySee ? context.once(createLoader).load(campaign.id) : null;
}

/** The number behind a cursor of a list by ids; 0 for the first page. */
function idBehind(after: string | null): string {
  const [id] = decodeCursor(after, 1) ?? ["0"];
  if (typeof id === "string" && /^\d{1,18}$/.test(id)) return id;
  throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}
