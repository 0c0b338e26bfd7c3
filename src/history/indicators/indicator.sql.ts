import type { Sql } from "../../platform/database/sql.js";

export interface IndicatorRow {
  readonly contactId: string;
  readonly assiduity: number;
  readonly assiduityLevel: string;
  readonly hasChildrenProduct: boolean;
  readonly isMember: boolean;
  readonly isSeasonTicketHolder: boolean;
  readonly revenue: string;
  readonly smlLevel: string | null;
  readonly seniorityYears: number;
  /** Of these values, or of the last time when all were worked out and these stayed. */
  readonly computedAt: Date | null;
}

/** What is stored of these contacts, or follows from it. Invisible and anonymized ones are left out. */
export async function selectIndicators(db: Sql, contactIds: readonly string[]): Promise<IndicatorRow[]> {
  const { rows } = await db.query<IndicatorRow>(
    `/* selectIndicators */
     SELECT n.contact_id AS "contactId", n.assiduity, n.assiduity_level AS "assiduityLevel",
       n.has_children_product AS "hasChildrenProduct", n.is_member AS "isMember",
       n.is_season_ticket_holder AS "isSeasonTicketHolder", n.revenue::numeric(14, 2) AS revenue,
       n.sml_level AS "smlLevel", n.seniority_years AS "seniorityYears",
       greatest(n.computed_at, (SELECT max(r.started_at) FROM history.indicator_run r
         WHERE r.institution_id = $1 AND r.status = 'DONE')) AS "computedAt"
     FROM history.visible_indicator n
     JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = n.contact_id AND v.anonymized_at IS NULL
     WHERE n.institution_id = $1 AND n.contact_id = ANY($2::bigint[])`,
    [db.institutionId, contactIds],
  );
  return rows;
}
