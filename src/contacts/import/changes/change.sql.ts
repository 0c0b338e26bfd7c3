import type { Clearance } from "../../../platform/access/clearance.js";
import type { Sql } from "../../../platform/database/sql.js";
import { visibleTo } from "../../visibility.js";

/** Which row of which job. */
export interface RowKey {
  readonly jobId: string;
  readonly line: number;
}

/** A value of a criterion before and after; none and no text: nothing. */
export interface CriterionChange {
  readonly id: number;
  readonly was: readonly string[];
  readonly is: readonly string[];
  readonly wasText?: string;
  readonly isText?: string;
  readonly isVerified: boolean;
}

/** A field of the contact, by its column in files. */
export interface FieldChange {
  readonly field: string;
  readonly was: string | null;
  readonly became: string | null;
}

/** What a row changes about a contact whom the caller sees. Authorizations are bits; null: none of them. */
export interface ChangedRow extends RowKey {
  readonly contactId: string;
  readonly level: Clearance;
  readonly wasAgreed: number | null;
  readonly wasRefused: number | null;
  readonly isAgreed: number | null;
  readonly isRefused: number | null;
  readonly unverified: number | null;
  readonly criteria: readonly CriterionChange[] | null;
  readonly fields: readonly FieldChange[] | null;
}

/** Of an update. What undoes it has another source. */
const audited = `(SELECT jsonb_agg(jsonb_build_object('field', a.field, 'was', a.old_value, 'became', a.new_value))
    FROM contacts.audit_contact a
    WHERE a.institution_id = $1 AND a.contact_id = r.contact_id AND a.job_id = r.job_id AND a.source = 'IMPORT'
      AND a.entity IN ('Contact', 'Address'))`;

/** Rows that change somebody, of jobs that were seen to exist for the caller; a contact whom he does not see is not there. */
export async function selectChangedRows(db: Sql, keys: readonly RowKey[]): Promise<ChangedRow[]> {
  const { rows } = await db.query<ChangedRow>(
    `/* selectChangedRows */
     SELECT r.job_id AS "jobId", r.line, r.contact_id AS "contactId", c.confidentiality_level AS level,
       r.was_agreed AS "wasAgreed", r.was_refused AS "wasRefused", r.is_agreed AS "isAgreed",
       r.is_refused AS "isRefused", r.unverified, r.criteria,
       CASE r.outcome WHEN 'UPDATED' THEN ${audited} ELSE r.fields END AS fields
     FROM unnest($2::bigint[], $3::int[]) AS wanted (job_id, line)
     JOIN contacts.import_row r ON r.institution_id = $1 AND r.job_id = wanted.job_id AND r.line = wanted.line
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = r.contact_id AND ${visibleTo("c")}
     WHERE r.outcome IN ('UPDATED', 'WOULD_UPDATE')`,
    [db.institutionId, keys.map(({ jobId }) => jobId), keys.map(({ line }) => line)],
  );
  return rows;
}
