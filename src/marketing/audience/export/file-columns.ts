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
  /** @param row what was read, in the order of `read` */
  write(row: (string | null)[]): FileRow;
}

const named: readonly RecipientColumn[] = ["title", "firstName", "lastName", "structureName", "language"];
const typesOfIds: Partial<Record<RecipientColumn, string>> = {
  contactId: "Contact",
  recipientId: "Contact",
  shipmentId: "Shipment",
};

/**
 * What stands in the file: nothing that is withheld from the caller, the shipment where runs have made them, and the link to
 * unsubscribe where consent is asked for.
 */
export function fileColumnsOf(
  { services, fields, caller }: OperationContext,
  { campaign, run }: ShownAudience,
): FileColumns {
  const ids: RecipientColumn[] = ["contactId", "recipientId"];
  if (run && fields.may("AudienceEntry", "shipmentId")) ids.push("shipmentId");
  const shown = named.filter((column) => fields.may("Contact", column));
  const read: RecipientColumn[] = [...ids, "contactNumber", ...shown, ...channelColumns[campaign.channel]];
  const types = ids.map((column) => typesOfIds[column]!);
  const encoded = (row: (string | null)[]) =>
    row.map((value, place) => {
      const type = types[place];
      return type && value !== null ? encodeId(type, value) : value;
    });
  const code = withdrawnBy(gatedBy(campaign));
  if (code === null) return { read, names: read, write: encoded };
  const { institutionId } = caller;
  const write = (row: (string | null)[]): FileRow => {
    const url = unsubscribeUrl(services, { institutionId, contactId: row[1]!, code });
    return [...encoded(row), url];
  };
  return { read, names: [...read, "unsubscribeUrl"], write };
}
