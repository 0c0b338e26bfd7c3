import type { Sql } from "../../platform/database/sql.js";
import type { ShipmentRecord, ShipmentReport } from "../../platform/ports.js";
import { interactionsOfShipments } from "../interactions/automatic-interaction.sql.js";
import { lockShipments, mergeReports, mergeShipments, selectShipmentIds } from "./shipment-record.sql.js";

/** See `HistoryPort.recordShipments`. */
export async function recordShipments(db: Sql, records: readonly ShipmentRecord[]): Promise<(string | null)[]> {
  if (records.length === 0) return [];
  const changed = await mergeShipments(db, records);
  await interactionsOfShipments(db, changed);
  const found = await selectShipmentIds(db, records);
  const ids = new Map(found.map(({ organization, externalId, id }) => [keyOf({ organization, externalId }), id]));
  return records.map((record) => ids.get(keyOf(record)) ?? null);
}

const keyOf = ({ organization, externalId }: Pick<ShipmentRecord, "organization" | "externalId">): string =>
  JSON.stringify([organization, externalId]);

/** See `HistoryPort.updateShipmentStates`. */
export async function updateShipmentStates(db: Sql, reports: readonly ShipmentReport[]): Promise<ReadonlySet<string>> {
  if (reports.length === 0) return new Set();
  // locked by ascending id, so that two batches on the same shipments do not wait for each other
  const known = await lockShipments(
    db,
    reports.map(({ shipmentId }) => shipmentId),
  );
  const changed = await mergeReports(db, reports);
  await interactionsOfShipments(db, changed);
  return new Set(known);
}
