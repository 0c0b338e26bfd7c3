import type { Choice } from "./history.sql.js";

type Values = readonly string[] | null;

/** Which orders a purchase history shows; what is left out, any. */
export interface PurchaseWish {
  readonly organizations?: Values;
  readonly operationKinds?: Values;
  readonly states?: Values;
  readonly productKinds?: Values;
}

/** Which tickets a cultural history shows. */
export interface CulturalWish {
  readonly states?: Values;
  readonly organizations?: Values;
  readonly productKinds?: Values;
}

/** Which payments a financial history shows. */
export interface FinancialWish {
  readonly organizations?: Values;
  readonly methods?: Values;
}

/** A wish for one of some values of a column. */
export function oneOf(
  name: string,
  values: readonly string[] | null | undefined,
  column: string,
  ...gives: readonly string[]
): Choice {
  return { name, values, gives, condition: (parameter) => `${column} = ANY(${parameter})` };
}

/** Of order `o`. */
export const purchaseChoices = (filter: PurchaseWish = {}): Choice[] => [
  oneOf("organizations", filter.organizations, "o.organization", "Order.organization"),
  oneOf("operationKinds", filter.operationKinds, "o.operation_kind", "Order.operationKind"),
  oneOf("states", filter.states, "o.order_state", "Order.state"),
  {
    name: "productKinds",
    values: filter.productKinds,
    gives: ["Order.lines", "OrderLine.product", "Product.kind"],
    // a scalar sub-select: an EXISTS could be hashed, and read the lines of the whole institution
    condition: (parameter) => `(
      SELECT true FROM history.order_line l
      JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id AND p.product_kind = ANY(${parameter})
      WHERE l.institution_id = $1 AND l.order_id = o.id LIMIT 1)`,
  },
];

/** Of ticket `t` with product `p`. Only valid ones, unless others are asked for. */
export const culturalChoices = (filter: CulturalWish = {}): Choice[] => [
  oneOf("states", filter.states ?? ["VALID"], "t.ticket_state", "Ticket.state"),
  oneOf("organizations", filter.organizations, "p.organization", "Product.organization", "Ticket.product"),
  oneOf("productKinds", filter.productKinds, "p.product_kind", "Product.kind", "Ticket.product"),
];

/** Of payment `p`. */
export const financialChoices = (filter: FinancialWish = {}): Choice[] => [
  oneOf("organizations", filter.organizations, "p.organization", "Payment.organization"),
  oneOf("methods", filter.methods, "p.payment_method", "Payment.method"),
];
