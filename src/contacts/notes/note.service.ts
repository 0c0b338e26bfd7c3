import DataLoader from "dataloader";
import "./note.messages.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { CodedError } from "../../platform/errors/coded-error.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import { refuse } from "../../platform/idempotency.js";
import {
  type ContactAnswer,
  contactToChange,
  type NoticeAnswer,
  refusal,
  withFreeTextNotice,
} from "../contact.change.js";
import { fieldNotAvailable } from "../contact.errors.js";
import { databaseId, listLoader, type VisibleContact } from "../contact.loaders.js";
import { touchContact } from "../contact.sql.js";
import { freeTextProblems } from "../contact.validation.js";
import { changePart, type PartIds, partToChange } from "../contact-part.js";
import {
  deleteNote,
  insertNote,
  type NoteRow,
  selectHaveNotes,
  selectNotes,
  selectNotesById,
  updateNoteText,
} from "./note.sql.js";
import type { AddNoteInput, Note, RemoveNoteInput, UpdateNoteInput } from "./note.type.js";

const longestNote = 4_000;

interface NotePage {
  readonly before: string | null;
  readonly limit: number;
}

/** One loader for each page that is asked for. */
function noteLoaders(context: OperationContext) {
  const pages = new Map<string, DataLoader<string, NoteRow[]>>();
  return (wanted: NotePage): DataLoader<string, NoteRow[]> => {
    const key = JSON.stringify(wanted);
    const loader = pages.get(key) ?? listLoader((ids) => selectNotes(context.db, ids, wanted));
    pages.set(key, loader);
    return loader;
  };
}

function markerLoader(context: OperationContext): DataLoader<string, boolean> {
  return new DataLoader(async (ids) => {
    const found = new Set(await selectHaveNotes(context.db, ids));
    return ids.map((id) => found.has(id));
  });
}

function toNote(row: NoteRow): Note & { key: string } {
  return { ...row, id: encodeId("Note", row.id), key: row.id };
}

/**
 * The newest first; null when notes are withheld.
 * @throws CodedError BAD_USER_INPUT for a page that cannot be asked for
 */
export async function contactNotes(
  context: OperationContext,
  contact: VisibleContact,
  wanted: { first: number; after: string | null },
): Promise<Connection<Note> | null> {
  if (!context.fields.may("Contact", "notes")) return null;
  assertFirst(wanted.first);
  const [before = null] = decodeCursor(wanted.after, 1) ?? [];
  if (before !== null && !(typeof before === "string" && /^\d{1,18}$/.test(before)))
    throw new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
  const loader = context.once(noteLoaders)({ before, limit: wanted.first + 1 });
  const rows = await loader.load(contact[databaseId]);
  return page(rows.map(toNote), wanted, ({ key }) => [key]);
}

/** The marker beside the name (F18); null when notes are withheld. A remark does not set it. */
export async function hasNotes(context: OperationContext, contact: VisibleContact): Promise<boolean | null> {
  if (!context.fields.may("Contact", "hasNotes")) return null;
  return context.once(markerLoader).load(contact[databaseId]);
}

type NoteAnswer = NoticeAnswer & { note: Note | null };

/** Writes a note (F16). */
export async function addNote(context: OperationContext, input: AddNoteInput): Promise<NoteAnswer> {
  return writeNote(context, { mutation: "addNote", input }, async (db, text) => {
    const contact = await contactToChange(db, input.contactId, "contactId");
    const part = await insertNote(db, contact.id, text);
    await touchContact(db, contact.id);
    return { contact: contact.id, part };
  });
}

/** Changes a note's text. */
export async function updateNote(context: OperationContext, input: UpdateNoteInput): Promise<NoteAnswer> {
  return writeNote(context, { mutation: "updateNote", input }, async (db, text) => {
    const ids = await noteToChange(db, input);
    if (await updateNoteText(db, ids.part, text)) await touchContact(db, ids.contact);
    return ids;
  });
}

/** Removes a note. */
export async function removeNote(context: OperationContext, input: RemoveNoteInput): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", "notes")) return refusal(context, [fieldNotAvailable("id")]);
  return changePart(
    context,
    { mutation: "removeNote", input },
    async (db) => {
      const ids = await noteToChange(db, input);
      if (!(await deleteNote(db, ids.part))) refuse(noteNotFound());
      await touchContact(db, ids.contact);
      return ids;
    },
    async () => null,
  );
}

async function writeNote(
  context: OperationContext,
  call: { mutation: string; input: AddNoteInput | UpdateNoteInput },
  write: (db: Sql, text: string) => Promise<PartIds>,
): Promise<NoteAnswer> {
  const text = call.input.text.trim();
  const problems = context.fields.may("Contact", "notes")
    ? freeTextProblems(text, "text", longestNote)
    : [fieldNotAvailable("text")];
  const answer =
    problems.length > 0
      ? { ...refusal(context, problems), part: null }
      : await changePart(context, call, (db) => write(db, text), findNote(context));
  const { part, ...others } = answer;
  return { ...(await withFreeTextNotice(context, text, others)), note: part };
}

function findNote(context: OperationContext) {
  return async ({ part }: PartIds): Promise<Note | null> => {
    const [row] = await selectNotesById(context.db, [part]);
    return row ? toNote(row) : null;
  };
}

function noteToChange(db: Sql, { id, version }: RemoveNoteInput): Promise<PartIds> {
  return partToChange(db, { id, version, type: "Note", notFound: "NOTE_NOT_FOUND" }, async (_, note) => {
    const [row] = await selectNotesById(db, [note]);
    return row?.contactId ?? null;
  });
}

const noteNotFound = (): Problem => problem("NOTE_NOT_FOUND", ["id"]);
