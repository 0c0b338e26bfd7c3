import type { TestDatabase } from "../../support/database.js";
import { ingest, named, type RecordWish } from "../../support/ingest.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";

export interface SoldLine {
  /** Code of a product. */
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
const nextKey = () => `B${++numbers}`;

/** What a ticketing system delivers, in as few words as a test has for it. Records are known by their keys. */
export class Books {
  readonly #delivered = new Map<string, { kind: string; record: RecordWish; version: number }>();

  /** @param institution the file's own when left out */
  constructor(
    private readonly db: TestDatabase,
    private readonly institution?: TestInstitution,
  ) {}

  season(code: string, startsOn: string, endsOn: string): Promise<string> {
    return this.#deliver("season", code, { organization: "OPERA", code, name: code, startsOn, endsOn });
  }

  /** @param day the last of its validity; null: undated */
  product(kind: string, day: string | null, more: RecordWish = {}): Promise<string> {
    const code = nextKey();
    return this.#deliver("product", code, {
      ...{ organization: "OPERA", code, name: code, kind },
      ...(day !== null && { validityEndDate: day }),
      ...more,
    });
  }

  order(wish: SoldOrder): Promise<string> {
    const orderNumber = nextKey();
    return this.#deliver("order", orderNumber, {
      ...{ organization: wish.organization ?? "OPERA", orderNumber },
      ...{ operationKind: wish.kind ?? "SALE", state: wish.state ?? "ACTIVE" },
      ...{ orderedAt: wish.at ?? "2026-03-01T12:00:00Z", currency: wish.currency ?? "CHF", total: wish.total ?? "0" },
      ...(wish.by && { purchaser: named(wish.by) }),
      ...(wish.payer && { payer: named(wish.payer) }),
      lines: linesOf(wish.lines ?? []),
    });
  }

  /** @param order null: not for an order */
  payment(payer: TestContact, order: string | null, amount: string, more: RecordWish = {}): Promise<string> {
    const externalId = nextKey();
    return this.#deliver("payment", externalId, {
      ...{ organization: "OPERA", externalId, payer: named(payer), amount, currency: "CHF", method: "CARD" },
      ...{ paidAt: "2026-03-02T12:00:00Z", ...(order !== null && { order }) },
      ...more,
    });
  }

  waiting(contact: TestContact, product: string, requestedAt: string, state = "WAITING"): Promise<string> {
    const externalId = nextKey();
    const record = { organization: "OPERA", externalId, contact: named(contact), product, requestedAt, state };
    return this.#deliver("waitingListEntry", externalId, record);
  }

  membership(contact: TestContact, product: string, validFrom: string, validTo: string | null, state = "ACTIVE") {
    const externalId = nextKey();
    return this.#deliver("membership", externalId, {
      ...{ organization: "OPERA", externalId, contact: named(contact), product, validFrom, state },
      ...(validTo !== null && { validTo }),
    });
  }

  advantage(contact: TestContact, code: string, state = "ASSIGNED"): Promise<string> {
    const externalId = nextKey();
    const record = { organization: "OPERA", externalId, contact: named(contact), code, name: code, state };
    return this.#deliver("advantage", externalId, record);
  }

  /** Delivers a higher version of a record. Lines are given as {@link linesOf} makes them. */
  async again(key: string, changed: RecordWish): Promise<void> {
    const { kind, record } = this.#delivered.get(key)!;
    await this.#deliver(kind, key, { ...record, ...changed });
  }

  /** Database id of an order or an entry of a waiting list. */
  async idOf(key: string): Promise<string> {
    const { rows } = await this.db.owner.query<{ id: string }>(
      `SELECT id FROM history.sales_order WHERE institution_id = $1 AND order_number = $2
       UNION ALL SELECT id FROM history.waiting_list_entry WHERE institution_id = $1 AND external_id = $2`,
      [(this.institution ?? this.db.home).id, key],
    );
    return rows[0]!.id;
  }

  async #deliver(kind: string, key: string, record: RecordWish): Promise<string> {
    const version = (this.#delivered.get(key)?.version ?? 0) + 1;
    this.#delivered.set(key, { kind, record, version });
    await ingest(this.db, [{ [kind]: { ...record, version } }], this.institution && { institution: this.institution });
    return key;
  }
}

/** Lines as records have them, numbered in their order. */
export function linesOf(lines: readonly SoldLine[]): RecordWish[] {
  return lines.map(({ product, amount = "0", isForChildren = false, tickets = [] }, index) => ({
    ...{ lineNumber: index + 1, product, amount, quantity: Math.max(1, tickets.length) },
    isChildrenTariff: isForChildren,
    tickets: tickets.map((ticket, place) => ({
      ...{ ticketNumber: place + 1, price: ticket.price ?? "0", state: ticket.state ?? "VALID" },
      ...(ticket.of && { culturalContact: named(ticket.of) }),
      ...(ticket.product && { product: ticket.product }),
    })),
  }));
}
