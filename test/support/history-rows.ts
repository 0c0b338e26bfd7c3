import type pg from "pg";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import type { TestContact, TestInstitution } from "./rows.js";

/** Where rows go: a test's database, whose own institution is taken unless a wish names another. */
interface Place {
  readonly owner: pg.Pool;
  readonly home: TestInstitution;
}

export interface TestRow {
  readonly id: string;
  readonly opaqueId: string;
}

export interface ProductWish {
  readonly institution?: TestInstitution;
  readonly organization?: string;
  readonly code?: string;
  readonly name?: string;
  /** PERFORMANCE when left out. */
  readonly kind?: string;
  readonly startsAt?: string;
  /** YYYY-MM-DD; undated when left out. */
  readonly validityEnd?: string;
  readonly season?: TestRow;
}

export interface SeasonWish {
  readonly organization?: string;
  readonly code?: string;
  /** YYYY-MM-DD. */
  readonly startsOn?: string;
  readonly endsOn?: string;
}

export interface BeneficiaryWish {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly birthDate?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly countryCode?: string;
}

export interface TicketWish {
  readonly culturalContact?: TestContact;
  /** That of the line when left out. */
  readonly product?: TestRow;
  /** VALID when left out. */
  readonly state?: string;
  readonly returnedAt?: string;
  readonly price?: string;
  readonly seat?: string;
  readonly beneficiary?: BeneficiaryWish;
  /** By the code of a question of type TEXT. */
  readonly answers?: Readonly<Record<string, string>>;
}

export interface LineWish {
  /** An undated one of its own when left out. */
  readonly product?: TestRow;
  readonly quantity?: number;
  readonly amount?: string;
  readonly tariffCode?: string;
  readonly isChildrenTariff?: boolean;
  readonly tickets?: readonly TicketWish[];
}

export interface OrderWish {
  readonly institution?: TestInstitution;
  readonly organization?: string;
  readonly orderNumber?: string;
  /** SALE when left out. */
  readonly operationKind?: string;
  /** ACTIVE when left out. */
  readonly state?: string;
  readonly payer?: TestContact;
  /** With up to six decimals; 2026-03-01 when left out. */
  readonly orderedAt?: string;
  readonly currency?: string;
  readonly total?: string;
  readonly ipAddress?: string;
  readonly remark?: string;
  readonly lines?: readonly LineWish[];
}

export interface PaymentWish {
  readonly institution?: TestInstitution;
  readonly organization?: string;
  readonly order?: TestRow;
  /** With up to six decimals; 2026-03-01 when left out. */
  readonly paidAt?: string;
  readonly method?: string;
  readonly amount?: string;
  readonly currency?: string;
}

let codes = 0;
const rowOf = (type: string, id: string): TestRow => ({ id, opaqueId: encodeId(type, id) });

export async function insertProduct(place: Place, wish: ProductWish = {}): Promise<TestRow> {
  const code = wish.code ?? `P${++codes}`;
  const { rows } = await place.owner.query<{ id: string }>(
    `INSERT INTO history.product (institution_id, organization, code, name, product_kind, starts_at, validity_end,
       season_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [
      (wish.institution ?? place.home).id,
      wish.organization ?? "OPERA",
      code,
      wish.name ?? `Product ${code}`,
      wish.kind ?? "PERFORMANCE",
      wish.startsAt,
      wish.validityEnd,
      wish.season?.id,
    ],
  );
  return rowOf("Product", rows[0]!.id);
}

export async function insertSeason(place: Place, wish: SeasonWish = {}): Promise<TestRow> {
  const code = wish.code ?? `S${++codes}`;
  const { rows } = await place.owner.query<{ id: string }>(
    `INSERT INTO history.season (institution_id, organization, code, name, starts_on, ends_on)
     VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [
      place.home.id,
      wish.organization ?? "OPERA",
      code,
      `Season ${code}`,
      wish.startsOn ?? "2025-09-01",
      wish.endsOn ?? "2026-08-31",
    ],
  );
  return rowOf("Season", rows[0]!.id);
}

/** Makes a contact the relay of a structure. */
export async function insertRelay(place: Place, relay: TestContact, structure: TestContact): Promise<void> {
  await place.owner.query(
    `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
     VALUES ($1, 'RELAY_OF', $2, $3)`,
    [place.home.id, relay.id, structure.id],
  );
}

/**
 * An order with its lines and tickets. The tickets' ids are in the order in which they were wished for.
 * @param purchaser null: sold over the counter to nobody by name
 */
