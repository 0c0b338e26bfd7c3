import { type ExecutionResult, graphql } from "graphql";
import type pg from "pg";
import { historyModule } from "../../src/history/index.js";
import type { OperationContext } from "../../src/platform/context.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import type { SubgraphSchema } from "../../src/platform/graphql/subgraph-schema.js";
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
}

export interface TicketWish {
  readonly culturalContact?: TestContact;
  /** That of the line when left out. */
  readonly product?: TestRow;
  /** VALID when left out. */
  readonly state?: string;
  readonly price?: string;
  readonly seat?: string;
}

export interface LineWish {
  /** An undated one of its own when left out. */
  readonly product?: TestRow;
  readonly quantity?: number;
  readonly amount?: string;
  readonly tickets?: readonly TicketWish[];
}

export interface OrderWish {
  readonly institution?: TestInstitution;
  readonly organization?: string;
  readonly orderNumber?: string;
  /** SALE when left out. */
  readonly operationKind?: string;
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
    `INSERT INTO history.product (institution_id, organization, code, name, product_kind, starts_at, validity_end)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [
      (wish.institution ?? place.home).id,
      wish.organization ?? "OPERA",
      code,
      wish.name ?? `Product ${code}`,
      wish.kind ?? "PERFORMANCE",
      wish.startsAt,
      wish.validityEnd,
    ],
  );
  return rowOf("Product", rows[0]!.id);
}

/** An order with its lines and tickets. The tickets' ids are in the order in which they were wished for. */
export async function insertOrder(
  place: Place,
  purchaser: TestContact,
  wish: OrderWish = {},
): Promise<TestRow & { tickets: TestRow[] }> {
  const institution = wish.institution ?? place.home;
  const { rows } = await place.owner.query<{ id: string }>(
    `INSERT INTO history.sales_order (institution_id, organization, order_number, operation_kind, ordered_at,
       purchaser_id, currency, total, ip_address, remark)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      institution.id,
      wish.organization ?? "OPERA",
      wish.orderNumber ?? `N${++codes}`,
      wish.operationKind ?? "SALE",
      wish.orderedAt ?? "2026-03-01T12:00:00Z",
      purchaser.id,
      wish.currency ?? "CHF",
      wish.total ?? "0.00",
      wish.ipAddress,
      wish.remark,
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
  { product: wished, quantity, amount = "0.00", tickets = [] }: LineWish,
): Promise<TestRow[]> {
  const product = wished ?? (await insertProduct(place, { institution }));
  await place.owner.query(
    `INSERT INTO history.order_line (institution_id, order_id, line_number, product_id, quantity, amount)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [institution.id, order.id, lineNumber, product.id, quantity ?? Math.max(tickets.length, 1), amount],
  );
  const inserted: TestRow[] = [];
  for (const [index, ticket] of tickets.entries()) {
    const { rows } = await place.owner.query<{ id: string }>(
      `INSERT INTO history.ticket (institution_id, order_id, line_number, ticket_number, product_id,
         cultural_contact_id, ticket_state, price, seat)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
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
      ],
    );
    inserted.push(rowOf("Ticket", rows[0]!.id));
  }
  return inserted;
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

/** A list as the subgraph answers it, as far as it was selected. */
export interface ListAnswer {
  readonly nodes: Record<string, unknown>[];
  readonly totalCount: number;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface ContactAnswer {
  readonly id: string;
  readonly purchaseHistory: ListAnswer | null;
  readonly culturalHistory: ListAnswer | null;
  readonly financialHistory: ListAnswer | null;
}

const variableTypes = { first: "Int! = 20", after: "String", period: "PeriodInput", states: "[TicketState!]" };

let built: Promise<SubgraphSchema> | undefined;

/** Asks the history subgraph as a gateway does: contacts by their key, with `fields` of each. */
export async function askHistory(
  context: OperationContext,
  contacts: readonly { readonly opaqueId: unknown }[],
  fields: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<ExecutionResult<{ _entities: (ContactAnswer | null)[] }>> {
  built ??= historyModule.buildSubgraph();
  const { schema } = await built;
  const declared = Object.entries(variableTypes).flatMap(([name, type]) =>
    fields.includes(`$${name}`) ? [`$${name}: ${type}`] : [],
  );
  const source = `query (${["$contacts: [_Any!]!", ...declared].join(", ")}) {
    _entities(representations: $contacts) { ... on Contact { ${fields} } }
  }`;
  const representations = contacts.map(({ opaqueId }) => ({ __typename: "Contact", id: opaqueId }));
  const answer = await graphql({
    schema,
    source,
    contextValue: context,
    variableValues: { ...variables, contacts: representations },
  });
  return answer as unknown as ExecutionResult<{ _entities: (ContactAnswer | null)[] }>;
}

/** As {@link askHistory}, of one contact whom the caller may see, and without errors. */
export async function readHistory(
  context: OperationContext,
  contact: { readonly opaqueId: string },
  fields: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<ContactAnswer> {
  const { data, errors } = await askHistory(context, [contact], fields, variables);
  const [answer] = data?._entities ?? [];
  if (errors || !answer) throw new Error(`no answer: ${errors?.map(({ message }) => message).join("; ")}`);
  return plain(answer);
}

/** Without the prototypes that graphql-js leaves out of its answers. */
export function plain<Value>(answer: Value): Value {
  return JSON.parse(JSON.stringify(answer)) as Value;
}
