import type { Services } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { systemSession } from "../../platform/database/system-session.js";
import { inBulkTransaction } from "../../platform/database/transaction.js";
import { recomputeIndicators, refreshIndicators, requestRun } from "../indicators/index.js";
import { selectContactsOfProducts } from "../indicators/recompute.sql.js";
import { interactionsOfShipments } from "../interactions/automatic-interaction.sql.js";
import { insertTouched, spreadTouched, takeTouched } from "./touched.sql.js";

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

/** Brings what depends on histories up to date, as the last thing of the transaction that wrote them. */
export type IngestFollower = (db: Sql, changes: IngestedChanges) => Promise<void>;

/** For the records of a request: everything follows at once. */
export const followNow: IngestFollower = async (db, changes) => {
  await interactionsOfShipments(db, changes.shipmentIds);
  await refreshIndicators(db, changes);
};

/**
 * For a chunk of a file: interactions follow at once, indicators when the file has been read. The same contacts come
 * back in chunk after chunk, and each time all of their histories would be counted.
 */
export const followLater: IngestFollower = async (db, { contactIds, shipmentIds, productIds, seasonIds }) => {
  await interactionsOfShipments(db, shipmentIds);
  const others = productIds.length > 0 ? await selectContactsOfProducts(db, productIds) : [];
  await insertTouched(db, [...contactIds, ...others]);
  if (seasonIds.length > 0) await requestRun(db, "SEASON");
};

/** Contacts of one transaction. */
const slice = 20_000;
/** Chunks whose contacts are put together in one transaction; one names up to some ten thousand. */
const lists = 100;

/** Works out the indicators of all who wait for it, whichever file named them. Nothing is left to do when it returns. */
export async function followTouched(services: Services, institutionId: number, signal: AbortSignal): Promise<void> {
  const session = systemSession(services, institutionId);
  const untilNothingIsLeft = async (step: (db: Sql) => Promise<boolean>) => {
    do signal.throwIfAborted();
    while (await inBulkTransaction(services.pools.bulk, session, step));
  };
  await untilNothingIsLeft((db) => spreadTouched(db, lists));
  await untilNothingIsLeft(async (db) => {
    const ids = await takeTouched(db, slice);
    await recomputeIndicators(db, ids);
    return ids.length > 0;
  });
}
