import type { Row, Rows } from "./rows.js";
import type { Side } from "./world.js";

/** How one side has its contacts. */
interface View {
  readonly side: Side;
  isHere(contactId: number): boolean;
  isHidden(contactId: number): boolean;
}

/** Orders with lines, tickets and payments. Each names its people, any of whom may be hidden. */
const products: readonly Row[] = [
  product(1, "SALOME", "Salome", "PERFORMANCE", "2026-05-02T18:00:00Z", "2026-05-02"),
  product(2, "SALOME-B", "Salome, balcony", "PERFORMANCE", "2026-05-02T18:00:00Z", "2026-05-02"),
  product(3, "PASS", "Season pass", "PASS", null, "2026-06-30"),
  product(4, "MUG", "Mug", "GOODS", null, null),
];

function product(id: number, code: string, name: string, product_kind: string, starts_at: unknown, end: unknown): Row {
  return { id, organization: "OPERA", code, name, product_kind, starts_at, validity_end: end };
}

interface Sale {
  readonly id: number;
  readonly purchaser: number;
  readonly payer?: number;
  readonly orderedAt: string;
  readonly only?: Side;
  readonly tickets: readonly { readonly id: number; readonly of: number | null; readonly state?: string }[];
}

const sales: readonly Sale[] = [
  // everybody is known but two who attend
  sale(1, 11, "2026-02-01T10:00:00Z", [
    [1, 11],
    [2, 102],
    [3, 16],
    [4, 101],
    [5, null],
  ]),
  // a stranger buys for those who are known
  sale(2, 102, "2026-02-02T11:00:00Z", [
    [6, 11],
    [7, 104],
    [8, 17],
  ]),
  sale(3, 104, "2026-02-03T12:00:00Z", [[9, 104]]),
  sale(4, 13, "2026-02-04T13:00:00Z", [
    [10, 12],
    [11, 106],
  ]),
  sale(5, 16, "2025-12-05T14:00:00Z", [
    [12, 11],
    [13, 16],
  ]),
  sale(6, 101, "2026-02-05T15:00:00Z", [[14, 102]], "A"),
  sale(7, 103, "2026-02-06T16:00:00Z", [[15, 103]], "B"),
  sale(8, 11, "2020-01-01T08:00:00Z", [[16, 11]]),
];

function sale(
  id: number,
  purchaser: number,
  orderedAt: string,
  tickets: readonly (readonly [number, number | null])[],
  only?: Side,
): Sale {
  const states = ["VALID", "VALID", "RETURNED", "CANCELLED", "VALID"];
  return {
    id,
    purchaser,
    orderedAt,
    only,
    tickets: tickets.map(([each, of], index) => ({ id: each, of, state: states[index] })),
  };
}

interface Paid {
  readonly id: number;
  readonly payer: number;
  readonly sale: number | null;
  readonly only?: Side;
}

const payments: readonly Paid[] = [
  { id: 1, payer: 11, sale: 1 },
  { id: 2, payer: 102, sale: 1 },
  { id: 3, payer: 11, sale: 2 },
  { id: 4, payer: 13, sale: 4 },
  { id: 5, payer: 101, sale: 4, only: "A" },
  { id: 6, payer: 16, sale: 3 },
  { id: 7, payer: 104, sale: null },
  { id: 8, payer: 11, sale: null },
  { id: 9, payer: 103, sale: 5, only: "B" },
];

/** Who is to pay for an order, where that is not who made it. */
const payers: Readonly<Record<number, number>> = { 1: 102, 4: 12, 5: 13, 6: 101 };

/** Orders with what hangs on them, as one side has them. An order is seen by whoever sees one of its people. */
export function salesOf(view: View): Rows {
  const { side } = view;
  const isHere = ({ only = side }: { readonly only?: Side }) => only === side;
  const here = sales.filter(isHere).map((each) => ({ ...each, isElse: side === "B" && !isSeen(view, each) }));
  return [
    [
      "history.season",
      [{ id: 1, organization: "OPERA", code: "S1", name: "Season", starts_on: "2025-09-01", ends_on: "2026-08-31" }],
    ],
    ["history.product", products.map((each) => ({ ...each, season_id: each.id === 4 ? null : 1 }))],
    ["history.product_part", [1, 2].map((part_id) => ({ product_id: 3, part_id }))],
    ["history.sales_order", here.map((each) => orderOf(view, each))],
    ["history.order_line", here.flatMap(linesOf)],
    ["history.ticket", here.flatMap((each) => each.tickets.map((ticket) => ticketOf(view, each, ticket)))],
    ...holdersOf(view, here),
    ["history.payment", payments.filter(isHere).map((each) => paymentOf(view, each))],
    ...holdingsOf(view),
  ];
}

