import type pg from "pg";
import { daysAgo, draw, pick } from "./draws.sql.js";
import { relationStatements } from "./generator-relations.sql.js";

/*
 * A million contacts and what belongs to them, as set-based statements over one numbered series each. Chance is a hash
 * of the row's number and the seed: the same call gives the same data, and each statement can work out again what
 * another one drew. Parameters have names, as `:name`.
 */

const yearsOfOrders = 3;
const span = yearsOfOrders * 365;
const ahead = 180;
/** Dated products; behind them stand the goods, and last the membership. */
const datedProducts = 600;
const goods = 5;
export const productCount = datedProducts + goods + 1;
export const ordersPerContact = 4;

/** Every fiftieth is a structure, the one behind it its relay. */
const insertContacts = `/* insertContacts */
  INSERT INTO contacts.contact (institution_id, id, contact_number, contact_type, confidentiality_level, title,
    first_name, last_name, structure_name, email, phone, mobile, phone_key, mobile_key, birth_date, language,
    reference_code, validity_end_date, created_at, updated_at)
  SELECT :institution::int, :firstContact::bigint + i, lpad((:firstNumber::bigint + i)::text, 8, '0'),
    CASE WHEN is_structure THEN 'STRUCTURE' ELSE 'INDIVIDUAL' END,
    CASE WHEN ${draw("i", 1)} < 0.01 THEN 2 WHEN ${draw("i", 1)} < 0.04 THEN 1 ELSE 0 END,
    CASE WHEN is_structure THEN NULL WHEN ${draw("i", 2)} < 0.5 THEN 'MRS' ELSE 'MR' END,
    CASE WHEN NOT is_structure THEN first_name END,
    CASE WHEN NOT is_structure THEN last_name END,
    CASE WHEN is_structure THEN ${pick(":structureKinds", "i", 3)} || ' ' || last_name END,
    -- some couples share an address
    CASE WHEN ${draw("i / 2", 5)} < 0.02 THEN 'couple' || i / 2 || '@mail.example' WHEN ${draw("i", 4)} < 0.75
      THEN lower(public.unaccent(replace(left(first_name, 1) || '.' || last_name, ' ', ''))) || i || '@mail.example' END,
    '+' || phone_digits, '+' || mobile_digits, reverse(phone_digits), reverse(mobile_digits),
    CASE WHEN NOT is_structure AND ${draw("i", 10)} < 0.7 THEN ${daysAgo(`6500 + ${draw("i", 11)} * 25000`)} END,
    (ARRAY['fr', 'fr', 'fr', 'de', 'de', 'en', 'es', 'it'])[1 + floor(${draw("i", 12)} * 8)::int],
    CASE WHEN ${draw("i", 13)} < 0.3 THEN lpad(floor(${draw("i", 14)} * 1e8)::int::text, 8, '0') END,
    CASE WHEN ${draw("i", 15)} < 0.03 THEN ${daysAgo(`1 + ${draw("i", 16)} * 900`)}
      WHEN ${draw("i", 15)} < 0.04 THEN ${daysAgo(`-${draw("i", 16)} * 400`)} END,
    made_at, made_at
  FROM generate_series(0, :contacts::bigint - 1) i
  CROSS JOIN LATERAL (
    SELECT i % 50 = 0 AS is_structure, ${pick(":firstNames", "i", 17, 1.5)} AS first_name,
      CASE WHEN ${draw("i", 18)} < 0.6 THEN ${pick(":lastNames", "i", 19, 2)}
        ELSE ${pick(":surnameStems", "i", 20)} || ${pick(":surnameEndings", "i", 21)} END AS last_name,
      CASE WHEN ${draw("i", 6)} < 0.3 THEN '4121' || lpad(floor(${draw("i", 7)} * 1e7)::int::text, 7, '0') END AS phone_digits,
      CASE WHEN i % 50 <> 0 AND ${draw("i", 8)} < 0.6
        THEN '4179' || lpad(floor(${draw("i", 9)} * 1e7)::int::text, 7, '0') END AS mobile_digits,
      ${daysAgo(`${draw("i", 22)} * 3000`)}::timestamptz AS made_at
    OFFSET 0) drawn`;

