import type pg from "pg";
import { placeOf } from "../../src/contacts/identity/identity.service.js";
import type { KeyRing } from "../../src/platform/key-ring.js";
import { insertRows } from "./rows.js";
import { people, type Setting } from "./settings.js";
import { documents, type Side } from "./world.js";

/** Numbers of identity documents, which the database keeps sealed. */
export async function insertDocuments(
  owner: pg.Pool,
  keys: KeyRing,
  setting: Setting,
  side: Side,
  isWithheld: boolean,
) {
  const { institutionId } = setting;
  const here = documents.filter(({ contact }) =>
    people.some(({ id, only }) => id === contact && (only ?? side) === side),
  );
  const rows = here.map(({ contact, number }) => {
    const isElse = side === "B" && (isWithheld || setting.isHidden(contact));
    const text = `${isElse ? "W" : ""}${number}`;
    const { keyId, sealed } = keys.seal(text, placeOf(institutionId, String(contact)));
    const digest = keys.digest(`${institutionId} ${text}`);
    return { contact_id: contact, key_id: keyId, sealed_number: hex(sealed), number_digest: hex(digest) };
  });
  await insertRows(owner, institutionId, [["contacts.identity_document", rows]]);
}

const hex = (bytes: Buffer) => `\\x${bytes.toString("hex")}`;
