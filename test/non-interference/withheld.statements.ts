/** SQL that gives what belongs to contacts other values; `$1` is the institution. */
export type Change = readonly string[];

export const column = (table: string, name: string, value: string): Change => [
  `UPDATE ${table} SET ${name} = ${value} WHERE institution_id = $1`,
];
export const contactText = (field: string, name: string): Change => [
  ...column("contacts.contact", name, `'Q' || ${name}`),
  ...auditOf("Contact", field),
  ...checkOf(field),
];

/** What a check has found that it would change in a column of contacts files. */
export function checkOf(field: string): Change {
  return [
    `UPDATE contacts.import_row SET fields = (
       SELECT jsonb_agg(CASE f ->> 'field' WHEN '${field}' THEN f || '{"was": "Q", "became": null}' ELSE f END)
       FROM jsonb_array_elements(fields) f)
     WHERE institution_id = $1 AND fields IS NOT NULL`,
  ];
}

/** The audit of a field tells no more than the field. */
export function auditOf(entity: string, field: string | null, table = "contacts.audit_contact"): Change {
  return [
    `UPDATE ${table} SET old_value = 'Q', new_value = NULL
     WHERE institution_id = $1 AND entity = '${entity}'${field === null ? "" : ` AND field = '${field}'`}`,
  ];
}

export const swapPeople = (table: string, name: string): Change =>
  column(table, name, `CASE ${name} WHEN 11 THEN 16 WHEN 16 THEN 11 ELSE ${name} END`);

export const orderOf = (id: number, name: string, orderedAt: string, purchaser: number) =>
  `INSERT INTO history.sales_order (institution_id, id, organization, order_number, operation_kind, ordered_at,
     purchaser_id, currency, total) VALUES ($1, ${id}, 'OPERA', '${name}', 'SALE', '${orderedAt}', ${purchaser}, 'CHF', 1)`;

export const ticketOf = (id: number, order: string, contact: string) =>
  `INSERT INTO history.ticket (institution_id, id, order_id, line_number, ticket_number, product_id, cultural_contact_id,
     price) VALUES ($1, ${id}, ${order}, 1, ${id}, 1, ${contact}, 3)`;

export const indicators = column("history.contact_indicator", "assiduity", "assiduity + 1");
