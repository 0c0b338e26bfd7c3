import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { ExportRecord } from "../../platform/ports.js";

export interface AccessRow {
  id: string;
  at: Date;
  /** The same instant, whole: microseconds since 1970. */
  atMicros: string;
  actor: string;
  actorKind: string;
  kind: "READ" | "EXPORT";
  contactId: string | null;
  subject: string | null;
  contactCount: number | null;
  requestId: string | null;
  noticeVersion: number | null;
}

export interface AccessPage {
  /** Null: exports, about whomever. */
  readonly contactId: string | null;
  readonly from: Date;
  readonly to: Date;
  readonly after: { readonly atMicros: string; readonly id: string } | null;
  readonly limit: number;
  readonly clearance: Clearance;
}

export async function insertReads(db: Sql, contactIds: readonly string[], requestId: string): Promise<void> {
  await db.query(
    `/* insertReads */
     INSERT INTO privacy.audit_access (institution_id, access_kind, contact_id, request_id)
     SELECT $1, 'READ', read.id, $3 FROM unnest($2::bigint[]) WITH ORDINALITY read (id, place) ORDER BY read.place`,
    [db.institutionId, contactIds, requestId],
  );
}

export async function insertExport(db: Sql, taken: ExportRecord): Promise<void> {
  const { subject, contactCount, contactId = null, noticeVersion = null, requestId } = taken;
  await db.query(
    `/* insertExport */
     INSERT INTO privacy.audit_access (institution_id, access_kind, contact_id, subject, contact_count, request_id,
       notice_version)
     VALUES ($1, 'EXPORT', $2, $3, $4, $5, $6)`,
    [db.institutionId, contactId, subject, contactCount, requestId, noticeVersion],
  );
}

/** The newest first. What is about an invisible contact is left out, as are exports by somebody who sees more. */
export async function selectAccess(db: Sql, page: AccessPage): Promise<AccessRow[]> {
  const { contactId, from, to, after, limit, clearance } = page;
  const { rows } = await db.query<AccessRow>(
    `/* selectAccess */
     SELECT a.id, a.at, (extract(epoch FROM a.at) * 1000000)::bigint AS "atMicros", a.actor, a.actor_kind AS "actorKind",
       a.access_kind AS kind, a.contact_id AS "contactId", a.subject, a.contact_count AS "contactCount",
       a.request_id AS "requestId", a.notice_version AS "noticeVersion"
     FROM privacy.audit_access a
     WHERE a.institution_id = $1 AND CASE WHEN $2::bigint IS NULL THEN a.access_kind = 'EXPORT' ELSE a.contact_id = $2 END
       AND a.at >= $3 AND a.at < $4::timestamptz + interval '1 millisecond'
       AND ($5::bigint IS NULL OR (a.at, a.id) < (timestamptz 'epoch' + $5::bigint * interval '1 microsecond', $6::bigint))
       AND (a.access_kind = 'READ' OR a.clearance <= $8)
       AND (a.contact_id IS NULL OR EXISTS (
         SELECT FROM contacts.visible_contact v WHERE v.institution_id = $1 AND v.id = a.contact_id))
     ORDER BY a.at DESC, a.id DESC LIMIT $7`,
    [db.institutionId, contactId, from, to, after?.atMicros, after?.id, limit, clearance],
    "BY_VALUES",
  );
  return rows;
}