export async function insertOrder(
  place: Place,
  purchaser: TestContact | null,
  wish: OrderWish = {},
): Promise<TestRow & { tickets: TestRow[] }> {
  const institution = wish.institution ?? place.home;
  const { rows } = await place.owner.query<{ id: string }>(
    `INSERT INTO history.sales_order (institution_id, organization, order_number, operation_kind, ordered_at,
       purchaser_id, currency, total, ip_address, remark, order_state, payer_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
    [
      institution.id,
      wish.organization ?? "OPERA",
      wish.orderNumber ?? `N${++codes}`,
      wish.operationKind ?? "SALE",
      wish.orderedAt ?? "2026-03-01T12:00:00Z",
      purchaser?.id,
      wish.currency ?? "CHF",
      wish.total ?? "0.00",
      wish.ipAddress,
      wish.remark,
      wish.state ?? "ACTIVE",
      wish.payer?.id,
    ],
  );
  const order = rowOf("Order", rows[0]!.id);
  const tickets: TestRow[] = [];
  for (const [index, line] of (wish.lines ?? []).entries()) {
    tickets.push(...(await insertLine(place, institution, order, index + 1, line)));
  }
  return { ...order, tickets };
}

async function insertLine(
  place: Place,
  institution: TestInstitution,
  order: TestRow,
  lineNumber: number,
  { product: wished, quantity, amount = "0.00", tickets = [], tariffCode, isChildrenTariff = false }: LineWish,
): Promise<TestRow[]> {
  const product = wished ?? (await insertProduct(place, { institution }));
  await place.owner.query(
    `INSERT INTO history.order_line (institution_id, order_id, line_number, product_id, quantity, amount, tariff_code,
       is_children_tariff)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[institution.id, order.id, lineNumber, product.id, quantity ?? Math.max(tickets.length, 1), amount],
      ...[tariffCode, isChildrenTariff],
    ],
  );
  const inserted: TestRow[] = [];
  for (const [index, ticket] of tickets.entries()) {
    const { rows } = await place.owner.query<{ id: string }>(
      `INSERT INTO history.ticket (institution_id, order_id, line_number, ticket_number, product_id,
         cultural_contact_id, ticket_state, price, seat, returned_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
      [
        institution.id,
        order.id,
        lineNumber,
        index + 1,
        (ticket.product ?? product).id,
        ticket.culturalContact?.id,
        ticket.state ?? "VALID",
        ticket.price ?? "0.00",
        ticket.seat,
        ticket.returnedAt,
      ],
    );
    inserted.push(rowOf("Ticket", rows[0]!.id));
    await insertHolder(place, institution, rows[0]!.id, ticket);
  }
  return inserted;
}

/** What was typed in about the holder of a ticket. */
async function insertHolder(
  place: Place,
  institution: TestInstitution,
  ticketId: string,
  { beneficiary, answers = {} }: TicketWish,
): Promise<void> {
  if (beneficiary) {
    const { firstName, lastName, birthDate, email, phone, countryCode } = beneficiary;
    await place.owner.query(
      `INSERT INTO history.ticket_beneficiary (institution_id, ticket_id, first_name, last_name, birth_date, email,
         phone, country_code)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [institution.id, ticketId, firstName, lastName, birthDate, email, phone, countryCode],
    );
  }
  for (const [code, value] of Object.entries(answers)) {
    await place.owner.query(
      `INSERT INTO history.ticket_answer (institution_id, ticket_id, question_code, question_label, question_type, value)
       VALUES ($1, $2, $3, $4, 'TEXT', $5)`,
      [institution.id, ticketId, code, `Question ${code}`, value],
    );
  }
}

export async function insertPayment(place: Place, payer: TestContact, wish: PaymentWish = {}): Promise<TestRow> {
  const { rows } = await place.owner.query<{ id: string }>(
    `INSERT INTO history.payment (institution_id, organization, external_id, order_id, payer_id, paid_at,
       payment_method, amount, currency)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      (wish.institution ?? place.home).id,
      wish.organization ?? "OPERA",
      `E${++codes}`,
      wish.order?.id,
      payer.id,
      wish.paidAt ?? "2026-03-01T12:00:00Z",
      wish.method ?? "CARD",
      wish.amount ?? "10.00",
      wish.currency ?? "CHF",
    ],
  );
  return rowOf("Payment", rows[0]!.id);
}
