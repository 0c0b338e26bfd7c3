import type { ContactName, LineRecord, OrderRecord, TicketRecord } from "../records/record.js";
import { goneStates } from "../records/vocabulary.js";
import type { Changes } from "./changes.js";
import type { Known } from "./known.js";
import type { StoredTicket } from "./known.sql.js";
import type { OrderState } from "./order-judge.js";
import { StagedRows } from "./staged-rows.js";
import { answerTable, beneficiaryTable, lineTable, orderTable, ticketTable } from "./staged-table.js";

interface TicketPlace {
  readonly orderId: string;
  readonly lineNumber: number;
  readonly productId: string;
  /** Of an order that went with its contact. */
  readonly isErased: boolean;
}

/** Rows of the orders of a chunk, and what goes from the tables. */
export class OrderRows {
  readonly orders = new StagedRows(orderTable);
  readonly lines = new StagedRows(lineTable);
  readonly tickets = new StagedRows(ticketTable);
  readonly beneficiaries = new StagedRows(beneficiaryTable);
  readonly answers = new StagedRows(answerTable);
  /** Tickets that the later version does not name any more. */
  readonly droppedTickets: string[] = [];
  readonly droppedLines: { orderId: string; lineNumber: number }[] = [];
  /** Tickets whose beneficiary and answers are written anew. */
  readonly refilledTickets: string[] = [];
  readonly #freshTickets: Iterator<string>;

  /** @param freshTickets an id for each ticket */
  constructor(
    private readonly known: Known,
    private readonly changes: Changes,
    freshTickets: readonly string[],
  ) {
    this.#freshTickets = freshTickets.values();
  }

  add(record: OrderRecord, id: string, stored: OrderState | undefined): void {
    this.#addOrder(record, id, stored);
    const state = new Remaining(stored);
    for (const line of record.lines) this.#addLine(record, id, line, state);
    this.droppedTickets.push(...state.tickets.map((ticket) => ticket.id));
    this.changes.addContacts(...state.tickets.map(({ culturalContactId }) => culturalContactId));
    for (const lineNumber of state.lines) this.droppedLines.push({ orderId: id, lineNumber });
  }

  #addOrder(record: OrderRecord, id: string, stored: OrderState | undefined): void {
    const { organization, key, version, operationKind, state, orderedAt, currency, total } = record;
    const purchaserId = this.#idOf(record.purchaser);
    const payerId = this.#idOf(record.payer);
    const was = stored?.order;
    const cleaned = (was?.cleaned ?? this.#isErased(record)) || this.known.isShell(purchaserId);
    this.changes.addContacts(purchaserId, payerId, was?.purchaserId ?? null, was?.payerId ?? null);
    this.known.orders.set(organization, key, {
      id,
      organization,
      key,
      version,
      orderedAt,
      purchaserId,
      payerId,
      cleaned,
      ipCleaned: was?.ipCleaned ?? false,
    });
    const amounts = { currency, total };
    this.orders.add(was === undefined, {
      ...{ id, organization, order_number: key, version, operation_kind: operationKind, order_state: state },
      ...{ ordered_at: orderedAt.toISOString(), purchaser_id: purchaserId, payer_id: payerId, ...amounts },
      ip_address: cleaned || was?.ipCleaned ? null : record.ipAddress,
      remark: cleaned ? null : record.remark,
      cleaned: flag(cleaned),
    });
  }

