/** The whole file of one contact, as an operator opens it (F01): all four subgraphs. */
export const contactFileQuery = `
  query ContactFile($id: ID!, $from: DateTime!, $to: DateTime!) {
    contact(id: $id) {
      id type contactNumber confidentialityLevel isValid version displayName
      title firstName lastName structureName email phone mobile birthDate language referenceCode
      validityEndDate createdAt updatedAt
      addresses { kind street1 street2 street3 postcode town country }
      authorizations { code value }
      bounceStatus
      purchaseHistory(period: {}, first: 20) {
        nodes {
          id orderNumber organization operationKind orderedAt total currency
          lines {
            lineNumber quantity amount
            product { id code name kind startsAt validityEndDate }
            tickets { id state price seat culturalContact { id } }
          }
        }
      }
      financialHistory(period: {}, first: 20) { nodes { id organization paidAt method amount currency } }
      shipments(period: {}, first: 20) {
        organization
        nodes { id organization kind channel subject recipient createdAt sentAt state responseCode }
      }
      interactions(period: {}, first: 20) {
        organization
        nodes {
          id organization origin medium status occurredAt description createdBy version
          shipment { id kind subject state }
        }
      }
      indicators { code label value level levelLabel }
      audit(from: $from, to: $to, first: 50) {
        nodes { id at actor actorKind source entity key field oldValue newValue }
      }
    }
  }`;

/** Whose rows the histories hold: the contact's own and, of a structure, those of its relays (F33). */
const owners = `(
  SELECT c.id UNION ALL
  SELECT r.id FROM contacts.contact_connection l
  JOIN contacts.contact r ON r.institution_id = $1 AND r.id = l.from_contact_id AND r.anonymized_at IS NULL
  WHERE l.institution_id = $1 AND l.to_contact_id = c.id AND l.connection_type = 'RELAY_OF'
    AND c.contact_type = 'STRUCTURE') owner`;

/**
 * What is open between the contact and each organization, by his orders and by what was paid on account: those who owe,
 * and those who are owed. An order is its payer's, else its purchaser's.
 */
const balance = `
  SELECT bool_or(amount > 0) AS owes, bool_or(amount < 0) AS "isOwed" FROM (
    SELECT sum(amount) AS amount FROM (
      SELECT o.organization, o.currency, entry.amount
      FROM history.sales_order o
      CROSS JOIN LATERAL (
        SELECT CASE WHEN o.operation_kind = 'OPTION' OR o.order_state IN ('EXPIRED', 'CANCELLED') THEN 0 ELSE o.total END
        UNION ALL
        SELECT -p.amount FROM history.payment p
        JOIN contacts.contact who ON who.institution_id = $1 AND who.id = p.payer_id
        WHERE p.institution_id = $1 AND p.order_id = o.id) entry (amount)
      WHERE o.institution_id = $1 AND (o.payer_id = c.id OR (o.purchaser_id = c.id AND NOT EXISTS (
        SELECT FROM contacts.contact payer WHERE payer.institution_id = $1 AND payer.id = o.payer_id)))
      UNION ALL
      SELECT p.organization, p.currency, -p.amount FROM history.payment p
      WHERE p.institution_id = $1 AND p.payer_id = c.id AND p.order_id IS NULL) entries
    GROUP BY organization, currency) accounts`;

/**
 * The same values by one statement. $1 institution, $2 contact, $3 and $4 the time frame of the audit, $5 the organization
 * whose shipments and interactions are shown beside the institution's own. What the policies do not hide of
 * a visible contact (a cultural contact or a connection out of sight) is hidden here as well.
 */
