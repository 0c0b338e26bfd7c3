import type { Services } from "../../../platform/context.js";
import type { ChangeSource, Sql, SqlSession } from "../../../platform/database/sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import { encodeId } from "../../../platform/graphql/opaque-id.js";

/** The institution that a link is of, as far as its pages need it. */
export interface LinkInstitution {
  name: string;
  timeZone: string;
}

/** Null when there is none with this id. */
export function linkInstitution(services: Services, institutionId: number): Promise<LinkInstitution | null> {
  return inTransaction(services.pools.api, systemSession(services, institutionId), selectLinkInstitution);
}

async function selectLinkInstitution(db: Sql): Promise<LinkInstitution | null> {
  const { rows } = await db.query<LinkInstitution>(
    `/* selectLinkInstitution */
     SELECT name, time_zone AS "timeZone" FROM platform.institution WHERE id = $1`,
    [db.institutionId],
  );
  return rows[0] ?? null;
}

/**
 * Whoever holds a link of a contact acts as this contact: he sees and changes him alone, whatever his level, and the
 * ledger names him.
 */
export function linkSession(
  { clock }: Services,
  contact: { readonly institutionId: number; readonly id: string; readonly timeZone: string },
  source: ChangeSource,
): SqlSession {
  const { institutionId, id, timeZone } = contact;
  const actor = { actor: encodeId("Contact", id), actorKind: "CONTACT", source };
  return { institutionId, clearance: 2, ownContactId: id, ...actor, timeZone, clock };
}
