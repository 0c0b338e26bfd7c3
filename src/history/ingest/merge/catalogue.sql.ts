import type { Sql } from "../../../platform/database/sql.js";

/** A product names all of its parts in each version. */
export async function deleteParts(db: Sql, productIds: readonly string[]): Promise<void> {
  await db.query(
    `/* deleteParts */ DELETE FROM history.product_part WHERE institution_id = $1 AND product_id = ANY($2::bigint[])`,
    [db.institutionId, productIds],
  );
}

export async function insertParts(
  db: Sql,
  parts: readonly { readonly productId: string; readonly partId: string }[],
): Promise<void> {
  if (parts.length === 0) return;
  await db.query(
    `/* insertParts */ INSERT INTO history.product_part (institution_id, product_id, part_id)
     SELECT $1, * FROM unnest($2::bigint[], $3::bigint[])`,
    [db.institutionId, parts.map(({ productId }) => productId), parts.map(({ partId }) => partId)],
  );
}

/** The last day of these products alone: the declared one, else the day on which they begin where the institution is. */
export async function updateOwnValidity(db: Sql, productIds: readonly string[]): Promise<void> {
  await db.query(
    `/* updateOwnValidity */
     UPDATE history.product p
     SET validity_end = coalesce(p.declared_validity_end, (p.starts_at AT TIME ZONE i.time_zone)::date)
     FROM platform.institution i
     WHERE p.institution_id = $1 AND p.id = ANY($2::bigint[]) AND i.id = $1
       AND p.validity_end IS DISTINCT FROM coalesce(p.declared_validity_end, (p.starts_at AT TIME ZONE i.time_zone)::date)`,
    [db.institutionId, productIds],
  );
}

/**
 * The last day of the products that have parts, among these and among those that they are parts of: the latest of
 * their own and their parts' (D-02).
 * @returns those whose day has moved
 */
export async function updateValidityOfWholes(db: Sql, productIds: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* updateValidityOfWholes */
     WITH whole AS (
       SELECT p.id, greatest(
         coalesce(p.declared_validity_end, (p.starts_at AT TIME ZONE i.time_zone)::date), max(part.validity_end)) AS day
       FROM history.product p
       JOIN platform.institution i ON i.id = $1
       JOIN history.product_part link ON link.institution_id = $1 AND link.product_id = p.id
       JOIN history.product part ON part.institution_id = $1 AND part.id = link.part_id
       WHERE p.institution_id = $1 AND (p.id = ANY($2::bigint[]) OR p.id IN (
         SELECT l.product_id FROM history.product_part l
         WHERE l.institution_id = $1 AND l.part_id = ANY($2::bigint[])))
       GROUP BY p.id, p.declared_validity_end, p.starts_at, i.time_zone)
     UPDATE history.product p SET validity_end = whole.day FROM whole
     WHERE p.institution_id = $1 AND p.id = whole.id AND p.validity_end IS DISTINCT FROM whole.day
     RETURNING p.id`,
    [db.institutionId, productIds],
  );
  return rows.map(({ id }) => id);
}
