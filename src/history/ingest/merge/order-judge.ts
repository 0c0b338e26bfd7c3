import type { ContactName, LineRecord, OrderRecord, TicketRecord } from "../records/record.js";
import type { Entry } from "./entry.js";
import type { Known } from "./known.js";
import type { StoredLine, StoredOrder, StoredTicket } from "./known.sql.js";
import { purchaseRefusalsAt } from "./purchase.js";

/** What is stored of an order that gets a later version. */
export interface OrderState {
  readonly order: StoredOrder;
  readonly lines: readonly StoredLine[];
  readonly tickets: readonly StoredTicket[];
  /** Tickets that were erased and dropped. */
  readonly erased: readonly Pick<StoredTicket, "lineNumber" | "ticketNumber">[];
}

/** Everybody whom the stored version names. */
function peopleOf({ order, tickets }: OrderState): Set<string> {
  const named = [order.purchaserId, order.payerId, ...tickets.map(({ culturalContactId }) => culturalContactId)];
  return new Set(named.filter((id) => id !== null));
}

/**
 * Finds what an order names and is not there, and contacts who could not buy when it was made. Whom the stored version
 * names has been accepted: a return, say, is not refused because the contact was blocked later with effect from before.
 */
export class OrderJudge {
  readonly #order: OrderRecord;
  readonly #accepted: ReadonlySet<string>;

  constructor(
    private readonly entry: Entry<OrderRecord>,
    private readonly known: Known,
    stored: OrderState | undefined,
  ) {
    this.#order = entry.record!;
    this.#accepted = stored ? peopleOf(stored) : new Set();
  }

  judge(): void {
    this.#judgeContact(this.#order.purchaser, ["purchaser"]);
    this.#judgeContact(this.#order.payer, ["payer"]);
    for (const [index, line] of this.#order.lines.entries()) this.#judgeLine(line, index);
  }

  #judgeLine({ product, tickets }: LineRecord, index: number): void {
    if (!this.#hasProduct(product)) this.entry.refuse("UNKNOWN_PRODUCT", ["lines", String(index), "product"]);
    for (const [number, ticket] of tickets.entries()) this.#judgeTicket(ticket, index, number);
  }

  #judgeTicket({ product, culturalContact }: TicketRecord, line: number, index: number): void {
    const pathOf = (field: string) => ["lines", String(line), "tickets", String(index), field];
    if (product !== null && !this.#hasProduct(product)) this.entry.refuse("UNKNOWN_PRODUCT", pathOf("product"));
    if (culturalContact) this.#judgeContact(culturalContact, () => pathOf("culturalContact"));
  }

  #judgeContact(name: ContactName | null, path: string[] | (() => string[])): void {
    if (name === null) return;
    const buyer = this.known.buyer(name);
    const refused = buyer
      ? this.#accepted.has(buyer.id)
        ? []
        : purchaseRefusalsAt(buyer, this.#order.orderedAt)
      : ["UNKNOWN_CONTACT"];
    for (const code of refused) this.entry.refuse(code, typeof path === "function" ? path() : path);
  }

  #hasProduct(code: string): boolean {
    return this.known.products.get(this.#order.organization, code) !== undefined;
  }
}
