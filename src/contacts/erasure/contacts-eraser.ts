import type { Services } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import type { KeyRing } from "../../platform/key-ring.js";
import type { ErasedIdentifier, Eraser } from "../../platform/personal-data/index.js";
import { sealRemoval } from "../aliases/removals/index.js";
import { placeOf } from "../identity/index.js";
import { contactsPersonalData } from "../personal-data.js";
import { contactsLabels } from "../personal-data.labels.js";
import {
  expireFiles,
  insertAliasRemovals,
  insertErasureEntries,
  insertTombstones,
  selectDoomedAliases,
  selectIdentifiers,
  selectSealedNumbers,
} from "./erasure.sql.js";
import { emailTombstone, referenceTombstone } from "./tombstone.js";

/** Erases the file itself, its keys in search, and what hangs on it. */
export function contactsEraser({ identityKeys }: Pick<Services, "identityKeys">): Eraser {
  return {
    personalData: contactsPersonalData,
    labels: contactsLabels,
    opened: async (db, id) => {
      const numbers = await documentNumbers(identityKeys, db, [id]);
      return numbers.map(({ text }) => ({ table: "contacts.identity_document", column: "sealed_number", value: text }));
    },
    record: insertErasureEntries,
    identifiers: async (db, ids) => [
      ...(await selectIdentifiers(db, ids)),
      ...(await documentNumbers(identityKeys, db, ids)),
    ],
    async before(db, ids) {
      await leaveTombstones(identityKeys, db, ids);
      // they may stand in the files
      await expireFiles(db);
      return { "contacts.alias_removal": await sealAliases(identityKeys, db, ids) };
    },
  };
}

async function documentNumbers(keys: KeyRing, db: Sql, ids: readonly string[]): Promise<ErasedIdentifier[]> {
  const rows = await selectSealedNumbers(db, ids);
  return rows.map(({ contactId, ...sealed }) => ({
    contactId,
    kind: "DOCUMENT",
    text: keys.open(sealed, placeOf(db.institutionId, contactId)),
  }));
}

/** E-mail addresses and reference codes are what files know contacts by. */
async function leaveTombstones(keys: KeyRing, db: Sql, ids: readonly string[]): Promise<void> {
  const identifiers = await selectIdentifiers(db, ids);
  const left = identifiers.flatMap(({ kind, text }) => {
    if (kind === "EMAIL") return [emailTombstone(keys, db.institutionId, text)];
    return kind === "REFERENCE" ? [referenceTombstone(keys, db.institutionId, text)] : [];
  });
  if (left.length > 0) await insertTombstones(db, left);
}

/** What the provider is to delete waits until he has: nobody but the program can read it. */
async function sealAliases(keys: KeyRing, db: Sql, ids: readonly string[]): Promise<number> {
  const aliases = await selectDoomedAliases(db, ids);
  if (aliases.length === 0) return 0;
  await insertAliasRemovals(
    db,
    aliases.map((alias) => sealRemoval(keys, db.institutionId, alias)),
  );
  return aliases.length;
}
