import { Readable } from "node:stream";
import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import type { ReadReport } from "./read-report.js";
import { type ReadableFiles, type StoredText, textsOfFile } from "./stored-texts.js";

/** A mail that landed as a file. */
export interface KeptMail {
  readonly reference: string;
  readonly text: Buffer;
}

/**
 * What a mail says to its reader: its lines as they are and with their encodings undone, then each attachment by itself,
 * as a stored file. A mail that cannot be taken apart is counted in the report.
 */
export async function* mailTexts({ reference, text }: KeptMail, report: ReadReport): AsyncGenerator<StoredText> {
  const email = await parsed(text, report);
  const lines = email ? [Buffer.from("\n"), Buffer.from(linesOf(email).join("\n"))] : [];
  yield { rowKey: reference, content: Readable.from([text, ...lines]) };
  for (const [index, attachment] of (email?.attachments ?? []).entries())
    yield* textsOfFile(filesOf(bytesOf(attachment)), `${reference}/${index + 1}`, report);
}

async function parsed(text: Buffer, report: ReadReport): Promise<Email | null> {
  try {
    return await PostalMime.parse(text);
  } catch {
    // nested or long beyond what anybody sends; the library says no more of it
    report.unreadFiles++;
    return null;
  }
}

function linesOf({ subject, from, to, cc, text, html, attachments }: Email): string[] {
  const people = [from, ...(to ?? []), ...(cc ?? [])].filter((each) => each !== undefined).flatMap(textsOfAddress);
  const names = attachments.map(({ filename }) => filename);
  return [subject, ...people, text, html, ...names].filter((line) => typeof line === "string");
}

const textsOfAddress = ({ name, address }: Address): (string | undefined)[] => [name, address];

const bytesOf = ({ content }: Attachment): Buffer =>
  typeof content === "string" ? Buffer.from(content) : Buffer.from(content as Uint8Array);

/** One file, in memory, whatever it is called. */
const filesOf = (bytes: Buffer): ReadableFiles => ({
  open: async (_id, range) => Readable.from([bytes.subarray(range?.start, range?.end)]),
  sizeOf: async () => bytes.length,
});
