import type { Sql } from "../../platform/database/sql.js";
import type { KeyRing } from "../../platform/key-ring.js";
import { hasErasedRecords, selectErasedRecords } from "./erasure.sql.js";
import { recordTombstone } from "./tombstone.js";

/** What a sender knows a record by. */
export interface RecordName {
  readonly kind: string;
  readonly organization: string | null;
  readonly key: string;
}

/** Those of these records that went with their contact, in the order in which they came. */
export async function erasedRecords<Name extends RecordName>(
  keys: KeyRing,
  db: Sql,
  records: readonly Name[],
): Promise<Name[]> {
  // where nothing was erased, a million digests would be made for nothing
  if (records.length === 0 || !(await hasErasedRecords(db))) return [];
  const named = records.map((record) => ({ record, digest: recordTombstone(keys, db.institutionId, record) }));
  const erased = new Set(
    await selectErasedRecords(
      db,
      named.map(({ digest }) => digest),
    ),
  );
  return named.filter(({ digest }) => erased.has(digest.toString("hex"))).map(({ record }) => record);
}
