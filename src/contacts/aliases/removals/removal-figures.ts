import type { Services } from "../../../platform/context.js";
import { selectInstitutionIds } from "../../../platform/database/institution.sql.js";
import { systemSession } from "../../../platform/database/system-session.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import type { Figure } from "../../../platform/telemetry.js";
import { countRemovals, type WaitingRemovals } from "./removal.sql.js";

/** What operations watch: a provider that is told nothing keeps what people were promised is gone. */
export function aliasRemovalFigures(services: Services): readonly Figure[] {
  const read = async (figureOf: (waiting: WaitingRemovals) => number) => {
    const values = new Map<string, number>();
    for (const id of await selectInstitutionIds(services.pools.api)) {
      const waiting = await inTransaction(services.pools.api, systemSession(services, id), countRemovals);
      values.set(String(id), figureOf(waiting));
    }
    return values;
  };
  const ageOf = ({ oldestAt }: WaitingRemovals) =>
    oldestAt === null ? 0 : Math.max(0, (services.clock.now().getTime() - oldestAt.getTime()) / 1_000);
  return [
    {
      ...{ name: "alias_removals_waiting", label: "institution" },
      help: "Payment aliases that providers are still to delete.",
      read: () => read(({ count }) => count),
    },
    {
      ...{ name: "alias_removals_oldest_seconds", label: "institution" },
      help: "How long the oldest of them has waited.",
      read: () => read(ageOf),
    },
  ];
}
