import type { Sql } from "../../platform/database/sql.js";
import { contactsPersonalData } from "../personal-data.js";
import { visibleTo } from "../visibility.js";

const { cleared = {} } = contactsPersonalData.find(({ table }) => table === "contacts.import_row")!;
const nothing = Object.keys(cleared).map((column) => `${column} = NULL`);

/**
 * Does to the rows of a chunk what erasing does to rows that it finds: whoever was erased while the chunk was decided is
 * in none of them. With full clearance, and the job locked, so that later erasures find the rows. Source: domain 4.5
 */
export async function forgetErased(
  db: Sql,
  jobId: string,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<void> {
  await db.query(
    `/* forgetErased */
     UPDATE contacts.import_row r SET ${nothing.join(", ")}
     WHERE r.institution_id = $1 AND r.job_id = $2 AND r.line BETWEEN $3 AND $4 AND r.contact_id IS NOT NULL
       AND NOT EXISTS (
         SELECT FROM contacts.contact c
         WHERE c.institution_id = $1 AND c.id = r.contact_id AND c.anonymized_at IS NULL AND ${visibleTo("c")})`,
    [db.institutionId, jobId, first, last],
  );
}