const insertWords = `/* insertWords */
  INSERT INTO contacts.contact_word (institution_id, contact_id, word)
  SELECT :institution::int, c.id, word FROM contacts.contact c
  CROSS JOIN LATERAL contacts.name_words(c.first_name, c.last_name, c.structure_name) AS word
  WHERE c.institution_id = :institution::int AND c.id >= :firstContact::bigint AND c.id < :firstContact::bigint + :contacts::bigint`;

const insertAddresses = `/* insertAddresses */
  INSERT INTO contacts.contact_address (institution_id, contact_id, kind, street1, postcode, town, country)
  SELECT :institution::int, :firstContact::bigint + i, kind, ${pick(":streets", "i + k", 31)} || ' ' || (1 + floor(${draw("i + k", 32)} * 90))::int,
    split_part(place, '|', 1), split_part(place, '|', 2), split_part(place, '|', 3)
  FROM generate_series(0, :contacts::bigint - 1) i
  CROSS JOIN (VALUES ('MAIN', 0, 0.95), ('DELIVERY', 500000000, 0.1), ('INVOICE', 1000000000, 0.05)) v (kind, k, share)
  CROSS JOIN LATERAL (SELECT ${pick(":places", "i + k", 33, 1.5)} AS place OFFSET 0) drawn
  WHERE ${draw("i + k", 34)} < share`;

const insertRoles = `/* insertRoles */
  INSERT INTO contacts.contact_role (institution_id, contact_id, role)
  SELECT :institution::int, :firstContact::bigint + i, CASE WHEN i % 50 = 1 THEN 'RELAY' WHEN ${draw("i", 41)} < 0.01 THEN 'PARTNER' ELSE 'PUBLIC' END
  FROM generate_series(0, :contacts::bigint - 1) i`;

const insertConnections = `/* insertConnections */
  INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id, created_at)
  SELECT :institution::int, 'RELAY_OF', :firstContact::bigint + i, :firstContact::bigint + i - 1, :today::date
  FROM generate_series(1, :contacts::bigint - 1, 50) i`;

/** Two criteria, where the institution has none of these names. */
const insertCriteria = `/* insertCriteria */
  WITH defined AS (
    INSERT INTO contacts.criterion (institution_id, code, label_en, kind, position)
    VALUES (:institution::int, 'INTEREST', 'Interests', 'MULTI_LIST', 1), (:institution::int, 'AGEGRP', 'Age group', 'LIST', 2)
    ON CONFLICT DO NOTHING RETURNING id, code)
  INSERT INTO contacts.criterion_value (institution_id, criterion_id, internal_code, label_en, position)
  SELECT :institution::int, defined.id, v.code, v.label, v.place
  FROM defined JOIN (VALUES ('INTEREST', 'OPERA', 'Opera', 1), ('INTEREST', 'BALLET', 'Ballet', 2),
    ('AGEGRP', 'A18', '18 to 25', 1), ('AGEGRP', 'A26', '26 and over', 2)) v (criterion, code, label, place)
    ON v.criterion = defined.code`;

/** Two rows for each contact on average: most have one interest, some two or none, and most an age group. */
const insertContactCriteria = `/* insertContactCriteria */
  INSERT INTO contacts.contact_criterion (institution_id, contact_id, criterion_id, value_code)
  SELECT :institution::int, :firstContact::bigint + i, d.id, v.code
  FROM generate_series(0, :contacts::bigint - 1) i
  CROSS JOIN (VALUES ('INTEREST', 'OPERA', 0, 0.7), ('INTEREST', 'BALLET', 500000000, 0.4),
    ('AGEGRP', 'A18', 1000000000, 0.25), ('AGEGRP', 'A26', 1000000000, 0.9)) v (criterion, code, k, share)
  JOIN contacts.criterion d ON d.institution_id = :institution::int AND d.code = v.criterion
  WHERE ${draw("i + k", 36)} < share AND (v.code <> 'A26' OR ${draw("i + k", 36)} >= 0.25)
    AND (v.criterion <> 'AGEGRP' OR i % 50 <> 0)
  ORDER BY i, d.id, v.code`;

