import type { OperationContext } from "../../../platform/context.js";
import { encodeId } from "../../../platform/graphql/opaque-id.js";
import { unsubscribeUrl } from "../../authorizations/links/unsubscribe.service.js";
import { withdrawnBy } from "../../gates/gates.js";
import type { ShownAudience } from "../audience.service.js";
import { gatedBy } from "../campaign-audience.js";
import { channelColumns, type RecipientColumn } from "../recipient.sql.js";
import type { FileRow } from "./recipient-file.js";

/** The columns of a file: what is read, and what is written of it. */
export interface FileColumns {
  readonly read: readonly RecipientColumn[];
  readonly names: readonly string[];
  /** @param row what was read, in the order of `read`; it becomes what is written */
  write(row: (string | null)[]): FileRow;
}

const named: readonly RecipientColumn[] = ["title", "firstName", "lastName", "structureName", "language"];

/**
 * What stands in the file: nothing that is withheld from the caller, the shipment where runs have made them, and the link to
 * unsubscribe where consent is asked for.
 */
export function fileColumnsOf(
  { services, fields, caller }: OperationContext,
  { campaign, run }: ShownAudience,
): FileColumns {
  const hasShipments = run !== null && fields.may("AudienceEntry", "shipmentId");
  const ids: readonly RecipientColumn[] = [
    "contactId",
    "recipientId",
    ...(hasShipments ? (["shipmentId"] as const) : []),
  ];
  const shown = named.filter((column) => fields.may("Contact", column));
  const read: RecipientColumn[] = [...ids, "contactNumber", ...shown, ...channelColumns[campaign.channel]];
  const encode = (row: (string | null)[]) => {
    const [contactId, recipientId, shipmentId] = row as [string, string, string | null];
    row[0] = encodeId("Contact", contactId);
    // nearly all receive it themselves
    row[1] = recipientId === contactId ? row[0] : encodeId("Contact", recipientId);
    if (hasShipments && shipmentId !== null) row[2] = encodeId("Shipment", shipmentId);
    return row;
  };
  const code = withdrawnBy(gatedBy(campaign));
  if (code === null) return { read, names: read, write: encode };
  const { institutionId } = caller;
  const write = (row: (string | null)[]): FileRow => {
    const url = unsubscribeUrl(services, { institutionId, contactId: row[1]!, code });
    encode(row).push(url);
    return row;
  };
  return { read, names: [...read, "unsubscribeUrl"], write };
}
