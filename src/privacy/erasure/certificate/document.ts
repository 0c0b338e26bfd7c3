import { createHash, timingSafeEqual } from "node:crypto";
import { encodeId } from "../../../platform/graphql/opaque-id.js";
import type { KeyRing } from "../../../platform/key-ring.js";
import type { CertificateFinding, CertificateRow } from "./certificate-reading.sql.js";

/**
 * A certificate with its findings, as it is taken out and sealed: JSON, the same for the same certificate byte by byte. Of
 * persons it has the ids alone.
 * @param findings all of them, in the order in which they were made
 */
export function documentOf(
  institutionId: number,
  row: CertificateRow,
  findings: readonly CertificateFinding[],
): string {
  const { rule, erasedBy, source, anonymized, deleted, createdAt, closedAt, provedAt, pass } = row;
  const content = {
    ...{ format: "erasure-certificate/1", institutionId, id: encodeId("ErasureCertificate", row.id) },
    run: row.runId === null ? null : encodeId("AnonymizationRun", row.runId),
    ...{ rule, erasedBy, source, anonymized, deleted, createdAt, closedAt, provedAt },
    ...{ erased: sorted(row.erased), pass: pass && sorted(pass) },
    findings: findings.map(({ kind, place, rowKey, contactId }) => ({
      ...{ kind, place, rowKey, contact: encodeId("Contact", contactId) },
    })),
  };
  return JSON.stringify(content, null, 2);
}

/** The database hands objects out in an order of its own. */
function sorted(values: object): object {
  return Object.fromEntries(Object.entries(values).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

export const sha256Of = (document: string): string => createHash("sha256").update(document).digest("hex");

/** A keyed hash of a document, which nobody can make who can only write to the database. */
export const sealOf = (keys: KeyRing, document: string): Buffer =>
  keys.digest(`erasure certificate|${sha256Of(document)}`);

/** Whether a document is what was sealed. */
export function isSealedAs(keys: KeyRing, document: string, seal: Buffer): boolean {
  const expected = sealOf(keys, document);
  return seal.length === expected.length && timingSafeEqual(seal, expected);
}
