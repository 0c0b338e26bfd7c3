import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";

/** Whom the files name. */
export interface Stock {
  readonly contacts: readonly { readonly id: string; readonly number: string }[];
}

/** Writes the file as a template of two authorizations comes back from a spreadsheet. @returns its path */
export function writeRows(folder: string, { contacts }: Stock, isAgreed: boolean): Promise<string> {
  const header = "contactId;contactNumber;lastName;firstName;email;[old]SMS;[new]SMS;[old]PHONE;[new]PHONE\r\n";
  const [old, given] = isAgreed ? ["FALSE", "TRUE"] : ["TRUE", "FALSE"];
  const rows = contacts.map(({ id, number }) => ({ key: `${encodeId("Contact", id)};${number}`, id }));
  return written(join(folder, "rows.csv"), header, rows, ({ key, id }) => {
    return `${key};Dupont;Marie;marie.dupont.${id}@example.org;${old};${given};Empty;\r\n`;
  });
}

/** Writes the same as COPY takes it. */
export function writeRaw(folder: string, { contacts }: Stock, isAgreed: boolean): Promise<string> {
  return written(join(folder, "rows.tsv"), "", contacts, ({ id }) => `${id}\t${isAgreed}\n`);
}

async function written<Row>(file: string, header: string, rows: readonly Row[], textOf: (row: Row) => string) {
  await pipeline(Readable.from(pieces(header, rows, textOf)), createWriteStream(file));
  return file;
}

function* pieces<Row>(header: string, rows: readonly Row[], textOf: (row: Row) => string): Generator<string> {
  let text = header;
  for (const row of rows) {
    text += textOf(row);
    if (text.length < 256 * 1024) continue;
    yield text;
    text = "";
  }
  yield text;
}
