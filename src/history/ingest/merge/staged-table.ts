/** A value of a row as COPY takes it. */
export type Cell = string | number | null;

/** A table of the module that records are merged into, over a temporary table of the same columns. */
export interface StagedTable {
  /** In schema `history`. */
  readonly name: string;
  /** Column to type: what tells a row from the others, beside the institution. */
  readonly keys: Readonly<Record<string, string>>;
  /** Column to type: what a later version may change. */
  readonly columns: Readonly<Record<string, string>>;
}

export const namesOf = ({ keys, columns }: StagedTable) => [...Object.keys(keys), ...Object.keys(columns)];

const byId = { id: "bigint" };
const external = { organization: "text", external_id: "text", version: "bigint" };

export const seasonTable: StagedTable = {
  name: "season",
  keys: byId,
  columns: { organization: "text", code: "text", version: "bigint", name: "text", starts_on: "date", ends_on: "date" },
};

export const productTable: StagedTable = {
  name: "product",
  keys: byId,
  columns: {
    ...{ organization: "text", code: "text", version: "bigint", name: "text", product_kind: "text" },
    ...{ starts_at: "timestamptz", declared_validity_end: "date", season_id: "bigint" },
  },
};

export const orderTable: StagedTable = {
  name: "sales_order",
  keys: byId,
  columns: {
    ...{ organization: "text", order_number: "text", version: "bigint", operation_kind: "text", order_state: "text" },
    ...{ ordered_at: "timestamptz", purchaser_id: "bigint", payer_id: "bigint", currency: "char(3)" },
    ...{ total: "numeric(12, 2)", ip_address: "inet", remark: "text", cleaned: "boolean" },
  },
};

export const lineTable: StagedTable = {
  name: "order_line",
  keys: { order_id: "bigint", line_number: "smallint" },
  columns: {
    ...{ product_id: "bigint", quantity: "int", amount: "numeric(12, 2)", tariff_code: "text" },
    ...{ is_children_tariff: "boolean" },
  },
};

export const ticketTable: StagedTable = {
  name: "ticket",
  keys: byId,
  columns: {
    ...{ order_id: "bigint", line_number: "smallint", ticket_number: "int", product_id: "bigint" },
    ...{ cultural_contact_id: "bigint", ticket_state: "text", returned_at: "timestamptz", price: "numeric(12, 2)" },
    ...{ seat: "text", cleaned: "boolean" },
  },
};

export const beneficiaryTable: StagedTable = {
  name: "ticket_beneficiary",
  keys: { ticket_id: "bigint" },
  columns: {
    ...{ first_name: "text", last_name: "text", birth_date: "date", email: "text", phone: "text" },
    ...{ country_code: "char(2)" },
  },
};

export const answerTable: StagedTable = {
  name: "ticket_answer",
  keys: { ticket_id: "bigint", question_code: "text" },
  columns: { question_label: "text", question_type: "text", value: "text" },
};

export const paymentTable: StagedTable = {
  name: "payment",
  keys: byId,
  columns: {
    ...external,
    ...{ order_id: "bigint", payer_id: "bigint", paid_at: "timestamptz", payment_method: "text" },
    ...{ amount: "numeric(12, 2)", currency: "char(3)" },
  },
};

export const waitingListTable: StagedTable = {
  name: "waiting_list_entry",
  keys: byId,
  columns: {
    ...external,
    ...{ contact_id: "bigint", product_id: "bigint", quantity: "int", requested_at: "timestamptz" },
    ...{ entry_state: "text" },
  },
};

export const membershipTable: StagedTable = {
  name: "membership",
  keys: byId,
  columns: {
    ...external,
    ...{ contact_id: "bigint", product_id: "bigint", order_id: "bigint", valid_from: "date", valid_to: "date" },
    ...{ membership_state: "text" },
  },
};

export const advantageTable: StagedTable = {
  name: "advantage",
  keys: byId,
  columns: {
    ...external,
    ...{ contact_id: "bigint", code: "text", name: "text", valid_from: "date", valid_to: "date" },
    ...{ advantage_state: "text" },
  },
};

export const shipmentTable: StagedTable = {
  name: "shipment",
  keys: byId,
  columns: {
    ...external,
    ...{ contact_id: "bigint", shipment_kind: "text", channel: "text", subject: "text", recipient: "text" },
    ...{ order_id: "bigint", created_at: "timestamptz", sent_at: "timestamptz", shipment_state: "text" },
    ...{ response_code: "text", cleaned: "boolean" },
  },
};
