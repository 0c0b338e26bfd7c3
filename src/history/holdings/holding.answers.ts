import type { OperationContext } from "../../platform/context.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import { contactLink, orderLink, productAnswer } from "../history.answers.js";
import type { AdvantageRow } from "./advantage.sql.js";
import type { MembershipRow } from "./membership.sql.js";
import type { WaitingListRow } from "./waiting-list.sql.js";

/*
 * Rows as answers, where withheld fields go (ring 4).
 */

export function waitingListAnswer(context: OperationContext, row: WaitingListRow): object {
  return context.fields.redact("WaitingListEntry", {
    id: encodeId("WaitingListEntry", row.id),
    contact: contactLink(row.ownerId),
    organization: row.organization,
    product: () => productAnswer(context, row.product),
    quantity: row.quantity,
    requestedAt: new Date(row.requestedAt),
    state: row.state,
  });
}

export function membershipAnswer(context: OperationContext, row: MembershipRow): object {
  return context.fields.redact("Membership", {
    id: encodeId("Membership", row.id),
    contact: contactLink(row.ownerId),
    organization: row.organization,
    product: () => productAnswer(context, row.product),
    validFromDate: row.validFromDate,
    validToDate: row.validToDate,
    state: row.state,
    order: () => orderLink(context, row.orderId),
  });
}

export function advantageAnswer(context: OperationContext, { ownerId, ...row }: AdvantageRow): object {
  return context.fields.redact("Advantage", {
    ...row,
    id: encodeId("Advantage", row.id),
    contact: contactLink(ownerId),
  });
}
