import type { OperationContext } from "../../platform/context.js";
import { authorizationNotApplicable } from "../authorizations/authorization.errors.js";
import { type ReportAnswer, reportBatch } from "./report.batch.js";
import type { ReportUnsubscribesInput } from "./report.inputs.js";
import { withdraw } from "./withdrawal.service.js";

/** A withdrawal by the person is always accepted, of invalid contacts too. */
export async function reportUnsubscribes(
  context: OperationContext,
  { reports }: ReportUnsubscribesInput,
): Promise<ReportAnswer> {
  return reportBatch(context, {
    reports,
    read: () => ({ kind: "UNSUBSCRIBE" }),
    refuses: ({ isStructure }) => (isStructure ? authorizationNotApplicable() : null),
    apply: (db, visible, added) =>
      withdraw(
        db,
        visible,
        added.map(({ contactId, input }) => ({ contactId, codes: input.codes?.length ? input.codes : null })),
      ),
  });
}
