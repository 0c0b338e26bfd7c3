import type { Sql } from "../platform/database/sql.js";
import { instant } from "./history.sql.js";
import { type ProductRow, productJson } from "./product.sql.js";

export interface TicketRow {
  readonly id: string;
  readonly orderId: string;
  readonly ticketNumber: number;
  readonly state: string;
  /** RFC 3339. */
  readonly returnedAt: string | null;
  readonly price: string;
  readonly seat: string | null;
  /** Null when nobody was named, or someone invisible. */
  readonly culturalContactId: string | null;
  readonly product: ProductRow;
}

/** A ticket inside its order; its product only where it is another than the line's. */
export interface LineTicketRow extends Omit<TicketRow, "orderId" | "product"> {
  readonly product: ProductRow | null;
}

export interface BeneficiaryRow {
  /** Of the ticket. */
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly countryCode: string | null;
}

export interface AnswerRow {
  readonly ticketId: string;
  readonly questionCode: string;
  readonly questionLabel: string | null;
  readonly questionType: string;
  readonly value: string;
}

/** What ticket `t` says of itself, without people and product. */
export const ticketColumns = `t.id, t.order_id AS "orderId", t.ticket_number AS "ticketNumber", t.ticket_state AS state,
  ${instant("t.returned_at")} AS "returnedAt", t.price, t.seat`;

/** The tickets of line `l` as a JSON array. A cultural contact whom the caller may not see is left out of his ticket. */
export const ticketsJson = `
  SELECT coalesce(json_agg(json_build_object('id', t.id::text, 'ticketNumber', t.ticket_number, 'state', t.ticket_state,
      'returnedAt', ${instant("t.returned_at")}, 'price', t.price::text, 'seat', t.seat,
      'culturalContactId', cultural.id::text,
      'product', CASE WHEN tp.id IS NOT NULL THEN ${productJson("tp")} END) ORDER BY t.id), '[]') AS tickets
  FROM history.ticket t
  LEFT JOIN history.product tp
    ON tp.institution_id = $1 AND tp.id = t.product_id AND t.product_id <> l.product_id
  LEFT JOIN contacts.visible_contact cultural
    ON cultural.institution_id = $1 AND cultural.id = t.cultural_contact_id
  WHERE t.institution_id = $1 AND t.order_id = l.order_id AND t.line_number = l.line_number`;

/**
 * Whose personal data are typed on ticket `t` of order `o`: those of whoever attends or, where nobody is named for that,
 * of whoever ordered. On the ticket of a contact whom the caller does not see, they would name him.
 */
const holder = `
  JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
  JOIN contacts.visible_contact holder
    ON holder.institution_id = $1 AND holder.id = coalesce(t.cultural_contact_id, o.purchaser_id)`;

/** Who is typed on these tickets, by ticket, as far as the caller sees whose they are. */
export async function selectBeneficiaries(db: Sql, ticketIds: readonly string[]): Promise<BeneficiaryRow[]> {
  const { rows } = await db.query<BeneficiaryRow>(
    `/* selectBeneficiaries */
     SELECT b.ticket_id AS id, b.first_name AS "firstName", b.last_name AS "lastName", b.birth_date AS "birthDate",
       b.email, b.phone, b.country_code AS "countryCode"
     FROM history.ticket_beneficiary b
     JOIN history.ticket t ON t.institution_id = $1 AND t.id = b.ticket_id ${holder}
     WHERE b.institution_id = $1 AND b.ticket_id = ANY($2::bigint[])`,
    [db.institutionId, ticketIds],
  );
  return rows;
}

/** What is answered on these tickets, by code, as far as the caller sees whose they are. */
export async function selectAnswers(db: Sql, ticketIds: readonly string[]): Promise<AnswerRow[]> {
  const { rows } = await db.query<AnswerRow>(
    `/* selectAnswers */
     SELECT a.ticket_id AS "ticketId", a.question_code AS "questionCode", a.question_label AS "questionLabel",
       a.question_type AS "questionType", a.value
     FROM history.ticket_answer a
     JOIN history.ticket t ON t.institution_id = $1 AND t.id = a.ticket_id ${holder}
     WHERE a.institution_id = $1 AND a.ticket_id = ANY($2::bigint[])
     ORDER BY a.ticket_id, a.question_code`,
    [db.institutionId, ticketIds],
  );
  return rows;
}

/** Tickets by id, any order; those of cultural contacts who are invisible or anonymized are left out. */
export async function selectTicketsById(db: Sql, ids: readonly string[]): Promise<TicketRow[]> {
  const { rows } = await db.query<TicketRow>(
    `/* selectTicketsById */
     SELECT ${ticketColumns}, v.id AS "culturalContactId", ${productJson("p")} AS product
     FROM history.ticket t
     JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
     JOIN contacts.visible_contact v
       ON v.institution_id = $1 AND v.id = t.cultural_contact_id AND v.anonymized_at IS NULL
     WHERE t.institution_id = $1 AND t.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}
