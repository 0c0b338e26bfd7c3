import type { OperationContext } from "../../../platform/context.js";
import { problem, userErrors } from "../../../platform/errors/user-error.js";
import { decodeId } from "../../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../../platform/idempotency.js";
import { legalNotice } from "../../../platform/legal-notices.js";
import { insertExport } from "../../access-log/index.js";
import type { ExportErasureCertificateInput, ExportErasureCertificatePayload } from "./certificate.inputs.js";
import "./certificate.messages.js";
import { certificateByKey, documentText, keptSeal } from "./certificate.reading.js";
import { selectCertificates } from "./certificate-reading.sql.js";
import { sha256Of } from "./document.js";

/** Takes a complete certificate out, to be kept elsewhere; the access log says so (domain 2.2). */
export async function exportErasureCertificate(
  context: OperationContext,
  input: ExportErasureCertificateInput,
): Promise<ExportErasureCertificatePayload> {
  const id = decodeId("ErasureCertificate", input.certificateId);
  const notice = await legalNotice(context, "DATA_EXPORT");
  const call = { mutation: "exportErasureCertificate", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const [row] = id === null ? [] : await selectCertificates(db, context.fields.clearance, [id]);
    if (!row) return refuse(problem("ERASURE_CERTIFICATE_NOT_FOUND", ["certificateId"]));
    if (row.status !== "DONE") return refuse(problem("ERASURE_CERTIFICATE_PENDING", ["certificateId"]));
    const contactCount = row.anonymized + row.deleted;
    const taken = { subject: "ErasureCertificate", contactCount, noticeVersion: notice.version };
    await insertExport(db, { ...taken, requestId: context.requestId });
    return { certificate: row.id };
  });
  const nothing = { certificate: null, document: null, legalNotice: null, warnings: [] };
  if ("problems" in done) return { ...nothing, userErrors: userErrors(done.problems, context.locale) };
  const certificate = await certificateByKey(context, done.ids.certificate);
  if (!certificate) return { ...nothing, userErrors: [] };
  const json = await documentText(context, certificate);
  const seal = keptSeal(certificate)?.toString("hex") ?? null;
  const document = { json, sha256: sha256Of(json), seal };
  return { certificate, document, legalNotice: notice, userErrors: [], warnings: [] };
}
