import type { OperationContext } from "../../platform/context.js";
import { settle } from "../bounces/bounce-state.service.js";
import { addressesOf } from "./report.addresses.js";
import { type ReportAnswer, reportBatch } from "./report.batch.js";
import type { ReportDeliveriesInput } from "./report.inputs.js";

/** What arrived ends SOFT (F12). */
export async function reportDeliveries(
  context: OperationContext,
  { reports }: ReportDeliveriesInput,
): Promise<ReportAnswer> {
  return reportBatch(context, {
    reports,
    read: ({ address = null }) => ({ kind: "DELIVERED", address, outcome: "DELIVERED" }),
    apply: (db, _visible, added) => settle(context.services.identityKeys, db, addressesOf(added)),
  });
}
