import { daysAgo, draw } from "./draws.sql.js";

/*
 * What ties contacts to the institution beside their orders, over the contacts and orders that are there already: seasons,
 * memberships, what was sent and what was said.
 */

/** Of the contacts that are being made. */
const isNew = (id: string) => `${id} >= :firstContact::bigint AND ${id} < :firstContact::bigint + :contacts::bigint`;
const newContacts = `c.institution_id = :institution::int AND ${isNew("c.id")}`;

/** From three years ago to the next one, each from September on, where the institution has none of these names. */
const insertSeasons = `/* insertSeasons */
  INSERT INTO history.season (institution_id, organization, code, name, starts_on, ends_on)
  SELECT :institution::int, organization, 'S' || year, year || '/' || year + 1, make_date(year, 9, 1), make_date(year + 1, 8, 31)
  FROM unnest(:organizations::text[]) organization
  CROSS JOIN LATERAL (SELECT extract(year FROM :today::date)::int AS this) now
  CROSS JOIN generate_series(this - 4, this + 1) year
  ON CONFLICT DO NOTHING`;

/** One contact in twelve has been a member, for a year each time; half of them still are. */
const insertMemberships = (membershipProduct: number) => `/* insertMemberships */
  INSERT INTO history.membership (institution_id, organization, external_id, contact_id, product_id, valid_from, valid_to,
    membership_state)
  SELECT :institution::int, (:organizations::text[])[1], 'G' || c.id, c.id, :firstProduct::bigint + ${membershipProduct}, begun,
    begun + 364, CASE WHEN ${draw("c.id", 112)} < 0.03 THEN 'REFUNDED' ELSE 'ACTIVE' END
  FROM contacts.contact c
  CROSS JOIN LATERAL (SELECT ${daysAgo(`${draw("c.id", 113)} * 730`)} AS begun OFFSET 0) drawn
  WHERE ${newContacts} AND ${draw("c.id", 111)} < 0.08`;

/** The campaigns of so many days, one after another. */
const campaigns = 60;
const daysOfCampaigns = 1_095;

const delivery = (row: string) => `
  CROSS JOIN LATERAL (
    SELECT CASE WHEN ${draw(row, 123)} < 0.01 THEN 'FAILED' WHEN ${draw(row, 123)} < 0.04 THEN 'BOUNCED'
        WHEN ${draw(row, 123)} < 0.3 THEN 'SENT' ELSE 'DELIVERED' END AS state,
      ${draw(row, 124)} AS response
    OFFSET 0) delivered`;
const response = `CASE state WHEN 'BOUNCED' THEN CASE WHEN response < 0.6 THEN 'SOFT_BOUNCED' ELSE 'HARD_BOUNCED' END
      WHEN 'DELIVERED' THEN CASE WHEN response < 0.08 THEN 'FOLLOWED' WHEN response < 0.4 THEN 'OPENED' END END`;

const shipmentColumns = `(institution_id, organization, external_id, version, contact_id, shipment_kind, channel, subject,
    recipient, order_id, created_at, sent_at, shipment_state, response_code)`;

/** Six campaigns for each contact on average: few get nearly all of them, many none. By e-mail, else by letter. */
const insertCampaigns = `/* insertCampaigns */
  INSERT INTO history.shipment ${shipmentColumns}
  SELECT :institution::int, (:organizations::text[])[1 + campaign % cardinality(:organizations::text[])], 'GC' || c.id || '-' || campaign, 1, c.id,
    'CAMPAIGN', channel, 'Programme ' || campaign + 1, CASE channel WHEN 'EMAIL' THEN c.email END, NULL, made_at,
    CASE WHEN state <> 'FAILED' THEN made_at + interval '1 minute' END, state, ${response}
  FROM contacts.contact c
  CROSS JOIN LATERAL (
    SELECT floor(power(${draw("c.id", 121)}, 2) * 19)::int AS sent, CASE WHEN c.email IS NULL THEN 'LETTER' ELSE 'EMAIL' END AS channel
    OFFSET 0) drawn
  CROSS JOIN LATERAL generate_series(0, sent - 1) nth
  CROSS JOIN LATERAL (SELECT floor((nth + ${draw("c.id * 64 + nth", 122)} / 2) * ${campaigns} / sent)::int AS campaign OFFSET 0) of_these
  CROSS JOIN LATERAL (
    SELECT ${daysAgo(`(${campaigns} - campaign) * ${daysOfCampaigns} / ${campaigns}`)}::timestamptz + interval '9 hours' AS made_at) dated
  ${delivery("c.id * 64 + nth")}
  WHERE ${newContacts}`;

