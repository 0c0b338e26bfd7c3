import type { Sql } from "../platform/database/sql.js";

/** ISO 3166-1 alpha-2 code: the default of addresses. */
export async function selectInstitutionCountry(db: Sql): Promise<string> {
  const { rows } = await db.query<{ country: string }>(
    `/* selectInstitutionCountry */ SELECT country FROM platform.institution WHERE id = $1`,
    [db.institutionId],
  );
  return rows[0]!.country;
}

/** True for the code of an organization of the institution. */
export async function selectIsOrganization(db: Sql, code: string): Promise<boolean> {
  if (code.includes("\0")) return false; // PostgreSQL's text has none
  const { rowCount } = await db.query(
    `/* selectIsOrganization */ SELECT FROM platform.organization WHERE institution_id = $1 AND code = $2`,
    [db.institutionId, code],
  );
  return rowCount > 0;
}