const authorization = (question: number) =>
  `CASE WHEN ${draw("c.id", question)} < 0.45 THEN true WHEN ${draw("c.id", question)} < 0.6 THEN false END`;

/** The copies are taken from the contacts. */
const insertMarketing = `/* insertMarketing */
  INSERT INTO marketing.contact_marketing (institution_id, contact_id, contact_type, confidentiality_level,
    validity_end_date, anonymized_at, has_email, has_mobile, has_phone, has_postal_address, email_hash,
    institution_email, third_party_transfer, partner_communication, email, sms, phone, letter, bounce_status)
  SELECT :institution::int, c.id, c.contact_type, c.confidentiality_level, c.validity_end_date, c.anonymized_at,
    c.email IS NOT NULL, c.mobile IS NOT NULL, coalesce(c.phone, c.mobile) IS NOT NULL,
    EXISTS (SELECT FROM contacts.contact_address a WHERE a.institution_id = :institution::int AND a.contact_id = c.id),
    platform.address_hash(c.email_key),
    ${[51, 52, 53, 54, 55, 56, 57].map((question) => `CASE WHEN c.contact_type = 'INDIVIDUAL' THEN ${authorization(question)} END`).join(",\n    ")},
    CASE WHEN c.email IS NULL OR ${draw("c.id", 58)} >= 0.035 THEN 0 WHEN ${draw("c.id", 58)} < 0.015 THEN 2 ELSE 1 END
  FROM contacts.contact c
  WHERE c.institution_id = :institution::int AND c.id >= :firstContact::bigint AND c.id < :firstContact::bigint + :contacts::bigint`;

const insertProducts = `/* insertProducts */
  INSERT INTO history.product (institution_id, id, organization, code, name, product_kind, starts_at, validity_end,
    declared_validity_end)
  SELECT :institution::int, :firstProduct::bigint + p, ${pick(":organizations", "p", 61)}, 'G' || (:firstProduct::bigint + p),
    replace(initcap(kind), '_', ' ') || ' ' || (:firstProduct::bigint + p), kind,
    CASE WHEN kind IN ('PERFORMANCE', 'MATCH') THEN (day + time '19:30') AT TIME ZONE 'Europe/Zurich' END,
    CASE WHEN p < ${datedProducts} THEN day END, CASE WHEN p < ${datedProducts} THEN day END
  FROM generate_series(0, ${productCount} - 1) p
  CROSS JOIN LATERAL (
    SELECT CASE WHEN p = ${productCount} - 1 THEN 'MEMBERSHIP' WHEN p >= ${datedProducts} THEN 'GOODS'
        WHEN p % 20 = 19 THEN 'SEASON_TICKET' WHEN p % 10 = 9 THEN 'PASS' WHEN p % 10 = 7 THEN 'EXHIBITION'
        WHEN p % 10 = 3 THEN 'MATCH' ELSE 'PERFORMANCE' END AS kind,
      :today::date - ${span} + (p * ${span + ahead} / ${datedProducts})::int AS day) drawn`;

