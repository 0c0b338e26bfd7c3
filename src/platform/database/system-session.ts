import type { Services } from "../context.js";
import type { SqlSession } from "./sql.js";

/** For duties of the system itself, which must be complete whoever asked for them: full clearance (design 3). */
export function systemSession({ clock }: Pick<Services, "clock">, institutionId: number): SqlSession {
  const actor = { actor: "system", actorKind: "SYSTEM", source: "SYSTEM" } as const;
  return { institutionId, clearance: 2, ownContactId: null, ...actor, timeZone: "UTC", clock };
}
