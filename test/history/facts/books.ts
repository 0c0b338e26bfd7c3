import type pg from "pg";
import type { TestContact, TestInstitution } from "../../support/rows.js";

/** Where rows go: a test's database and its own institution. */
interface Place {
  readonly owner: pg.Pool;
  readonly home: TestInstitution;
}

export interface SoldLine {
  /** Id of a product. */
  readonly product: string;
  readonly amount?: string;
  readonly isForChildren?: boolean;
  readonly tickets?: readonly SoldTicket[];
}

export interface SoldTicket {
  readonly of?: TestContact;
  /** VALID when left out. */
  readonly state?: string;
  readonly price?: string;
  /** That of the line when left out. */
  readonly product?: string;
}

export interface SoldOrder {
  readonly by?: TestContact;
  readonly payer?: TestContact;
  /** SALE when left out. */
  readonly kind?: string;
  /** ACTIVE when left out. */
  readonly state?: string;
  readonly at?: string;
  readonly total?: string;
  readonly currency?: string;
  readonly organization?: string;
  readonly lines?: readonly SoldLine[];
}

let numbers = 0;

/** Rows of the history as ingestion leaves them, in as few words as a test has for them. */
export class Books {
  constructor(private readonly place: Place) {}

  async season(code: string, startsOn: string, endsOn: string, organization = "OPERA"): Promise<string> {
    return this.#insert("season", {
      ...{ organization, code, name: code },
      ...{ starts_on: startsOn, ends_on: endsOn },
    });
  }

  /** @param day the last of its validity; null: undated */
  async product(kind: string, day: string | null, more: Record<string, unknown> = {}): Promise<string> {
    const code = `B${++numbers}`;
    const row = { organization: "OPERA", code, name: code, product_kind: kind, validity_end: day };
    return this.#insert("product", { ...row, declared_validity_end: day, ...more });
  }

  async parts(product: string, ...parts: readonly string[]): Promise<void> {
    for (const part of parts) await this.#insert("product_part", { product_id: product, part_id: part }, "product_id");
  }

  async order(wish: SoldOrder): Promise<string> {
    const order = await this.#insert("sales_order", {
      ...{ organization: wish.organization ?? "OPERA", order_number: `B${++numbers}`, purchaser_id: wish.by?.id },
      ...{ payer_id: wish.payer?.id, operation_kind: wish.kind ?? "SALE", order_state: wish.state ?? "ACTIVE" },
      ...{ ordered_at: wish.at ?? "2026-03-01T12:00:00Z", currency: wish.currency ?? "CHF", total: wish.total ?? "0" },
    });
    for (const [index, line] of (wish.lines ?? []).entries()) await this.#line(order, index + 1, line);
    return order;
  }

  async #line(order_id: string, line_number: number, line: SoldLine): Promise<void> {
    const { product, tickets = [] } = line;
    const key = { order_id, line_number };
    await this.#insert(
      "order_line",
      {
        ...{ ...key, product_id: product, quantity: Math.max(1, tickets.length), amount: line.amount ?? "0" },
        is_children_tariff: line.isForChildren ?? false,
      },
      "order_id",
    );
    for (const [index, ticket] of tickets.entries())
      await this.#insert("ticket", {
        ...{ ...key, ticket_number: index + 1, product_id: ticket.product ?? product },
        ...{ cultural_contact_id: ticket.of?.id, ticket_state: ticket.state ?? "VALID", price: ticket.price ?? "0" },
      });
  }

  /** @param order null: not for an order */
  async payment(payer: TestContact, order: string | null, amount: string, more: Record<string, unknown> = {}) {
    return this.#insert("payment", {
      ...{ organization: "OPERA", external_id: `B${++numbers}`, order_id: order, payer_id: payer.id, amount },
      ...{ paid_at: "2026-03-02T12:00:00Z", payment_method: "CARD", currency: "CHF" },
      ...more,
    });
  }

  async waiting(contact: TestContact, product: string, at: string, state = "WAITING"): Promise<string> {
    return this.#insert("waiting_list_entry", {
      ...{ organization: "OPERA", external_id: `B${++numbers}`, contact_id: contact.id, product_id: product },
      ...{ requested_at: at, entry_state: state },
    });
  }

  async membership(contact: TestContact, product: string, from: string, to: string | null, state = "ACTIVE") {
    return this.#insert("membership", {
      ...{ organization: "OPERA", external_id: `B${++numbers}`, contact_id: contact.id, product_id: product },
      ...{ valid_from: from, valid_to: to, membership_state: state },
    });
  }

  /** Sets columns of a row, as a later version of its record does. */
  async change(table: string, id: string, set: Record<string, unknown>): Promise<void> {
    const columns = Object.keys(set).map((column, index) => `${column} = $${index + 3}`);
    await this.place.owner.query(
      `UPDATE history.${table} SET ${columns.join(", ")} WHERE institution_id = $1 AND id = $2`,
      [this.place.home.id, id, ...Object.values(set)],
    );
  }

  async #insert(table: string, row: Record<string, unknown>, returning = "id"): Promise<string> {
    const given = { institution_id: this.place.home.id, ...row };
    const columns = Object.keys(given);
    const { rows } = await this.place.owner.query<{ id: string }>(
      `INSERT INTO history.${table} (${columns.join(", ")}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(", ")})
       RETURNING ${returning} AS id`,
      Object.values(given),
    );
    return rows[0]!.id;
  }
}