/** Order number j of the series, as every statement works it out. Few contacts order much, many little. */
const order = `
  generate_series(0, :contacts::bigint * ${ordersPerContact} - 1) j
  CROSS JOIN LATERAL (
    SELECT :firstContact::bigint + (floor(:contacts::bigint * power(${draw("j", 71)}, 2))::bigint * 7919 + 13) % :contacts::bigint AS purchaser_id,
      j * ${span}.0::float8 / (:contacts::bigint * ${ordersPerContact}) AS day,
      CASE WHEN ${draw("j", 72)} < 0.8 THEN 1 WHEN ${draw("j", 72)} < 0.95 THEN 2 ELSE 3 END AS quantity,
      CASE WHEN ${draw("j", 73)} < 0.94 THEN 'SALE' WHEN ${draw("j", 73)} < 0.98 THEN 'RESERVATION' ELSE 'OPTION' END AS kind,
      ${draw("j", 74)} < 0.05 AS has_goods
    OFFSET 0) drawn
  CROSS JOIN LATERAL (
    SELECT (:today::date - ${span})::timestamptz + day * interval '1 day' AS ordered_at,
      least(${datedProducts} - 1, floor((day + ${draw("j", 75)} * 90) * ${datedProducts} / ${span + ahead})::int) AS product
    OFFSET 0) dated
  CROSS JOIN LATERAL (SELECT (20 + product % 20 * 5)::numeric(12, 2) AS price) priced`;

const insertOrders = `/* insertOrders */
  INSERT INTO history.sales_order (institution_id, id, organization, order_number, operation_kind, ordered_at,
    purchaser_id, currency, total, ip_address, remark)
  SELECT :institution::int, :firstOrder::bigint + j, ${pick(":organizations", "product", 61)}, 'G' || (:firstOrder::bigint + j), kind, ordered_at, purchaser_id,
    'CHF', price * quantity + CASE WHEN has_goods THEN 25 ELSE 0 END,
    CASE WHEN ${draw("j", 76)} < 0.6 THEN ('198.51.100.' || floor(${draw("j", 77)} * 256)::int)::inet END,
    CASE WHEN ${draw("j", 78)} < 0.01 THEN 'Tickets wait at the box office' END
  FROM ${order}`;

const insertOrderLines = `/* insertOrderLines */
  INSERT INTO history.order_line (institution_id, order_id, line_number, product_id, quantity, amount, is_children_tariff)
  SELECT :institution::int, :firstOrder::bigint + j, line, :firstProduct::bigint + CASE line WHEN 1 THEN product ELSE ${datedProducts} + j % ${goods} END,
    CASE line WHEN 1 THEN quantity ELSE 1 END, CASE line WHEN 1 THEN price * quantity ELSE 25 END,
    line = 1 AND ${draw("j", 79)} < 0.05
  FROM ${order}
  CROSS JOIN LATERAL generate_series(1, CASE WHEN has_goods THEN 2 ELSE 1 END) line`;

/** The first ticket is mostly the purchaser's own, the others are for anybody or for nobody by name. */
const insertTickets = `/* insertTickets */
  INSERT INTO history.ticket (institution_id, order_id, line_number, ticket_number, product_id, cultural_contact_id,
    ticket_state, price, seat)
  SELECT :institution::int, :firstOrder::bigint + j, 1, number, :firstProduct::bigint + product,
    CASE WHEN number = 1 AND ${draw("j", 81)} < 0.8 THEN purchaser_id
      WHEN ${draw("j * 4 + number", 82)} < 0.7 THEN :firstContact::bigint + floor(:contacts::bigint * ${draw("j * 4 + number", 83)})::bigint END,
    CASE WHEN ${draw("j * 4 + number", 84)} < 0.95 THEN 'VALID' WHEN ${draw("j * 4 + number", 84)} < 0.98 THEN 'RETURNED'
      ELSE 'CANCELLED' END,
    price, CASE WHEN product % 10 NOT IN (7, 9) THEN chr(65 + (j % 20)::int) || '-' || (1 + floor(${draw("j * 4 + number", 85)} * 40))::int END
  FROM ${order}
  CROSS JOIN LATERAL generate_series(1, quantity) number`;

