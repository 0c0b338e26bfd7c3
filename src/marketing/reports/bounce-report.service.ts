import type { OperationContext } from "../../platform/context.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import { authorizationNotApplicable } from "../authorizations/authorization.errors.js";
import { normalizeAddress } from "../bounces/address-digest.js";
import { settle } from "../bounces/bounce-state.service.js";
import { isDelivered, type ReportedRecipient } from "./delivery-status.js";
import { longestMessageBytes, readMailReport } from "./mail-report.js";
import { addressesOf } from "./report.addresses.js";
import { type Draft, type Reading, type ReportAnswer, type Reported, reportBatch } from "./report.batch.js";
import { type BounceInput, BounceKind, type ReportBouncesInput } from "./report.inputs.js";
import { withdraw } from "./withdrawal.service.js";

/** Together, so that one batch does not keep the process from everything else. */
const mostMessageBytes = 4 * 1024 * 1024;

/** What came back from addresses (F12, 5.6). A complaint is no bounce: it withdraws INSTITUTION_EMAIL. */
export async function reportBounces(context: OperationContext, { reports }: ReportBouncesInput): Promise<ReportAnswer> {
  let messageBytes = 0;
  return reportBatch(context, {
    reports,
    read(report) {
      messageBytes += Buffer.byteLength(report.message ?? "");
      if (messageBytes > mostMessageBytes) return wrong("MESSAGES_TOO_LONG", "message", { most: mostMessageBytes });
      return report.message == null ? structured(report) : fromMessage(report, report.message);
    },
    refuses: ({ isStructure }, kind) => (isStructure && kind === "COMPLAINT" ? authorizationNotApplicable() : null),
    async apply(db, visible, added) {
      await settle(context.services.identityKeys, db, addressesOf(added));
      await withdraw(db, visible, complaintsOf(added));
    },
  });
}

const complaintsOf = (added: readonly Reported<BounceInput>[]) =>
  added.filter(({ kind }) => kind === "COMPLAINT").map(({ contactId }) => ({ contactId, codes: null }));

function wrong(code: string, field: string, parameters?: Problem["parameters"]): { problem: Problem } {
  return { problem: problem(code, [field], parameters) };
}

const failureCode = /^[45](?:\.\d{1,3}){2}$/;

/** For who has understood by himself what came back. */
function structured({ kind, statusCode, address }: BounceInput): Reading {
  if (kind == null) return wrong("REPORT_KIND_MISSING", "kind");
  if (kind === BounceKind.COMPLAINT) return { kind: "COMPLAINT", address: address ?? null };
  if (address == null || normalizeAddress(address) === null) return wrong("REPORT_ADDRESS_MISSING", "address");
  if (kind === BounceKind.AUTOMATIC_REPLY) return { kind: "AUTOMATIC_REPLY", address, outcome: "SOFT_BOUNCED" };
  const isFailure = kind === BounceKind.FAILURE && statusCode != null && failureCode.test(statusCode);
  return isFailure ? failure(address, statusCode) : wrong("INVALID_STATUS_CODE", "statusCode");
}

async function fromMessage({ kind, statusCode, address }: BounceInput, message: string): Promise<Reading> {
  if (kind != null || statusCode != null) return wrong("REPORT_KIND_MISSING", "kind");
  const report = await readMailReport(message);
  if (report === null) return wrong("REPORT_UNREADABLE", "message", { longest: longestMessageBytes });
  if (report.kind === "DELIVERY_STATUS") return ofRecipient(report.recipients, address ?? null);
  const about = address ?? report.address;
  if (report.kind === "COMPLAINT") return { kind: "COMPLAINT", address: about };
  if (about === null || normalizeAddress(about) === null) return wrong("REPORT_ADDRESS_MISSING", "address");
  return { kind: "AUTOMATIC_REPLY", address: about, outcome: "SOFT_BOUNCED" };
}

/** A report about one recipient is about him whom the sender names, also where mail is forwarded to another address. */
function ofRecipient(recipients: readonly ReportedRecipient[], address: string | null): Reading {
  const wanted = address === null ? null : normalizeAddress(address);
  const isMeant = ({ original, final }: ReportedRecipient) =>
    [original, final].some((each) => each !== null && normalizeAddress(each) === wanted);
  const [only, ...others] = recipients;
  if (!only) return wrong("REPORT_UNREADABLE", "message", { longest: longestMessageBytes });
  const recipient = others.length === 0 ? only : recipients.find(isMeant);
  if (!recipient) return wrong(address === null ? "REPORT_ADDRESS_MISSING" : "REPORT_RECIPIENT_UNKNOWN", "address");
  const about = address ?? recipient.original ?? recipient.final;
  if (about === null || normalizeAddress(about) === null) return wrong("REPORT_ADDRESS_MISSING", "address");
  if (isDelivered(recipient)) return { kind: "DELIVERED", address: about, outcome: "DELIVERED" };
  return failure(about, recipient.statusCode);
}

function failure(address: string, statusCode: string): Draft {
  const isInvalid = statusCode.startsWith("5.1.") || statusCode === "5.4.4";
  return { kind: "FAILURE", address, statusCode, outcome: isInvalid ? "HARD_BOUNCED" : "SOFT_BOUNCED" };
}
