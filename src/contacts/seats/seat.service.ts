import { selectIsOrganization } from "../institution.sql.js";
import "./seat.messages.js";
import type { OperationContext } from "../../platform/context.js";
import { problem } from "../../platform/errors/user-error.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import { refuse } from "../../platform/idempotency.js";
import { type ContactAnswer, contactToChange, refusal } from "../contact.change.js";
import { fieldNotAvailable } from "../contact.errors.js";
import { databaseId, listLoader, type VisibleContact } from "../contact.loaders.js";
import { touchContact } from "../contact.sql.js";
import { changePart, partToChange } from "../contact-part.js";
import {
  deletePreferredSeat,
  insertPreferredSeat,
  type PreferredSeatRow,
  type Seat,
  selectMayExist,
  selectPreferredSeats,
  selectSeatOwner,
} from "./seat.sql.js";
import type { AddPreferredSeatInput, PreferredSeat, RemovePreferredSeatInput } from "./seat.type.js";
import { invalidSeat, isSeatName } from "./seat.validation.js";

const mostSeats = 50;

const seatLoader = (context: OperationContext) => listLoader((ids) => selectPreferredSeats(context.db, ids));

/** The oldest first; null when they are withheld. */
export async function preferredSeats(
  context: OperationContext,
  contact: VisibleContact,
): Promise<PreferredSeat[] | null> {
  if (!context.fields.may("Contact", "preferredSeats")) return null;
  return (await context.once(seatLoader).load(contact[databaseId])).map(toPreferredSeat);
}

function toPreferredSeat({ id, organization, isStale, ...seatRef }: PreferredSeatRow): PreferredSeat {
  return { id: encodeId("PreferredSeat", id), organization, isStale, seatRef };
}

type AddedSeat = ContactAnswer & { preferredSeat: PreferredSeat | null };

/** Adds a seat that the contact likes (F23). One that he has already stays as it is. */
export async function addPreferredSeat(context: OperationContext, input: AddPreferredSeatInput): Promise<AddedSeat> {
  const { organization, seatRef } = input;
  const seat: Seat = { organization, ...trimmed(seatRef) };
  const problems = [
    ...(context.fields.may("Contact", "preferredSeats") ? [] : [fieldNotAvailable("seatRef")]),
    ...(Object.values(trimmed(seatRef)).every(isSeatName) ? [] : [invalidSeat("seatRef")]),
  ];
  if (problems.length > 0) return { ...refusal(context, problems), preferredSeat: null };
  const { part, ...answer } = await changePart(
    context,
    { mutation: "addPreferredSeat", input },
    async (db) => {
      const contact = await contactToChange(db, input.contactId, "contactId");
      if (!(await selectIsOrganization(db, organization))) refuse(problem("UNKNOWN_ORGANIZATION", ["organization"]));
      if (!(await selectMayExist(db, seat))) refuse(problem("SEAT_NOT_FOUND", ["seatRef"]));
      const liked = await selectPreferredSeats(db, [contact.id]);
      const same = liked.find((other) => isSame(other, seat));
      if (same) return { contact: contact.id, part: same.id };
      if (liked.length >= mostSeats) refuse(problem("TOO_MANY_PREFERRED_SEATS", ["contactId"], { maximum: mostSeats }));
      const id = await insertPreferredSeat(db, contact.id, seat);
      await touchContact(db, contact.id);
      return { contact: contact.id, part: id };
    },
    async (ids) => {
      const rows = await context.once(seatLoader).load(ids.contact);
      const row = rows.find(({ id }) => id === ids.part);
      return row ? toPreferredSeat(row) : null;
    },
  );
  return { ...answer, preferredSeat: part };
}

function trimmed({ venue, block, row, seat }: Omit<Seat, "organization">): Omit<Seat, "organization"> {
  return { venue: venue.trim(), block: block.trim(), row: row.trim(), seat: seat.trim() };
}

function isSame(one: Seat, other: Seat): boolean {
  return (["organization", "venue", "block", "row", "seat"] as const).every((part) => one[part] === other[part]);
}

/** Removes a preferred seat. */
export async function removePreferredSeat(
  context: OperationContext,
  input: RemovePreferredSeatInput,
): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", "preferredSeats")) return refusal(context, [fieldNotAvailable("id")]);
  const named = { id: input.id, type: "PreferredSeat", notFound: "PREFERRED_SEAT_NOT_FOUND" };
  return changePart(
    context,
    { mutation: "removePreferredSeat", input },
    async (db) => {
      const ids = await partToChange(db, named, selectSeatOwner);
      if (!(await deletePreferredSeat(db, ids.part))) refuse(problem("PREFERRED_SEAT_NOT_FOUND", ["id"]));
      await touchContact(db, ids.contact);
      return ids;
    },
    async () => null,
  );
}
