import type { Sql } from "../../platform/database/sql.js";
import { refreshIndicators } from "../indicators/index.js";
import { interactionsOfShipments } from "../interactions/automatic-interaction.sql.js";

/** What a chunk of records has made or changed. Database ids, each once. */
export interface IngestedChanges {
  /** Everybody who is or was named by a record that was written, as purchaser, payer, spectator, holder or receiver. */
  readonly contactIds: readonly string[];
  /** Shipments that were written, in whatever state. */
  readonly shipmentIds: readonly string[];
  /** Products that were written, and passes whose validity moved with one of their parts. */
  readonly productIds: readonly string[];
  readonly seasonIds: readonly string[];
}

/**
 * Brings what depends on histories up to date, in the transaction that wrote them: set-based, for a few thousand
 * contacts at a time. It may be called again with the same ids.
 */
export type IngestFollower = (db: Sql, changes: IngestedChanges) => Promise<void>;

/** In this order, after each chunk. */
const followers: readonly IngestFollower[] = [
  (db, { shipmentIds }) => interactionsOfShipments(db, shipmentIds),
  refreshIndicators,
];

/** Called by whatever writes histories, as the last thing of its transaction. */
export async function afterIngest(db: Sql, changes: IngestedChanges): Promise<void> {
  for (const follow of followers) await follow(db, changes);
}