  #addLine(record: OrderRecord, orderId: string, line: LineRecord, state: Remaining): void {
    const { lineNumber, quantity, amount, tariffCode, isChildrenTariff } = line;
    const productId = this.#productId(record, line.product);
    this.lines.add(!state.lines.delete(lineNumber), {
      ...{ order_id: orderId, line_number: lineNumber, product_id: productId, quantity, amount },
      ...{ tariff_code: tariffCode, is_children_tariff: flag(isChildrenTariff) },
    });
    for (const ticket of line.tickets) {
      const ticketProduct = ticket.product === null ? productId : this.#productId(record, ticket.product);
      const isErased = this.#isErased(record);
      this.#addTicket(record, ticket, { orderId, lineNumber, productId: ticketProduct, isErased }, state);
    }
  }

  #addTicket(
    order: OrderRecord,
    ticket: TicketRecord,
    { orderId, lineNumber, productId, isErased }: TicketPlace,
    state: Remaining,
  ): void {
    const { ticketNumber, returnedAt, price, seat } = ticket;
    const was = state.take(lineNumber, ticketNumber);
    const id = was?.id ?? this.#freshTickets.next().value!;
    const contactId = this.#idOf(ticket.culturalContact);
    // a ticket that names nobody may be the purchaser's own
    const isOfShell = this.known.isShell(contactId ?? this.#idOf(order.purchaser));
    const isCleanedYet = () =>
      isErased || state.isErased(lineNumber, ticketNumber) || state.wasCleaned(productId, contactId);
    const cleaned = isOfShell || (was?.cleaned ?? isCleanedYet());
    this.changes.addContacts(contactId, was?.culturalContactId ?? null);
    const place = { order_id: orderId, line_number: lineNumber, ticket_number: ticketNumber, product_id: productId };
    this.tickets.add(was === undefined, {
      ...{ id, ...place, cultural_contact_id: contactId, ticket_state: stateOf(ticket, order) },
      ...{ returned_at: returnedAt?.toISOString() ?? null, price, seat, cleaned: flag(cleaned) },
    });
    if (was?.cleaned) return;
    if (was) this.refilledTickets.push(id);
    this.#addDetails(id, ticket, cleaned);
  }

  /** Of a shell's tickets only the country stays, for statistics. */
  #addDetails(ticketId: string, { beneficiary, answers }: TicketRecord, cleaned: boolean): void {
    const key = { ticket_id: ticketId };
    const country = { country_code: beneficiary?.countryCode ?? null };
    if (beneficiary && (!cleaned || country.country_code !== null)) {
      const { firstName, lastName, birthDate, email, phone } = beneficiary;
      const person = { first_name: firstName, last_name: lastName, birth_date: birthDate, email, phone };
      this.beneficiaries.add(true, cleaned ? { ...key, ...country } : { ...key, ...person, ...country });
    }
    if (cleaned) return;
    for (const { questionCode, questionLabel, questionType, value } of answers) {
      const question = { question_code: questionCode, question_label: questionLabel, question_type: questionType };
      this.answers.add(true, { ...key, ...question, value });
    }
  }

  /** It went with its contact, and comes again. */
  #isErased({ organization, key }: OrderRecord): boolean {
    return this.known.erasedOrders.get(organization, key) ?? false;
  }

  #idOf(name: ContactName | null): string | null {
    return name === null ? null : this.known.buyer(name)!.id;
  }

  #productId({ organization }: OrderRecord, code: string): string {
    return this.known.products.get(organization, code)!.id;
  }
}

/** Nobody attends by an order that expired or was cancelled as a whole (F30), whatever its tickets say. */
const stateOf = (ticket: TicketRecord, order: OrderRecord): string =>
  ticket.state === "VALID" && goneStates.has(order.state) ? "CANCELLED" : ticket.state;

const flag = (is: boolean) => (is ? "t" : "f");

/** What of the stored version the later one has not named yet. */
class Remaining {
  readonly lines: Set<number>;
  readonly #tickets: Map<string, StoredTicket>;

  constructor(private readonly stored: OrderState | undefined) {
    this.lines = new Set(stored?.lines.map(({ lineNumber }) => lineNumber));
    const named = stored?.tickets.map((ticket) => [`${ticket.lineNumber} ${ticket.ticketNumber}`, ticket] as const);
    this.#tickets = new Map(named);
  }

  get tickets(): StoredTicket[] {
    return [...this.#tickets.values()];
  }

  take(lineNumber: number, ticketNumber: number): StoredTicket | undefined {
    if (this.stored === undefined) return undefined;
    const place = `${lineNumber} ${ticketNumber}`;
    const ticket = this.#tickets.get(place);
    this.#tickets.delete(place);
    return ticket;
  }

  isErased(lineNumber: number, ticketNumber: number): boolean {
    const erased = this.stored?.erased ?? [];
    return erased.some((ticket) => ticket.lineNumber === lineNumber && ticket.ticketNumber === ticketNumber);
  }

  /** A version that only numbers its tickets anew brings nothing back. */
  wasCleaned(productId: string, contactId: string | null): boolean {
    const tickets = this.stored?.tickets ?? [];
    return tickets.some(
      (ticket) => ticket.cleaned && ticket.productId === productId && ticket.culturalContactId === contactId,
    );
  }
}
