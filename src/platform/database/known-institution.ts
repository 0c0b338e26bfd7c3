import type { Services } from "../context.js";
import { systemSession } from "./system-session.js";
import { inBulkTransaction } from "./transaction.js";

/**
 * Before long work: has tables analysed whose statistics do not know the institution, though it has many rows there. What
 * they do not know is planned for as next to nothing, and then read as a whole for each row; autovacuum is some minutes
 * late, and does not come at all for an institution that is small beside the others. In a transaction of its own, because
 * the locks stay until its end.
 */
export async function knowInstitution(
  services: Pick<Services, "pools" | "clock">,
  institutionId: number,
): Promise<void> {
  await inBulkTransaction(services.pools.bulk, systemSession(services, institutionId), (db) =>
    db.query("/* knowInstitution */ SELECT platform.know_institution()"),
  );
}