/** Else the planner takes the contacts and orders of a new institution for none, and reads all of the one for each of the other. */
const analyzeSales = "/* analyzeSales */ ANALYZE contacts.contact, history.sales_order";

/** The tickets of every other sale, sent on the same day; a bill or a quotation now and then. */
const insertMails = (ordersPerContact: number) => `/* insertMails */
  INSERT INTO history.shipment ${shipmentColumns}
  SELECT :institution::int, o.organization, 'GM' || o.id, 1, o.purchaser_id,
    CASE WHEN o.operation_kind <> 'SALE' THEN 'QUOTATION' WHEN ${draw("o.id", 132)} < 0.1 THEN 'INVOICE' ELSE 'TICKETS' END,
    CASE WHEN c.email IS NULL THEN 'LETTER' ELSE 'EMAIL' END, o.order_number, c.email, o.id, o.ordered_at + interval '5 minutes',
    CASE WHEN state <> 'FAILED' THEN o.ordered_at + interval '6 minutes' END, state, ${response}
  FROM history.sales_order o
  JOIN contacts.contact c ON c.institution_id = :institution::int AND c.id = o.purchaser_id
  ${delivery("o.id")}
  WHERE o.institution_id = :institution::int AND o.id >= :firstOrder::bigint AND o.id < :firstOrder::bigint + :contacts::bigint * ${ordersPerContact}
    AND ${draw("o.id", 131)} < 0.5`;

/** One for each shipment that was on its way (F25). */
const insertAutomaticInteractions = `/* insertAutomaticInteractions */
  INSERT INTO history.interaction (institution_id, organization, contact_id, shipment_id, medium, interaction_status,
    occurred_at, created_by)
  SELECT :institution::int, s.organization, s.contact_id, s.id, s.channel,
    CASE s.shipment_kind WHEN 'QUOTATION' THEN 'OPEN' ELSE 'CLOSED' END, s.sent_at, 'system'
  FROM history.shipment s
  WHERE s.institution_id = :institution::int AND ${isNew("s.contact_id")} AND s.shipment_state <> 'FAILED'`;

/** What operators registered (F26): one for every second contact on average, several for few, none for most. */
const insertManualInteractions = `/* insertManualInteractions */
  INSERT INTO history.interaction (institution_id, organization, contact_id, medium, interaction_status, occurred_at,
    description, created_by)
  SELECT :institution::int, (:organizations::text[])[1 + nth % cardinality(:organizations::text[])], c.id,
    (ARRAY['PHONE', 'PHONE', 'PHONE', 'EMAIL', 'VISIT', 'LETTER'])[1 + floor(${draw("c.id * 16 + nth", 142)} * 6)::int],
    (ARRAY['CLOSED', 'CLOSED', 'OPEN', 'ARCHIVED'])[1 + floor(${draw("c.id * 16 + nth", 143)} * 4)::int],
    ${daysAgo(`${draw("c.id * 16 + nth", 144)} * 730`)}::timestamptz + interval '10 hours', 'Asked about the programme', 'op-1001'
  FROM contacts.contact c
  CROSS JOIN LATERAL (SELECT floor(power(${draw("c.id", 141)}, 6) * 7)::int AS said OFFSET 0) drawn
  CROSS JOIN LATERAL generate_series(1, said) nth
  WHERE ${newContacts}`;

interface Sales {
  /** Number of the product that members buy. */
  readonly membershipProduct: number;
  readonly ordersPerContact: number;
}

export const relationStatements = ({ membershipProduct, ordersPerContact }: Sales): readonly string[] => [
  insertSeasons,
  insertMemberships(membershipProduct),
  insertCampaigns,
  analyzeSales,
  insertMails(ordersPerContact),
  insertAutomaticInteractions,
  insertManualInteractions,
];