export const contactFileStatement = `/* contactFile */
  SELECT row_to_json(file) FROM (
    SELECT c.id, c.contact_type AS "type", c.contact_number AS "contactNumber",
      c.confidentiality_level AS "confidentialityLevel",
      c.validity_end_date IS NULL OR c.validity_end_date >= platform.today() AS "isValid", c.version, c.title,
      c.first_name AS "firstName", c.last_name AS "lastName", c.structure_name AS "structureName", c.email, c.phone,
      c.mobile, c.birth_date AS "birthDate", c.language, c.reference_code AS "referenceCode",
      c.validity_end_date AS "validityEndDate", c.created_at AS "createdAt", c.updated_at AS "updatedAt",
      m.bounce_status AS "bounceStatus",
      ARRAY[m.institution_email, m.third_party_transfer, m.partner_communication, m.email, m.sms, m.phone, m.letter]
        AS authorizations,
      (SELECT json_agg(a ORDER BY array_position(ARRAY['MAIN', 'DELIVERY', 'INVOICE'], a.kind)) FROM (
        SELECT kind, street1, street2, street3, postcode, town, country FROM contacts.contact_address
        WHERE institution_id = $1 AND contact_id = c.id) a) AS addresses,
      (SELECT json_agg(o) FROM (
        SELECT o.id, o.order_number AS "orderNumber", o.organization, o.operation_kind AS "operationKind",
          o.ordered_at AS "orderedAt", o.total::text, o.currency,
          (SELECT json_agg(l ORDER BY l."lineNumber") FROM (
            SELECT l.line_number AS "lineNumber", l.quantity, l.amount::text, p.id AS "productId", p.code, p.name,
              p.product_kind AS kind, p.starts_at AS "startsAt", p.validity_end AS "validityEndDate",
              (SELECT json_agg(t ORDER BY t.id) FROM (
                SELECT t.id, t.ticket_state AS state, t.price::text, t.seat, cultural.id AS "culturalContactId"
                FROM history.ticket t
                LEFT JOIN contacts.contact cultural
                  ON cultural.institution_id = $1 AND cultural.id = t.cultural_contact_id
                WHERE t.institution_id = $1 AND t.order_id = o.id AND t.line_number = l.line_number) t) AS tickets
            FROM history.order_line l
            JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id
            WHERE l.institution_id = $1 AND l.order_id = o.id) l) AS lines
        FROM ${owners} CROSS JOIN LATERAL (
          SELECT * FROM history.sales_order o
          WHERE o.institution_id = $1 AND o.purchaser_id = owner.id
          ORDER BY o.ordered_at DESC, o.id DESC LIMIT 20) o
        ORDER BY o.ordered_at DESC, o.id DESC LIMIT 20) o) AS orders,
      (SELECT json_agg(p) FROM (
        SELECT p.id, p.organization, p.paid_at AS "paidAt", p.payment_method AS method, p.amount::text, p.currency
        FROM ${owners} CROSS JOIN LATERAL (
          SELECT * FROM history.payment p
          WHERE p.institution_id = $1 AND p.payer_id = owner.id
          ORDER BY p.paid_at DESC, p.id DESC LIMIT 20) p
        ORDER BY p.paid_at DESC, p.id DESC LIMIT 20) p) AS payments,
      (SELECT json_agg(s) FROM (
        SELECT s.id, s.organization, s.shipment_kind AS kind, s.channel, s.subject, s.recipient,
          s.created_at AS "createdAt", s.current_sent_at AS "sentAt", s.current_state AS state,
          s.current_code AS "responseCode"
        FROM ${owners} CROSS JOIN LATERAL (
          SELECT * FROM history.shipment s
          WHERE s.institution_id = $1 AND s.contact_id = owner.id AND (s.organization IS NULL OR s.organization = $5)
          ORDER BY s.created_at DESC, s.id DESC LIMIT 20) s
        ORDER BY s.created_at DESC, s.id DESC LIMIT 20) s) AS shipments,
      (SELECT json_agg(i) FROM (
        SELECT i.id, i.organization, i.medium, i.interaction_status AS status, i.occurred_at AS "occurredAt",
          i.description, i.created_by AS "createdBy", i.version,
          (SELECT row_to_json(s) FROM (
            SELECT s.id, s.shipment_kind AS kind, s.subject, s.current_state AS state FROM history.shipment s
            WHERE s.institution_id = $1 AND s.id = i.shipment_id) s) AS shipment
        FROM ${owners} CROSS JOIN LATERAL (
          SELECT * FROM history.interaction i
          WHERE i.institution_id = $1 AND i.contact_id = owner.id AND (i.organization IS NULL OR i.organization = $5)
          ORDER BY i.occurred_at DESC, i.id DESC LIMIT 20) i
        ORDER BY i.occurred_at DESC, i.id DESC LIMIT 20) i) AS interactions,
      (SELECT row_to_json(n) FROM (
        SELECT n.assiduity, n.has_children_product AS "hasChildrenProduct", n.is_member AS "isMember", n.revenue::text,
          n.is_season_ticket_holder AS "isSeasonTicketHolder", n.sml_level AS "smlLevel",
          coalesce(extract(year FROM age(platform.today(), n.first_sale_on)), 0) AS seniority, balance.*
        FROM (SELECT) one LEFT JOIN history.contact_indicator n ON n.institution_id = $1 AND n.contact_id = c.id
        CROSS JOIN (${balance}) balance) n) AS indicators,
      (SELECT json_agg(e) FROM (
        SELECT e.id, e.module, e.at, e.actor, e.actor_kind AS "actorKind", e.source, e.entity, e.key, e.field,
          e.old_value AS "oldValue", e.new_value AS "newValue"
        FROM privacy.audit_entry e
        WHERE e.institution_id = $1 AND e.contact_id = c.id AND e.at >= $3 AND e.at <= $4
          AND (e.entity <> 'Connection' OR (SELECT true FROM contacts.contact far
            WHERE far.institution_id = $1 AND far.id = CASE WHEN e.entity = 'Connection' THEN e.key::bigint END))
        ORDER BY e.at DESC, e.module DESC, e.id DESC LIMIT 50) e) AS audit
    FROM contacts.contact c
    JOIN marketing.contact_marketing m ON m.institution_id = $1 AND m.contact_id = c.id
    WHERE c.institution_id = $1 AND c.id = $2) file`;
