import type { Sql } from "../../platform/database/sql.js";

/** As persons know it. */
export async function selectInstitutionName(db: Sql): Promise<string> {
  const { rows } = await db.query<{ name: string }>(
    `/* selectInstitutionName */ SELECT name FROM platform.institution WHERE id = $1`,
    [db.institutionId],
  );
  return rows[0]!.name;
}