/** One for each order that is no option, by the purchaser or another; some are refunded. */
const insertPayments = `/* insertPayments */
  INSERT INTO history.payment (institution_id, organization, external_id, order_id, payer_id, paid_at, payment_method,
    amount, currency)
  SELECT :institution::int, ${pick(":organizations", "product", 61)}, 'G' || (:firstOrder::bigint + j) || '-' || number, :firstOrder::bigint + j,
    CASE WHEN ${draw("j", 91)} < 0.93 THEN purchaser_id
      ELSE :firstContact::bigint + floor(:contacts::bigint * ${draw("j", 92)})::bigint END,
    ordered_at + number * interval '3 minutes',
    (ARRAY['CARD', 'CARD', 'CARD', 'CARD', 'CASH', 'TRANSFER', 'VOUCHER', 'INVOICE'])[1 + floor(${draw("j", 93)} * 8)::int],
    (price * quantity + CASE WHEN has_goods THEN 25 ELSE 0 END) * CASE number WHEN 1 THEN 1 ELSE -1 END, 'CHF'
  FROM ${order}
  CROSS JOIN LATERAL generate_series(1, CASE WHEN ${draw("j", 94)} < 0.04 THEN 2 ELSE 1 END) number
  WHERE kind <> 'OPTION'`;

const bits = (value: boolean) =>
  ["institution_email", "third_party_transfer", "partner_communication", "email", "sms", "phone", "letter"]
    .map((column, index) => `CASE WHEN ${value ? "" : "NOT "}m.${column} THEN ${1 << index} ELSE 0 END`)
    .join(" | ");

/** A change of every contact in the last year, and how he came to what he authorizes: the ledger replayed gives the row. */
const insertAudit = `/* insertAudit */
  WITH authorizations AS (
    INSERT INTO marketing.authorization_change (institution_id, contact_id, at, actor, actor_kind, source, was_true, was_false,
      is_true, is_false)
    SELECT :institution::int, said.contact_id, ${daysAgo(`${draw("said.contact_id", 101)} * 360`)}::timestamptz, 'op-1002', 'OPERATOR',
      'OPERATOR', 0, 0, said.yes, said.no
    FROM (SELECT m.contact_id, ${bits(true)} AS yes, ${bits(false)} AS no FROM marketing.contact_marketing m
      WHERE m.institution_id = :institution::int AND m.contact_id >= :firstContact::bigint
        AND m.contact_id < :firstContact::bigint + :contacts::bigint) said
    WHERE said.yes + said.no > 0)
  INSERT INTO contacts.audit_contact (institution_id, contact_id, at, actor, actor_kind, source, entity, field, old_value, new_value)
  SELECT :institution::int, :firstContact::bigint + i, ${daysAgo(`${draw("i", 102)} * 360`)}::timestamptz, 'op-1001', 'OPERATOR', 'OPERATOR',
    'Contact', 'language', 'de', 'fr'
  FROM generate_series(0, :contacts::bigint - 1) i`;

/** In an order in which each finds what it needs. */
export const statements: readonly string[] = [
  insertContacts,
  insertWords,
  insertAddresses,
  insertRoles,
  insertConnections,
  insertCriteria,
  insertContactCriteria,
  insertMarketing,
  insertAudit,
  insertProducts,
  insertOrders,
  insertOrderLines,
  insertTickets,
  insertPayments,
  ...relationStatements({ membershipProduct: productCount - 1, ordersPerContact }),
];

/** Null when there is none. */
export async function selectInstitutionToFill(
  owner: pg.ClientBase,
  institutionId: number,
): Promise<{ timeZone: string; organizations: string[] } | null> {
  const { rows } = await owner.query<{ timeZone: string; organizations: string[] }>(
    `/* selectInstitutionToFill */
     SELECT i.time_zone AS "timeZone", array(SELECT o.code FROM platform.organization o
       WHERE o.institution_id = $1 ORDER BY o.code) AS organizations
     FROM platform.institution i WHERE i.id = $1`,
    [institutionId],
  );
  return rows[0] ?? null;
}
