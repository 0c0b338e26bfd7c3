import type { TestDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";

type Row = Record<string, unknown>;

/** All that is stored of an institution's histories, without ids: contacts by their numbers, orders by theirs. */
export async function storedHistory({ owner }: TestDatabase, { id }: TestInstitution) {
  const rows = async (query: string): Promise<Row[]> => (await owner.query(query, [id])).rows;
  const number = (column: string) =>
    `(SELECT contact_number FROM contacts.contact c WHERE c.institution_id = $1 AND c.id = ${column})`;
  const code = (column: string) =>
    `(SELECT code FROM history.product p WHERE p.institution_id = $1 AND p.id = ${column})`;
  const order = (column: string) =>
    `(SELECT order_number FROM history.sales_order o WHERE o.institution_id = $1 AND o.id = ${column})`;
  const plain = (table: string, ...without: string[]) =>
    `to_jsonb(${table}) - '{${["id", "institution_id", ...without].join(",")}}'::text[]`;
  const belonging = (table: string, contact = "contact_id") =>
    rows(`SELECT ${plain("t", contact, "product_id", "order_id")} AS row, ${number(`t.${contact}`)} AS contact,
      ${table === "advantage" || table === "shipment" || table === "payment" ? "NULL" : code("t.product_id")} AS product
      FROM history.${table} t WHERE t.institution_id = $1 ORDER BY external_id`);
  return {
    seasons: await rows(`SELECT ${plain("t")} AS row FROM history.season t WHERE t.institution_id = $1 ORDER BY code`),
    products: await rows(`SELECT ${plain("t", "season_id")} AS row,
      array(SELECT ${code("l.part_id")} AS part FROM history.product_part l
        WHERE l.institution_id = $1 AND l.product_id = t.id ORDER BY part) AS parts
      FROM history.product t WHERE t.institution_id = $1 ORDER BY code`),
    orders: (await rows(`SELECT t.order_number AS number, ${plain("t", "purchaser_id", "payer_id")} AS row,
      ${number("t.purchaser_id")} AS purchaser, ${number("t.payer_id")} AS payer,
      array(SELECT ${plain("l", "order_id", "product_id")} || jsonb_build_object('product', ${code("l.product_id")})
        FROM history.order_line l WHERE l.institution_id = $1 AND l.order_id = t.id ORDER BY line_number) AS lines,
      array(SELECT ${plain("k", "order_id", "product_id", "cultural_contact_id")}
          || jsonb_build_object('product', ${code("k.product_id")}, 'contact', ${number("k.cultural_contact_id")},
            'beneficiary', (SELECT ${plain("b", "ticket_id")} FROM history.ticket_beneficiary b
              WHERE b.institution_id = $1 AND b.ticket_id = k.id),
            'answers', (SELECT jsonb_agg(${plain("a", "ticket_id")} ORDER BY question_code) FROM history.ticket_answer a
              WHERE a.institution_id = $1 AND a.ticket_id = k.id))
        FROM history.ticket k WHERE k.institution_id = $1 AND k.order_id = t.id
        ORDER BY line_number, ticket_number) AS tickets
      FROM history.sales_order t WHERE t.institution_id = $1 ORDER BY order_number`)) as {
      number: string;
      lines: Row[];
      tickets: Row[];
    }[],
    payments: await rows(`SELECT ${plain("t", "payer_id", "order_id")} AS row, ${number("t.payer_id")} AS payer,
      ${order("t.order_id")} AS number FROM history.payment t WHERE t.institution_id = $1 ORDER BY external_id`),
    waiting: await belonging("waiting_list_entry"),
    memberships: await belonging("membership"),
    advantages: await belonging("advantage"),
    shipments: await belonging("shipment"),
  };
}
