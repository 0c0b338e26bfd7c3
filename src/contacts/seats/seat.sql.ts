import type { Sql } from "../../platform/database/sql.js";
import { visibleTo } from "../visibility.js";

export interface Seat {
  readonly organization: string;
  readonly venue: string;
  readonly block: string;
  readonly row: string;
  readonly seat: string;
}

export interface PreferredSeatRow extends Seat {
  id: string;
  contactId: string;
  isStale: boolean;
}

/** SQL: how many seats the plan has of this name; only where the block is known. */
const inPlan = (seat: { organization: string; venue: string; block: string; row: string; seat: string }): string => `
  EXISTS (SELECT FROM contacts.seat s
    WHERE s.institution_id = $1 AND s.organization = ${seat.organization} AND s.venue = ${seat.venue}
      AND s.block = ${seat.block} AND s.seat_row = ${seat.row} AND s.seat = ${seat.seat})`;

const knownBlock = (seat: { organization: string; venue: string; block: string }): string => `
  EXISTS (SELECT FROM contacts.seat_block b
    WHERE b.institution_id = $1 AND b.organization = ${seat.organization} AND b.venue = ${seat.venue}
      AND b.block = ${seat.block})`;

const preferred = {
  organization: "p.organization",
  venue: "p.venue",
  block: "p.block",
  row: "p.seat_row",
  seat: "p.seat",
};
const asked = { organization: "$2::text", venue: "$3::text", block: "$4::text", row: "$5::text", seat: "$6::text" };

/** The oldest first; only of contacts that exist for the caller. One query for all contacts. */
export async function selectPreferredSeats(db: Sql, contactIds: readonly string[]): Promise<PreferredSeatRow[]> {
  const { rows } = await db.query<PreferredSeatRow>(
    `/* selectPreferredSeats */
     SELECT p.id, p.contact_id AS "contactId", p.organization, p.venue, p.block, p.seat_row AS "row", p.seat,
       ${knownBlock(preferred)} AND NOT ${inPlan(preferred)} AS "isStale"
     FROM contacts.preferred_seat p
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = p.contact_id AND ${visibleTo("c")}
     WHERE p.institution_id = $1 AND p.contact_id = ANY($2::bigint[])
     ORDER BY p.contact_id, p.id`,
    [db.institutionId, contactIds],
  );
  return rows;
}

/** The contact of a preferred seat, when it exists for the caller. */
export async function selectSeatOwner(db: Sql, id: string): Promise<string | null> {
  const { rows } = await db.query<{ contactId: string }>(
    `/* selectSeatOwner */
     SELECT p.contact_id AS "contactId" FROM contacts.preferred_seat p
     JOIN contacts.contact c ON c.institution_id = $1 AND c.id = p.contact_id AND ${visibleTo("c")}
     WHERE p.institution_id = $1 AND p.id = $2`,
    [db.institutionId, id],
  );
  return rows[0]?.contactId ?? null;
}

/** False when the seat's block is known and the seat is not in it. */
export async function selectMayExist(db: Sql, { organization, venue, block, row, seat }: Seat): Promise<boolean> {
  const { rows } = await db.query<{ may: boolean }>(
    `/* selectMayExist */ SELECT NOT ${knownBlock(asked)} OR ${inPlan(asked)} AS may`,
    [db.institutionId, organization, venue, block, row, seat],
  );
  return rows[0]!.may;
}

const name = "concat_ws(' / ', organization, venue, block, seat_row, seat)";

/** Adds a preferred seat that the contact does not have, with its audit. The contact is locked and visible. */
export async function insertPreferredSeat(
  db: Sql,
  contactId: string,
  { organization, venue, block, row, seat }: Seat,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertPreferredSeat */
     WITH changed AS (
       INSERT INTO contacts.preferred_seat (institution_id, contact_id, organization, venue, block, seat_row, seat)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       RETURNING *),
     audited AS (
       INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, key, field, new_value)
       SELECT $1, contact_id, 'PreferredSeat', id::text, 'seatRef', ${name} FROM changed)
     SELECT id FROM changed`,
    [db.institutionId, contactId, organization, venue, block, row, seat],
  );
  return rows[0]!.id;
}

/** Removes a preferred seat, with its audit. Its contact is locked and visible. False when it is gone. */
export async function deletePreferredSeat(db: Sql, id: string): Promise<boolean> {
  const { rows } = await db.query<{ removed: number }>(
    `/* deletePreferredSeat */
     WITH changed AS (
       DELETE FROM contacts.preferred_seat WHERE institution_id = $1 AND id = $2 RETURNING *),
     audited AS (
       INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, key, field, old_value)
       SELECT $1, contact_id, 'PreferredSeat', id::text, 'seatRef', ${name} FROM changed)
     SELECT count(*)::int AS removed FROM changed`,
    [db.institutionId, id],
  );
  return rows[0]!.removed > 0;
}

export type Block = Pick<Seat, "organization" | "venue" | "block">;

/** Makes the block known, and lets one transaction after another set its seats. */
export async function lockBlock(db: Sql, { organization, venue, block }: Block): Promise<void> {
  await db.query(
    `/* lockBlock */
     INSERT INTO contacts.seat_block (institution_id, organization, venue, block) VALUES ($1, $2, $3, $4)
     ON CONFLICT (institution_id, organization, venue, block) DO UPDATE SET block = excluded.block`,
    [db.institutionId, organization, venue, block],
  );
}

/** Removes the seats of the block that are not among these. */
export async function deleteOtherSeats(
  db: Sql,
  { organization, venue, block }: Block,
  rows: readonly string[],
  seats: readonly string[],
): Promise<void> {
  await db.query(
    `/* deleteOtherSeats */
     DELETE FROM contacts.seat s
     WHERE s.institution_id = $1 AND s.organization = $2 AND s.venue = $3 AND s.block = $4
       AND NOT EXISTS (
         SELECT FROM unnest($5::text[], $6::text[]) AS kept (seat_row, seat)
         WHERE kept.seat_row = s.seat_row AND kept.seat = s.seat)`,
    [db.institutionId, organization, venue, block, rows, seats],
  );
}

/** Adds those of these seats that the block does not have. */
export async function insertSeats(
  db: Sql,
  { organization, venue, block }: Block,
  rows: readonly string[],
  seats: readonly string[],
): Promise<void> {
  await db.query(
    `/* insertSeats */
     INSERT INTO contacts.seat (institution_id, organization, venue, block, seat_row, seat)
     SELECT $1, $2, $3, $4, fresh.seat_row, fresh.seat FROM unnest($5::text[], $6::text[]) AS fresh (seat_row, seat)
     ON CONFLICT DO NOTHING`,
    [db.institutionId, organization, venue, block, rows, seats],
  );
}

export async function countSeats(db: Sql, { organization, venue, block }: Block): Promise<number> {
  const { rows } = await db.query<{ total: number }>(
    `/* countSeats */ SELECT count(*)::int AS total FROM contacts.seat
     WHERE institution_id = $1 AND organization = $2 AND venue = $3 AND block = $4`,
    [db.institutionId, organization, venue, block],
  );
  return rows[0]!.total;
}