/** What contacts wait for and hold; strangers have something else on side B. */
function holdingsOf({ side, isHere, isHidden }: View): Rows {
  const rows = [11, 102, 12, 16, 103, 101].filter(isHere).map((contact_id) => {
    const isElse = side === "B" && isHidden(contact_id);
    const common = {
      id: contact_id,
      organization: isElse ? "BALLET" : "OPERA",
      external_id: `H${contact_id}`,
      contact_id,
    };
    return { isElse, common };
  });
  return [
    [
      "history.waiting_list_entry",
      rows.map(({ common, isElse }) => ({
        ...{ ...common, product_id: 1, quantity: isElse ? 9 : 2, requested_at: "2026-02-11T10:00:00Z" },
        entry_state: isElse ? "CANCELLED" : "WAITING",
      })),
    ],
    [
      "history.membership",
      rows.map(({ common, isElse }) => ({
        ...{ ...common, product_id: 3, order_id: isElse ? null : 1, membership_state: isElse ? "CANCELLED" : "ACTIVE" },
        ...{ valid_from: "2026-01-01", valid_to: "2026-12-31" },
      })),
    ],
    [
      "history.advantage",
      rows.map(({ common, isElse }) => ({
        ...{ ...common, code: isElse ? "ELSE" : "TEN", name: "Ten percent", valid_from: "2026-01-01" },
        ...{ valid_to: "2026-12-31", advantage_state: isElse ? "REVOKED" : "ASSIGNED" },
      })),
    ],
  ];
}

type SaleHere = Sale & { readonly isElse: boolean };

function isSeen({ isHidden }: View, { id, purchaser, tickets }: Sale): boolean {
  const paid = payments.flatMap(({ sale, payer }) => (sale === id ? [payer] : []));
  const people = [purchaser, payers[id] ?? null, ...tickets.map(({ of }) => of), ...paid];
  return people.some((each) => each !== null && !isHidden(each));
}

/** Somebody on a row: on side B, nobody in the place of a stranger where the row is seen. */
function named({ side, isHere, isHidden }: View, id: number | null | undefined, isRowSeen: boolean): number | null {
  if (id == null || !isHere(id)) return null;
  return side === "B" && isRowSeen && isHidden(id) ? null : id;
}

function orderOf(view: View, { id, purchaser, orderedAt, isElse }: SaleHere): Row {
  return {
    ...{ id, order_number: `${isElse ? "X" : "N"}-${id}`, ordered_at: isElse ? "2026-02-02T12:34:56Z" : orderedAt },
    organization: isElse ? "BALLET" : "OPERA",
    operation_kind: isElse ? "OPTION" : "SALE",
    order_state: isElse ? "EXPIRED" : "ACTIVE",
    purchaser_id: named(view, purchaser, !isElse),
    payer_id: named(view, payers[id], !isElse),
    currency: isElse ? "EUR" : "CHF",
    total: isElse ? "999.00" : "120.50",
    ip_address: isElse ? "192.0.2.99" : "192.0.2.1",
    remark: isElse ? "else" : "at the window",
  };
}

function linesOf({ id, isElse }: SaleHere): Row[] {
  const amount = isElse ? "77.00" : "60.25";
  return [1, 3, 4].map((product_id, index) => ({
    ...{ order_id: id, line_number: index + 1, product_id, quantity: 2, amount },
    ...{ tariff_code: isElse ? "ELSE" : "FULL", is_children_tariff: isElse },
  }));
}

function ticketOf(
  view: View,
  { id: order_id, isElse }: SaleHere,
  { id, of, state = "VALID" }: Sale["tickets"][number],
) {
  return {
    ...{ id, order_id, line_number: 1 + (id % 2), ticket_number: id, product_id: 1 + (id % 3) },
    cultural_contact_id: named(view, of, !isElse),
    ticket_state: isElse ? "VALID" : state,
    returned_at: !isElse && state === "RETURNED" ? "2026-02-20T10:00:00Z" : null,
    price: isElse ? "1.00" : "60.00",
    seat: isElse ? "Z99" : `A${id}`,
  };
}

/** What was typed in is about whoever attends, else about whoever ordered: of strangers, one side has none. */
function holdersOf({ side, isHidden }: View, here: readonly SaleHere[]): Rows {
  const held = here.flatMap(({ purchaser, tickets }) =>
    tickets.filter(({ of }) => side === "A" || !isHidden(of ?? purchaser)).map(({ id }) => id),
  );
  return [
    [
      "history.ticket_beneficiary",
      held.map((ticket_id) => ({
        ...{ ticket_id, first_name: "Lea", last_name: `Holder${ticket_id}`, birth_date: "1990-01-01" },
        ...{ email: `holder${ticket_id}@example.org`, phone: "+41 21 555 77 77", country_code: "CH" },
      })),
    ],
    [
      "history.ticket_answer",
      held.map((ticket_id) => ({
        ...{ ticket_id, question_code: "SIZE", question_label: "Which size?", question_type: "TEXT" },
        value: `size ${ticket_id}`,
      })),
    ],
  ];
}

function paymentOf({ side, isHidden }: View, { id, payer, sale }: Paid): Row {
  const isElse = side === "B" && isHidden(payer);
  return {
    ...{ id, organization: "OPERA", external_id: `E${id}`, payer_id: payer, payment_method: "CARD", currency: "CHF" },
    // what a stranger paid for, nobody sees
    order_id: isElse ? null : sale,
    paid_at: isElse ? "2026-02-09T09:00:00Z" : `2026-02-0${(id % 8) + 1}T09:00:00Z`,
    amount: isElse ? "5.00" : "50.00",
  };
}
