/** What one would write by hand for one institution, as superuser: nothing judged, nothing resumed, no role, no policy. */

const zone = "Europe/Zurich";
const day = (product: string, order: string) =>
  `coalesce(${product}.validity_end, (${product}.starts_at AT TIME ZONE '${zone}')::date, (${order}.ordered_at AT TIME ZONE '${zone}')::date)`;

export const rawTables = `
  DROP TABLE IF EXISTS bench_recency, bench_item;
  CREATE TABLE bench_recency (contact_id bigint PRIMARY KEY, day date NOT NULL, computed_at timestamptz NOT NULL);
  CREATE TABLE bench_item (contact_id bigint PRIMARY KEY, day date NOT NULL, outcome text NOT NULL)`;

/** The latest day of everybody, kept. */
export const rawRecency = `
  WITH activity AS (
    SELECT o.purchaser_id AS id, ${day("p", "o")} AS day
    FROM history.sales_order o
    LEFT JOIN history.order_line l ON l.institution_id = $1 AND l.order_id = o.id
    LEFT JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id
    WHERE o.institution_id = $1
    UNION ALL
    SELECT o.purchaser_id, ${day("p", "o")}
    FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
    JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
    WHERE t.institution_id = $1
    UNION ALL
    SELECT t.cultural_contact_id, ${day("p", "o")}
    FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
    JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
    WHERE t.institution_id = $1 AND t.cultural_contact_id IS NOT NULL
    UNION ALL
    SELECT contact_id, (requested_at AT TIME ZONE '${zone}')::date FROM history.waiting_list_entry WHERE institution_id = $1
    UNION ALL SELECT contact_id, day FROM contacts.activity WHERE institution_id = $1
    UNION ALL SELECT contact_id, day FROM marketing.activity WHERE institution_id = $1
    UNION ALL
    SELECT contact_id, (at AT TIME ZONE '${zone}')::date FROM marketing.authorization_change
    WHERE institution_id = $1 AND is_true > 0),
  latest AS (SELECT id, max(day) AS day FROM activity GROUP BY id)
  INSERT INTO bench_recency
  SELECT c.id, coalesce(l.day, (c.created_at AT TIME ZONE '${zone}')::date), now()
  FROM contacts.contact c LEFT JOIN latest l ON l.id = c.id
  WHERE c.institution_id = $1 AND c.contact_type = 'INDIVIDUAL' AND c.anonymized_at IS NULL
    AND NOT EXISTS (SELECT FROM contacts.contact_role r WHERE r.institution_id = $1 AND r.contact_id = c.id
      AND r.role NOT IN ('PUBLIC', 'RELAY', 'MEMBER', 'SUBSIDIARY'))`;

/** What is to become of each of them. */
export const rawItems = `
  WITH due AS (SELECT contact_id AS id, day FROM bench_recency WHERE day <= $2),
  owed AS (
    SELECT id FROM (
      SELECT coalesce(payer_id, purchaser_id) AS id, organization, currency, total AS amount FROM history.sales_order
      WHERE institution_id = $1 AND operation_kind <> 'OPTION' AND order_state NOT IN ('EXPIRED', 'CANCELLED')
      UNION ALL
      SELECT coalesce(o.payer_id, o.purchaser_id, p.payer_id), p.organization, p.currency, -p.amount
      FROM history.payment p LEFT JOIN history.sales_order o ON o.institution_id = $1 AND o.id = p.order_id
      WHERE p.institution_id = $1) entry
    WHERE id IN (SELECT id FROM due) GROUP BY id, organization, currency HAVING sum(amount) <> 0),
  customer AS (
    SELECT purchaser_id AS id FROM history.sales_order WHERE institution_id = $1 AND operation_kind = 'SALE'
    UNION SELECT t.cultural_contact_id FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id AND o.operation_kind = 'SALE'
    WHERE t.institution_id = $1
    UNION SELECT payer_id FROM history.payment WHERE institution_id = $1)
  INSERT INTO bench_item
  SELECT r.contact_id, r.day, CASE WHEN r.day > $2 THEN 'KEPT_ACTIVE' WHEN o.id IS NOT NULL THEN 'EXCLUDED'
    WHEN k.id IS NULL THEN 'DELETE' ELSE 'ANONYMIZE' END
  FROM bench_recency r
  LEFT JOIN (SELECT DISTINCT id FROM owed) o ON o.id = r.contact_id
  LEFT JOIN customer k ON k.id = r.contact_id`;

const ofPersons = (column = "contact_id") => `institution_id = $1 AND ${column} = ANY($2::bigint[])`;

