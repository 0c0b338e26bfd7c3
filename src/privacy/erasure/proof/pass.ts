import type { Services } from "../../../platform/context.js";
import type { Sql } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inBulkTransaction, inTransaction } from "../../../platform/database/transaction.js";
import { updateSeals } from "../certificate/certificate.sql.js";
import { selectCertificates, selectFindings } from "../certificate/certificate-reading.sql.js";
import { documentOf, sealOf } from "../certificate/document.js";
import { ProofKey } from "./digest.js";
import {
  type ClaimedPass,
  claimPass,
  type DigestOwner,
  endPass,
  type FindingRow,
  insertFindings,
  selectFilters,
  selectOwners,
  waitForPasses,
} from "./pass.sql.js";
import { type Candidate, Search } from "./search.js";

/**
 * Looks for what was erased in every text and JSON column and every stored file of an institution, reading each once, for
 * all certificates that wait. Its findings are places for a person to look at: an identifier that a living contact shares is
 * none, and a name counts only in rows that are the person's. Then the certificates are done, and what the pass compared with
 * is gone with its key. A pass that dies begins again. Source: design 6
 */
export async function provePending(services: Services, institutionId: number, signal: AbortSignal): Promise<void> {
  const session = systemSession(services, institutionId);
  const claim = () => inTransaction(services.pools.api, session, claimPass);
  for (let pass = await claim(); pass; pass = await claim()) {
    const claimed = pass;
    for (const { sweep } of services.ports.erasers) await sweep?.(services, institutionId, signal);
    await inBulkTransaction(services.pools.bulk, session, async (db) => {
      await waitForPasses(db);
      const search = new Search(new ProofKey(claimed.proofKey), await selectFilters(db, claimed.certificateIds));
      const begunAt = performance.now();
      const declarations = services.ports.erasers.flatMap(({ personalData }) => personalData);
      await search.readTables(db, declarations, signal);
      await search.readFiles(services, institutionId, signal);
      await insertFindings(db, await findingsOf(db, claimed, search.candidates));
      const durationMs = Math.round(performance.now() - begunAt);
      await endPass(db, claimed.certificateIds, { ...search.report, durationMs });
      await sealCertificates(services, db, claimed.certificateIds);
    });
  }
}

/** Fixes what complete certificates say. */
async function sealCertificates(
  { identityKeys }: Pick<Services, "identityKeys">,
  db: Sql,
  certificateIds: readonly string[],
): Promise<void> {
  const findings = Map.groupBy(await selectFindings(db, certificateIds), ({ certificateId }) => certificateId);
  const certificates = await selectCertificates(db, 2, certificateIds);
  const seals = certificates.map((certificate) => {
    const document = documentOf(db.institutionId, certificate, findings.get(certificate.id) ?? []);
    return { id: certificate.id, seal: sealOf(identityKeys, document) };
  });
  await updateSeals(db, seals);
}

/** Digests of one statement. */
const slice = 10_000;
/** More than anybody looks at. */
const mostFindings = 10_000;

async function findingsOf(
  db: Sql,
  { certificateIds }: ClaimedPass,
  candidates: readonly Candidate[],
): Promise<FindingRow[]> {
  const owners = new Map<string, DigestOwner[]>();
  for (let start = 0; start < candidates.length; start += slice) {
    const digests = candidates.slice(start, start + slice).map(({ digest }) => digest);
    for (const owner of await selectOwners(db, certificateIds, digests)) {
      const known = owners.get(owner.digest) ?? [];
      if (
        !known.some(
          ({ contactId, certificateId }) => contactId === owner.contactId && certificateId === owner.certificateId,
        )
      )
        owners.set(owner.digest, [...known, owner]);
    }
  }
  return judge(candidates, owners).slice(0, mostFindings);
}

/** Tables that say what a living contact is reached by: there, an identifier is his as well. */
const ownIdentifiers = /^contacts\.(contact|internet_account|payment_alias)\./;

function judge(candidates: readonly Candidate[], owners: ReadonlyMap<string, readonly DigestOwner[]>): FindingRow[] {
  const shared = new Set<string>();
  const findings = new Map<string, { readonly digest: string; readonly row: FindingRow }>();
  for (const { digest, place, rowKey, contactIds } of candidates) {
    const hex = digest.toString("hex");
    for (const { certificateId, contactId, kind } of owners.get(hex) ?? []) {
      const isHis = contactIds.includes(contactId);
      if (kind === "NAME" && !isHis) continue;
      if (!isHis && ownIdentifiers.test(place)) shared.add(hex);
      const row = { certificateId, kind, place, rowKey, contactId };
      findings.set(JSON.stringify(row), { digest: hex, row });
    }
  }
  return [...findings.values()].filter(({ digest }) => !shared.has(digest)).map(({ row }) => row);
}
