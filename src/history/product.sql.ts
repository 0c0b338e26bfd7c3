import type { Sql } from "../platform/database/sql.js";
import { instant } from "./history.sql.js";

export interface ProductRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  /** RFC 3339. */
  readonly startsAt: string | null;
  readonly validityEnd: string | null;
  readonly organization: string;
  readonly seasonId: string | null;
}

export interface SeasonRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly organization: string;
}

/** A product as JSON, so that it travels inside the row of its ticket or line. */
export const productJson = (alias: string) =>
  `json_build_object('id', ${alias}.id::text, 'code', ${alias}.code, 'name', ${alias}.name, 'kind', ${alias}.product_kind,
    'startsAt', ${instant(`${alias}.starts_at`)}, 'validityEnd', ${alias}.validity_end,
    'organization', ${alias}.organization, 'seasonId', ${alias}.season_id::text)`;

/** Seasons by id, any order. */
export async function selectSeasonsById(db: Sql, ids: readonly string[]): Promise<SeasonRow[]> {
  const { rows } = await db.query<SeasonRow>(
    `/* selectSeasonsById */
     SELECT s.id, s.code, s.name, s.starts_on AS "startDate", s.ends_on AS "endDate", s.organization
     FROM history.season s WHERE s.institution_id = $1 AND s.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/**
 * The parts of each of these passes and season tickets after one, by id.
 * @param after id of a part; `0` for the first page
 * @param limit for each product
 */
export async function selectProductParts(
  db: Sql,
  productIds: readonly string[],
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ wholeId: string; product: ProductRow }[]> {
  const { rows } = await db.query<{ wholeId: string; product: ProductRow }>(
    `/* selectProductParts */
     SELECT whole.id AS "wholeId", part.product
     FROM unnest($2::bigint[]) AS whole (id)
     CROSS JOIN LATERAL (
       SELECT p.id, ${productJson("p")} AS product
       FROM history.product_part i
       JOIN history.product p ON p.institution_id = $1 AND p.id = i.part_id
       WHERE i.institution_id = $1 AND i.product_id = whole.id AND i.part_id > $3::bigint
       ORDER BY i.part_id LIMIT $4) part
     ORDER BY whole.id, part.id`,
    [db.institutionId, productIds, after, limit],
  );
  return rows;
}