/** Erases contacts who stay as shells: one statement for each table that the product's map names for what the data have. */
export const rawErasure: readonly string[] = [
  `SELECT FROM contacts.contact WHERE ${ofPersons("id")} ORDER BY id FOR UPDATE`,
  `UPDATE contacts.contact SET title = NULL, first_name = NULL, last_name = 'XXXXXXXX', email = NULL, phone = NULL,
     mobile = NULL, phone_key = NULL, mobile_key = NULL, birth_date = NULL, language = NULL, reference_code = NULL,
     remark = NULL, disability_type = NULL, blocked_since = NULL, blocked_reason = NULL, validity_end_date = current_date - 1,
     anonymized_at = now(), updated_at = now(), version = version + 1 WHERE ${ofPersons("id")}`,
  `UPDATE contacts.contact_address SET street1 = NULL, street2 = NULL, street3 = NULL WHERE ${ofPersons()}`,
  `DELETE FROM contacts.contact_word WHERE ${ofPersons()}`,
  `DELETE FROM contacts.contact_criterion WHERE ${ofPersons()}`,
  `DELETE FROM contacts.activity WHERE ${ofPersons()}`,
  `DELETE FROM contacts.contact_connection WHERE ${ofPersons("from_contact_id")} OR ${ofPersons("to_contact_id")}`,
  `UPDATE contacts.audit_contact SET old_value = NULL, new_value = NULL WHERE ${ofPersons()}`,
  `INSERT INTO contacts.audit_contact (institution_id, contact_id, actor, actor_kind, source, entity, field)
     SELECT $1, id, 'bench', 'OPERATOR', 'BATCH', 'Contact', 'anonymizedAt' FROM unnest($2::bigint[]) id`,
  `UPDATE marketing.contact_marketing SET institution_email = NULL, third_party_transfer = NULL,
     partner_communication = NULL, email = NULL, sms = NULL, phone = NULL, letter = NULL, has_email = false,
     has_mobile = false, has_phone = false, anonymized_at = now() WHERE ${ofPersons()}`,
  `UPDATE marketing.authorization_change SET changed = (was_true # is_true) | (was_false # is_false), was_true = NULL,
     was_false = NULL, is_true = NULL, is_false = NULL, wording_versions = NULL, wording_locales = NULL
     WHERE ${ofPersons()} AND changed IS NULL`,
  `DELETE FROM marketing.activity WHERE ${ofPersons()}`,
  `UPDATE history.shipment SET recipient = NULL, subject = NULL, cleaned = true WHERE ${ofPersons()}`,
  `UPDATE history.interaction SET description = NULL WHERE ${ofPersons()}`,
  `DELETE FROM history.waiting_list_entry WHERE ${ofPersons()}`,
  `UPDATE history.sales_order SET ip_address = NULL, remark = NULL, cleaned = true WHERE ${ofPersons("purchaser_id")}`,
  `UPDATE history.ticket_beneficiary b SET first_name = NULL, last_name = NULL, birth_date = NULL, email = NULL, phone = NULL
     FROM history.ticket t WHERE t.institution_id = $1 AND t.cultural_contact_id = ANY($2::bigint[])
       AND b.institution_id = $1 AND b.ticket_id = t.id`,
  `DELETE FROM history.ticket_answer a USING history.ticket t WHERE t.institution_id = $1
     AND t.cultural_contact_id = ANY($2::bigint[]) AND a.institution_id = $1 AND a.ticket_id = t.id`,
  `UPDATE history.ticket SET cleaned = true WHERE ${ofPersons("cultural_contact_id")}`,
  `DELETE FROM history.contact_indicator WHERE ${ofPersons()}`,
];

/** The clean-up of everybody's old tickets, which is part of a run. */
export const rawCleanUp: readonly string[] = [
  `CREATE TEMP TABLE old_ticket AS
     SELECT t.id, t.order_id FROM history.ticket t
     JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
     JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
     WHERE t.institution_id = $1 AND ${day("p", "o")} < $2`,
  `UPDATE history.ticket_beneficiary b SET first_name = NULL, last_name = NULL, birth_date = NULL, email = NULL, phone = NULL
     FROM old_ticket WHERE b.institution_id = $1 AND b.ticket_id = old_ticket.id AND $2::date IS NOT NULL
       AND num_nonnulls(b.first_name, b.last_name, b.birth_date, b.email, b.phone) > 0`,
  `DELETE FROM history.ticket_answer a USING old_ticket WHERE a.institution_id = $1 AND a.ticket_id = old_ticket.id
     AND a.question_type IN ('ADDRESS', 'EMAIL') AND $2::date IS NOT NULL`,
  `UPDATE history.sales_order o SET ip_address = NULL WHERE o.institution_id = $1 AND o.ip_address IS NOT NULL
     AND (o.ordered_at AT TIME ZONE '${zone}')::date < $2
     AND NOT EXISTS (SELECT FROM history.ticket t WHERE t.institution_id = $1 AND t.order_id = o.id
       AND t.id NOT IN (SELECT id FROM old_ticket))`,
];
