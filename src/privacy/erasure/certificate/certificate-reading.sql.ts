import type { Clearance } from "../../../platform/access/clearance.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { ReadReport } from "../proof/read-report.js";

export interface CertificateRow {
  readonly id: string;
  readonly runId: string | null;
  readonly rule: string;
  readonly erasedBy: string;
  readonly source: string;
  /** OPEN, PENDING, PROVING or DONE. */
  readonly status: string;
  readonly anonymized: number;
  readonly deleted: number;
  /** Rows by table. */
  readonly erased: Readonly<Record<string, number>>;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly provedAt: Date | null;
  readonly pass: (Partial<ReadReport> & { readonly durationMs: number; readonly findings: number }) | null;
  readonly seal: Buffer | null;
}

const columns = `c.id, c.run_id AS "runId", c.rule, c.actor AS "erasedBy", c.source, c.status, c.anonymized,
  c.removed AS deleted, c.erased, c.created_at AS "createdAt", c.closed_at AS "closedAt", c.proved_at AS "provedAt",
  c.pass, c.seal`;

/** Erasing by hand takes full clearance, and a run has one of its own: nobody below learns of either. */
const visible = `FROM privacy.erasure_certificate c
  LEFT JOIN privacy.anonymization_run r ON r.institution_id = $1 AND r.id = c.run_id
  WHERE c.institution_id = $1 AND coalesce(r.clearance, 2) <= $2`;

/** Any order; those that do not exist for the clearance are left out. */
export async function selectCertificates(
  db: Sql,
  clearance: Clearance,
  ids: readonly string[],
): Promise<CertificateRow[]> {
  const { rows } = await db.query<CertificateRow>(
    `/* selectCertificates */ SELECT ${columns} ${visible} AND c.id = ANY($3::bigint[])`,
    [db.institutionId, clearance, ids],
  );
  return rows;
}

/** The certificate of each of these runs, of those that erased something. */
export async function selectCertificatesOfRuns(
  db: Sql,
  clearance: Clearance,
  runIds: readonly string[],
): Promise<CertificateRow[]> {
  const { rows } = await db.query<CertificateRow>(
    `/* selectCertificatesOfRuns */ SELECT ${columns} ${visible} AND c.run_id = ANY($3::bigint[])`,
    [db.institutionId, clearance, runIds],
  );
  return rows;
}

/** The newest first. @param before the last one of the page before */
export async function selectCertificatePage(
  db: Sql,
  clearance: Clearance,
  { before, limit }: { readonly before: string | null; readonly limit: number },
): Promise<CertificateRow[]> {
  const { rows } = await db.query<CertificateRow>(
    `/* selectCertificatePage */
     SELECT ${columns} ${visible} AND ($3::bigint IS NULL OR c.id < $3) ORDER BY c.id DESC LIMIT $4`,
    [db.institutionId, clearance, before, limit],
  );
  return rows;
}

export interface CertificateFinding {
  readonly certificateId: string;
  readonly id: string;
  readonly kind: string;
  readonly place: string;
  readonly rowKey: string;
  readonly contactId: string;
}

const finding = `f.certificate_id AS "certificateId", f.id, f.kind, f.place, f.row_key AS "rowKey",
  f.contact_id AS "contactId"`;

/** Every finding of these certificates, which were found for the caller, in the order in which they were made. */
export async function selectFindings(db: Sql, certificateIds: readonly string[]): Promise<CertificateFinding[]> {
  const { rows } = await db.query<CertificateFinding>(
    `/* selectFindings */ SELECT ${finding} FROM privacy.erasure_finding f
     WHERE f.institution_id = $1 AND f.certificate_id = ANY($2::bigint[]) ORDER BY f.certificate_id, f.id`,
    [db.institutionId, certificateIds],
  );
  return rows;
}

export type ShownFinding = CertificateFinding & {
  /** Of the shell; null when he is gone. */
  readonly contactLevel: number | null;
};

/** A page of the findings of a certificate that was found for the caller. */
export async function selectFindingPage(
  db: Sql,
  certificateId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<ShownFinding[]> {
  const { rows } = await db.query<ShownFinding>(
    `/* selectFindingPage */
     SELECT ${finding}, v.confidentiality_level AS "contactLevel"
     FROM privacy.erasure_finding f
     LEFT JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = f.contact_id
     WHERE f.institution_id = $1 AND f.certificate_id = $2 AND f.id > $3 ORDER BY f.id LIMIT $4`,
    [db.institutionId, certificateId, after, limit],
  );
  return rows;
}
