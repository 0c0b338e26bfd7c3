import type { Sql } from "../../src/platform/database/sql.js";
import type { TestDatabase } from "./database.js";

/**
 * Runs statements as the tables' owner, whom no policy binds, with the settings of a caller of this clearance: what
 * they find then is decided by themselves.
 */
export async function withoutPolicies<Result>(
  db: TestDatabase,
  clearance: number,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const client = await db.owner.connect();
  try {
    await client.query(`BEGIN; SET LOCAL app.institution = '${db.home.id}'; SET LOCAL app.clearance = '${clearance}'`);
    return await work({
      institutionId: db.home.id,
      async query(text, values) {
        const { rows, rowCount } = await client.query(text, values as unknown[]);
        return { rows, rowCount: rowCount ?? 0 };
      },
    });
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}
