import type { Sql } from "../../platform/database/sql.js";
import type { PointOfSaleChannel } from "./point-of-sale.type.js";

export interface PointOfSaleValues {
  code: string;
  name: string;
  channels: PointOfSaleChannel[];
  policyUrl: string;
  showSummary: boolean;
  summaryEn: string | null;
  summaryFr: string | null;
  summaryEs: string | null;
}

export interface PointOfSaleRow extends PointOfSaleValues {
  id: string;
}

const columns = `p.id, p.code, p.name, p.channels, p.policy_url AS "policyUrl", p.show_summary AS "showSummary",
  p.summary_en AS "summaryEn", p.summary_fr AS "summaryFr", p.summary_es AS "summaryEs"`;

/** Any order; unknown ids are left out. */
export async function selectPointsOfSale(db: Sql, ids: readonly string[]): Promise<PointOfSaleRow[]> {
  const { rows } = await db.query<PointOfSaleRow>(
    `/* selectPointsOfSale */ SELECT ${columns} FROM contacts.point_of_sale p
     WHERE p.institution_id = $1 AND p.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/** A page of them, the oldest first. */
export async function listPointsOfSale(
  db: Sql,
  { after, limit }: { after: string; limit: number },
): Promise<PointOfSaleRow[]> {
  const { rows } = await db.query<PointOfSaleRow>(
    `/* listPointsOfSale */ SELECT ${columns} FROM contacts.point_of_sale p
     WHERE p.institution_id = $1 AND p.id > $2::bigint ORDER BY p.id LIMIT $3`,
    [db.institutionId, after, limit],
  );
  return rows;
}

/** Field of the API to column, in the order of the audit. */
const audited = {
  code: "code",
  name: "name",
  channels: "channels",
  policyUrl: "policy_url",
  showSummary: "show_summary",
  "summaries.en": "summary_en",
  "summaries.fr": "summary_fr",
  "summaries.es": "summary_es",
};

/** Makes the point of sale of this code, or replaces it, with the audit of what differs. Returns its id. */
export async function upsertPointOfSale(db: Sql, values: PointOfSaleValues): Promise<string> {
  const { code, name, channels, policyUrl, showSummary, summaryEn, summaryFr, summaryEs } = values;
  const written = Object.values(audited);
  const returned = written.map((column) => `old.${column} AS old_${column}, new.${column} AS new_${column}`);
  const changes = Object.entries(audited).map(
    ([field, column]) => `('${field}', old_${column}::text, new_${column}::text)`,
  );
  const { rows } = await db.query<{ id: string }>(
    `/* upsertPointOfSale */
     WITH changed AS (
       INSERT INTO contacts.point_of_sale (institution_id, ${written.join(", ")})
       VALUES ($1, $2, $3, $4::text[], $5, $6, $7, $8, $9)
       ON CONFLICT (institution_id, code) DO UPDATE
       SET ${written.map((column) => `${column} = excluded.${column}`).join(", ")}
       RETURNING id, ${returned.join(", ")}),
     audited AS (
       INSERT INTO contacts.audit_point_of_sale (institution_id, point_of_sale_id, field, old_value, new_value)
       SELECT $1, changed.id, v.field, v.old, v.new
       FROM changed CROSS JOIN LATERAL (VALUES ${changes.join(", ")}) AS v (field, old, new)
       WHERE v.old IS DISTINCT FROM v.new)
     SELECT id FROM changed`,
    [db.institutionId, code, name, channels, policyUrl, showSummary, summaryEn, summaryFr, summaryEs],
  );
  return rows[0]!.id;
}
