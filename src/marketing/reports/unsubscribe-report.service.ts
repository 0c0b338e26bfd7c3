import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import type { ShipmentChannel } from "../../platform/ports.js";
import { authorizationNotApplicable } from "../authorizations/authorization.errors.js";
import { AuthorizationCode, authorizationCodes } from "../authorizations/authorization.js";
import { type ReportAnswer, type Reported, reportBatch } from "./report.batch.js";
import type { ReportUnsubscribesInput, UnsubscribeInput } from "./report.inputs.js";
import { selectChannels } from "./report-event.sql.js";
import { type Withdrawal, withdraw } from "./withdrawal.service.js";

/** A withdrawal by the person is always accepted, of invalid contacts too. */
export async function reportUnsubscribes(
  context: OperationContext,
  { reports }: ReportUnsubscribesInput,
): Promise<ReportAnswer> {
  return reportBatch(context, {
    reports,
    read: ({ codes }) => ({
      kind: "UNSUBSCRIBE",
      codes: authorizationCodes.filter((code) => codes?.includes(code)),
    }),
    refuses: ({ isStructure }) => (isStructure ? authorizationNotApplicable() : null),
    apply: async (db, visible, added) => withdraw(db, visible, await withdrawalsOf(db, added)),
  });
}

/** What each withdraws: what he named, or what let the message reach him that he answers. */
async function withdrawalsOf(db: Sql, added: readonly Reported<UnsubscribeInput>[]): Promise<Withdrawal[]> {
  const plain = added.flatMap(({ input, shipmentId }) =>
    shipmentId === null || input.codes?.length ? [] : [shipmentId],
  );
  const channels = plain.length > 0 ? await selectChannels(db, plain) : new Map<string, ShipmentChannel>();
  return added.map(({ contactId, input, shipmentId }) => {
    if (input.codes?.length) return { contactId, codes: input.codes };
    const mean = ofChannel[channels.get(shipmentId ?? "") ?? "EMAIL"];
    return { contactId, codes: mean === undefined ? null : [mean] };
  });
}

/** Those who reply STOP to a text message want no more of those (5.5). */
const ofChannel: Readonly<Partial<Record<ShipmentChannel, AuthorizationCode>>> = {
  SMS: AuthorizationCode.SMS,
  PHONE: AuthorizationCode.PHONE,
  LETTER: AuthorizationCode.LETTER,
};
