import type { Services } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import type { KeyRing } from "../../platform/key-ring.js";
import type { Eraser } from "../../platform/personal-data/index.js";
import { historyPersonalData } from "../personal-data.js";
import { historyLabels } from "../personal-data.labels.js";
import {
  type DoomedRecord,
  eraseOwnTickets,
  insertErasedRecords,
  removeOrders,
  selectDoomedBelongings,
} from "./erasure.sql.js";
import { recordTombstone } from "./tombstone.js";

/** Erases what tells who somebody is out of his histories; what he bought and paid stays, for statistics and accounts. */
export function historyEraser({ identityKeys }: Pick<Services, "identityKeys">): Eraser {
  return {
    personalData: historyPersonalData,
    labels: historyLabels,
    async before(db, ids) {
      await leaveTombstones(identityKeys, db, await selectDoomedBelongings(db, ids));
      return { "history.ticket_beneficiary": await eraseOwnTickets(db, ids) };
    },
    async remove(db, ids) {
      const { removed, unlinked } = await removeOrders(db, ids);
      await leaveTombstones(identityKeys, db, removed);
      return { "history.sales_order": removed.length + unlinked };
    },
  };
}

async function leaveTombstones(keys: KeyRing, db: Sql, records: readonly DoomedRecord[]): Promise<void> {
  if (records.length === 0) return;
  await insertErasedRecords(
    db,
    records.map((record) => ({ kind: record.kind, digest: recordTombstone(keys, db.institutionId, record) })),
  );
}
