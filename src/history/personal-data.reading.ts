/** SQL that a subject export reads rows `t` of histories by; $1 is the institution. */

/** Their product, by its name and code. */
export const product =
  "(SELECT p.name || ' (' || p.code || ')' FROM history.product p WHERE p.institution_id = $1 AND p.id = t.product_id)";

/** Their order, by its number. */
export const orderNumber =
  "(SELECT o.order_number FROM history.sales_order o WHERE o.institution_id = $1 AND o.id = t.order_id)";

/** Their ticket, by its product and its number. */
export const ticket = `(SELECT p.name || ' – ' || k.ticket_number FROM history.ticket k
  JOIN history.product p ON p.institution_id = $1 AND p.id = k.product_id
  WHERE k.institution_id = $1 AND k.id = t.ticket_id)`;
