import "./erasure.messages.js";
import type { Sql } from "../../platform/database/sql.js";
import type { KeyRing } from "../../platform/key-ring.js";
import { selectErasedDigests } from "./erasure.sql.js";
import { emailTombstone, referenceTombstone } from "./tombstone.js";

/** What a row of a file says who it is about. */
export interface NamingRow {
  readonly line: number;
  readonly email: string | null;
  readonly referenceCode: string | null;
}

/** The lines that name somebody who was erased. Whether he is there again is not asked here. */
export async function erasedLines(keys: KeyRing, db: Sql, rows: readonly NamingRow[]): Promise<number[]> {
  const named = rows.flatMap(({ line, email, referenceCode }) => [
    ...(email ? [{ line, ...emailTombstone(keys, db.institutionId, email) }] : []),
    ...(referenceCode ? [{ line, ...referenceTombstone(keys, db.institutionId, referenceCode) }] : []),
  ]);
  if (named.length === 0) return [];
  const erased = await selectErasedDigests(db, named);
  const digests = new Set(erased.map((digest) => digest.toString("hex")));
  return [...new Set(named.filter(({ digest }) => digests.has(digest.toString("hex"))).map(({ line }) => line))];
}
