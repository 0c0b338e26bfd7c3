import type { Calendar } from "./demo-calendar.js";
import { ids, type PersonRow } from "./demo-people.js";
import type { DemoProduct, Programme } from "./demo-products.js";
import type { Random } from "./demo-random.js";

interface Seat {
  /** Null: nobody by name. */
  readonly attends: number | null;
  readonly state?: "VALID" | "RETURNED" | "CANCELLED";
}

interface Purchase {
  readonly purchaser: number;
  readonly product: DemoProduct;
  readonly seats: readonly Seat[];
  /** Days from today. */
  readonly day: number;
  readonly kind?: "OPTION" | "RESERVATION" | "SALE";
  /** The purchaser when left out. */
  readonly payer?: number;
  readonly remark?: string;
  /** Added on a line of its own. */
  readonly extra?: DemoProduct;
}

const amount = (value: number) => value.toFixed(2);

/** A row, of which others read these columns. */
type Row<Known> = Readonly<Known & Record<string, unknown>>;

/** Orders with lines, tickets and payments, as rows. */
export class Sales {
  readonly orders: Row<{ id: number; purchaser_id: number; ordered_at: string }>[] = [];
  readonly lines: Row<{ order_id: number; product_id: number }>[] = [];
  readonly tickets: Row<{ id: number; order_id: number; cultural_contact_id: number | null }>[] = [];
  readonly payments: object[] = [];

  constructor(
    private readonly random: Random,
    private readonly calendar: Calendar,
  ) {}

  add(purchase: Purchase): void {
    const { purchaser, product, seats, day, kind = "SALE", extra } = purchase;
    const id = this.orders.length + 1;
    const { organization } = product.row;
    const total = product.price * seats.length + (extra?.price ?? 0);
    const orderedAt = this.calendar.instant(
      Math.min(day, 0),
      `${this.random.between(10, 18)}:${this.random.between(10, 59)}`,
    );
    this.orders.push({
      id,
      organization,
      order_number: `${organization.slice(0, 1)}${String(40_000 + id)}`,
      operation_kind: kind,
      ordered_at: orderedAt,
      purchaser_id: purchaser,
      currency: "CHF",
      total: amount(total),
      ip_address: this.random.chance(0.7) ? `203.0.113.${this.random.between(1, 254)}` : null,
      remark: purchase.remark ?? null,
    });
    this.#line(id, 1, product, seats.length);
    for (const [index, seat] of seats.entries()) this.#ticket(id, product, seat, index);
    if (extra) this.#line(id, 2, extra, 1);
    if (kind === "SALE") this.#pay(id, organization, purchase.payer ?? purchaser, orderedAt, total);
    const returned = seats.filter(({ state }) => state === "RETURNED").length;
    if (kind === "SALE" && returned > 0) {
      const refundedAt = this.calendar.instant(Math.min(day + 3, 0), "19:00");
      this.#pay(id, organization, purchase.payer ?? purchaser, refundedAt, -product.price * returned);
    }
  }

  #line(order_id: number, line_number: number, { row, price }: DemoProduct, quantity: number): void {
    this.lines.push({ order_id, line_number, product_id: row.id, quantity, amount: amount(price * quantity) });
  }

  #ticket(order_id: number, { row, price }: DemoProduct, { attends, state = "VALID" }: Seat, index: number): void {
    const hasSeat = row.product_kind === "PERFORMANCE";
    this.tickets.push({
      id: this.tickets.length + 1,
      order_id,
      line_number: 1,
      ticket_number: index + 1,
      product_id: row.id,
      cultural_contact_id: attends,
      ticket_state: state,
      price: amount(price),
      seat: hasSeat ? `${String.fromCharCode(65 + (order_id % 18))}-${(order_id % 25) + 1 + index}` : null,
    });
  }

  #pay(order_id: number, organization: string, payer_id: number, paid_at: string, value: number): void {
    this.payments.push({
      id: this.payments.length + 1,
      organization,
      external_id: `P${50_000 + this.payments.length}`,
      order_id,
      payer_id,
      paid_at,
      payment_method:
        payer_id === ids.school ? "INVOICE" : this.random.pick(["CARD", "CARD", "CARD", "CASH", "TRANSFER"]),
      amount: amount(value),
      currency: "CHF",
    });
  }
}

/** The stories that the README and the tests tell. */
export function stories(sales: Sales, { visit, entry, goods, membership, dated }: Programme): void {
  const upcoming = dated.filter(({ day }) => day !== null && day > 5);
  const past = dated.filter(({ day }) => day !== null && day < -5);
  // F32: the relay books, the school pays, the pupils attend
  sales.add({
    ...{ purchaser: ids.teacher, product: visit, day: -12, payer: ids.school, remark: "Classe 7P, arrivée à 9 h 15" },
    seats: [ids.teacher, ...ids.pupils].map((attends) => ({ attends })),
  });
  // a relay whom few may see, and a gift of someone whom few may see
  sales.add({
    purchaser: ids.otherTeacher,
    product: visit,
    day: -30,
    payer: ids.school,
    seats: [{ attends: ids.pupils[0] }],
  });
  sales.add({ purchaser: ids.confidential, product: upcoming[0]!, day: -8, seats: [{ attends: ids.camille }] });
  sales.add({ purchaser: ids.camille, product: entry, day: -50, seats: [{ attends: ids.camille }], extra: goods });
  sales.add({ purchaser: ids.camille, product: membership, day: -160, seats: [{ attends: ids.camille }] });
  sales.add({ purchaser: ids.anonymized, product: past[0]!, day: -990, seats: [{ attends: ids.anonymized }] });
  for (const [index, product] of [...past.slice(-5), ...upcoming.slice(0, 3)].entries()) {
    const day = product.day! < 0 ? product.day! - 20 : -90 + index * 9;
    sales.add({ purchaser: ids.camille, product, day, seats: [{ attends: ids.camille }, { attends: ids.julien }] });
  }
  sales.add({
    ...{ purchaser: ids.camille, product: upcoming[3]!, day: -6 },
    seats: [{ attends: ids.camille }, { attends: ids.restricted, state: "RETURNED" }],
  });
  sales.add({
    purchaser: ids.camille,
    product: upcoming[4]!,
    day: -1,
    kind: "RESERVATION",
    seats: [{ attends: null }],
  });
}

/** Up to six orders each, of the last three years. */
export function crowdSales(random: Random, sales: Sales, people: readonly PersonRow[], programme: Programme): void {
  const buyers = people.filter(({ id }) => id > ids.couple[0]);
  for (const { id } of buyers) {
    for (let left = random.between(0, 6); left > 0; left--) {
      const product = random.pick(programme.dated);
      const companions = Array.from({ length: random.between(0, 2) }, () => random.pick(buyers).id);
      const seats = [id, ...companions].map(
        (attends): Seat => ({
          attends: random.chance(0.85) ? attends : null,
          state: random.chance(0.93) ? "VALID" : random.pick(["RETURNED", "CANCELLED"]),
        }),
      );
      const kind = random.chance(0.9) ? "SALE" : random.pick(["RESERVATION", "OPTION"] as const);
      const payer = random.chance(0.06) ? ids.foundation : id;
      sales.add({
        purchaser: id,
        product,
        seats,
        kind,
        payer,
        day: Math.min(product.day! - random.between(3, 60), -1),
      });
    }
  }
}
