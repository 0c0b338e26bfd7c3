import { refreshesOf, shippedBands } from "./indicator.defaults.js";
import { IndicatorCode } from "./indicator.enums.js";

/*
 * The values of a set of contacts, as parts of one statement. $1 institution. Everything is a function of the records as
 * they stand and of the institution's day: no value depends on an earlier one.
 *
 * Orders with their lines, and tickets with theirs, are read once and kept: to read them again for each indicator cost
 * three times as much. Instants are compared as such: the day of each order, worked out in the institution's time zone,
 * was a fifth of the whole.
 */

const { ASSIDUITY, CHILDREN_PRODUCT, MEMBERSHIP, SML, SEASON_TICKET_HOLDER, SENIORITY } = IndicatorCode;

/** For an indicator, what the organization of `record` set, and its seasons. */
const rulesOf = (code: IndicatorCode, record: string) =>
  `LEFT JOIN rule ON rule.organization = ${record}.organization AND rule.code = '${code}'
   LEFT JOIN house ON house.organization = ${record}.organization`;
const isActive = `coalesce(rule.is_active, true)`;
const isRealTime = (code: IndicatorCode) => `coalesce(rule.refresh, '${refreshesOf[code][0]}') = 'REAL_TIME'`;

/** An organization that refreshes at season change knows no order of the season that is running. */
const isKnown = (code: IndicatorCode, record: string) =>
  `${isActive} AND (${isRealTime(code)} OR ${record}.ordered_at < house.current_starts_at)`;

/** A product is of the season that it names, else of the one that its day is in. */
const isOf = (season: "current" | "previous", day = "product.day") =>
  `(product.season_id = house.${season}_id
    OR (product.season_id IS NULL AND ${day} BETWEEN house.${season}_starts_on AND house.${season}_ends_on))`;

/** An order that stands: its tickets are attended, or intended to be. */
const stands = `o.order_state IN ('ACTIVE', 'CONFIRMED') AS stands`;

const catalogue = `
  clock AS MATERIALIZED (
    SELECT i.time_zone, (platform.now() AT TIME ZONE i.time_zone)::date AS today
    FROM platform.institution i WHERE i.id = $1),
  house AS MATERIALIZED (
    SELECT s.*, s.current_starts_on::timestamp AT TIME ZONE clock.time_zone AS current_starts_at
    FROM history.organization_season s CROSS JOIN clock WHERE s.institution_id = $1),
  rule AS MATERIALIZED (
    SELECT r.organization, r.code, r.is_active, r.refresh FROM history.indicator_setting r WHERE r.institution_id = $1)`;

/** Says of a column with the id of a contact that it is one of the set. */
export type Among = (column: string) => string;

/** The set as a list: $2. */
export const listed: Among = (column) => `${column} = ANY($2::bigint[])`;

/** The set as those behind $2, up to $3. */
export const ranged: Among = (column) => `${column} > $2::bigint AND ${column} <= $3::bigint`;

/** Every line of the contacts' orders; an order without lines is one without a product. */
const bought = (among: Among) => `
  bought AS MATERIALIZED (
    SELECT o.purchaser_id AS contact_id, o.id AS order_id, o.organization, o.operation_kind, ${stands}, o.ordered_at,
      o.currency, line.line_number, line.product_id, line.amount, line.is_children_tariff
    FROM history.sales_order o
    LEFT JOIN history.order_line line ON line.institution_id = $1 AND line.order_id = o.id
    WHERE o.institution_id = $1 AND ${among("o.purchaser_id")})`;

const held = (among: Among) => `
  held AS MATERIALIZED (
    SELECT t.cultural_contact_id AS contact_id, t.order_id, t.line_number, t.product_id,
      t.ticket_state = 'VALID' AS is_valid, o.organization, o.operation_kind, ${stands}, o.ordered_at
    FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
    WHERE t.institution_id = $1 AND ${among("t.cultural_contact_id")})`;

const product = (where: string) => `(
    SELECT p.id, p.season_id, coalesce(p.validity_end, (p.starts_at AT TIME ZONE clock.time_zone)::date) AS day,
      clock.time_zone
    FROM history.product p CROSS JOIN clock WHERE p.institution_id = $1 AND ${where}) product`;

/** Performances of the season that each organization counts, by the products whose tickets are for them. */
const seasonal = `
  seasonal AS MATERIALIZED (
    SELECT house.organization, made.product_id, product.id AS performance_id,
      CASE WHEN ${isRealTime(ASSIDUITY)} THEN 'infinity' ELSE house.current_starts_at END AS known_until
    FROM house
    LEFT JOIN rule ON rule.organization = house.organization AND rule.code = '${ASSIDUITY}'
    JOIN ${product("p.product_kind IN ('PERFORMANCE', 'MATCH', 'EXHIBITION')")}
      ON CASE WHEN ${isRealTime(ASSIDUITY)} THEN ${isOf("current")} ELSE ${isOf("previous")} END
    JOIN (
      SELECT p.id AS product_id, p.id AS performance_id FROM history.product p WHERE p.institution_id = $1
      UNION ALL
      SELECT part.product_id, part.part_id FROM history.product_part part WHERE part.institution_id = $1) made
      ON made.performance_id = product.id
    WHERE ${isActive})`;

/** Different performances of the season, those of passes and season tickets included, that the contact attends. */
const attended = `
  attended AS (
    SELECT held.contact_id, count(DISTINCT seasonal.performance_id)::int AS assiduity
    FROM held
    JOIN seasonal ON seasonal.organization = held.organization AND seasonal.product_id = held.product_id
      AND held.ordered_at < seasonal.known_until
    WHERE held.is_valid AND held.stands AND held.operation_kind IN ('SALE', 'RESERVATION')
    GROUP BY held.contact_id)`;

const withChildren = `
  with_children AS (
    SELECT DISTINCT bought.contact_id
    FROM bought ${rulesOf(CHILDREN_PRODUCT, "bought")}
    WHERE bought.is_children_tariff AND bought.operation_kind IN ('SALE', 'RESERVATION')
      AND ${isKnown(CHILDREN_PRODUCT, "bought")})`;

const members = (among: Among) => `
  member AS (
    SELECT DISTINCT m.contact_id
    FROM history.membership m CROSS JOIN clock ${rulesOf(MEMBERSHIP, "m")}
    JOIN history.product p ON p.institution_id = $1 AND p.id = m.product_id
    LEFT JOIN history.season season ON season.institution_id = $1 AND season.id = p.season_id
    WHERE m.institution_id = $1 AND ${among("m.contact_id")} AND m.membership_state = 'ACTIVE' AND ${isActive}
      AND m.valid_from <= clock.today AND coalesce(m.valid_to, season.ends_on, 'infinity') >= clock.today)`;

/** Who holds a season ticket by name: as the product of the ticket itself, or of its line, which few lines are of. */
const holderBy = (productOf: "held" | "line") => `
    SELECT held.contact_id
    FROM held ${rulesOf(SEASON_TICKET_HOLDER, "held")}
    ${productOf === "held" ? "" : "JOIN history.order_line line ON line.institution_id = $1 AND line.order_id = held.order_id AND line.line_number = held.line_number"}
    JOIN ${product("p.product_kind = 'SEASON_TICKET'")} ON product.id = ${productOf}.product_id
    WHERE held.is_valid AND held.stands AND held.operation_kind = 'SALE' AND ${isKnown(SEASON_TICKET_HOLDER, "held")}
      AND ${isOf("current")}`;

/** Bought, or held by name. Somebody else's name on it changes nothing for who bought it: he may be a stranger to who asks. */
const holders = `
  holder AS (
    SELECT bought.contact_id
    FROM bought ${rulesOf(SEASON_TICKET_HOLDER, "bought")}
    JOIN ${product("p.product_kind = 'SEASON_TICKET'")} ON product.id = bought.product_id
    WHERE bought.operation_kind = 'SALE' AND bought.stands AND ${isKnown(SEASON_TICKET_HOLDER, "bought")}
      AND ${isOf("current")}
      AND coalesce((SELECT bool_or(t.ticket_state = 'VALID') FROM history.ticket t
        WHERE t.institution_id = $1 AND t.order_id = bought.order_id AND t.line_number = bought.line_number), true)
    UNION ${holderBy("held")}
    UNION ${holderBy("line")})`;

/** Of each line: its amount, or what its valid tickets cost when some were given back. Currencies are never added. */
const revenues = `
  revenue AS (
    SELECT contact_id, max(amount) AS amount
    FROM (
      SELECT bought.contact_id, sum(coalesce(kept.amount, bought.amount)) AS amount
      FROM bought ${rulesOf(SML, "bought")}
      JOIN ${product("true")} ON product.id = bought.product_id
      LEFT JOIN LATERAL (
        SELECT coalesce(sum(t.price) FILTER (WHERE t.ticket_state = 'VALID'), 0) AS amount
        FROM history.ticket t
        WHERE t.institution_id = $1 AND t.order_id = bought.order_id AND t.line_number = bought.line_number
        HAVING bool_or(t.ticket_state <> 'VALID')) kept ON true
      WHERE bought.operation_kind = 'SALE' AND bought.stands AND ${isKnown(SML, "bought")}
        AND ${isOf("previous", "coalesce(product.day, (bought.ordered_at AT TIME ZONE product.time_zone)::date)")}
      GROUP BY bought.contact_id, bought.currency) by_currency
    GROUP BY contact_id)`;

/** The first sale, whatever became of it: as for prospects. */
const firstSales = `
  first_sale AS (
    SELECT contact_id, min(ordered_at) AS at
    FROM (
      SELECT contact_id, organization, ordered_at FROM bought WHERE operation_kind = 'SALE'
      UNION ALL
      SELECT contact_id, organization, ordered_at FROM held WHERE operation_kind = 'SALE') sale
    WHERE organization NOT IN (
      SELECT rule.organization FROM rule WHERE rule.code = '${SENIORITY}' AND NOT rule.is_active)
    GROUP BY contact_id)`;

const bands = `
  band AS (
    SELECT shipped.contact_kind, coalesce(own.medium_from, shipped.medium_from) AS medium_from,
      coalesce(own.large_from, shipped.large_from) AS large_from
    FROM (VALUES ${Object.entries(shippedBands)
      .map(([kind, { mediumFrom, largeFrom }]) => `('${kind}', ${mediumFrom}, ${largeFrom})`)
      .join(", ")}) shipped (contact_kind, medium_from, large_from)
    LEFT JOIN history.indicator_band own ON own.institution_id = $1 AND own.contact_kind = shipped.contact_kind)`;

function partsOf(among: Among): string {
  const facts = [catalogue, bought(among), held(among)];
  return [...facts, seasonal, attended, withChildren, members(among), holders, revenues, firstSales, bands].join(",");
}

/** Parts of WITH, the last of which is `computed`: one row for each contact of the set. */
export const computedValues = (among: Among) => `${partsOf(among)},
  computed AS (
    SELECT v.id AS contact_id, coalesce(attended.assiduity, 0) AS assiduity,
      with_children.contact_id IS NOT NULL AS has_children_product,
      member.contact_id IS NOT NULL AS is_member,
      holder.contact_id IS NOT NULL AS is_season_ticket_holder,
      coalesce(revenue.amount, 0) AS revenue,
      CASE WHEN revenue.amount >= band.large_from THEN 'LARGE' WHEN revenue.amount >= band.medium_from THEN 'MEDIUM'
        WHEN revenue.amount > 0 THEN 'SMALL' END AS sml_level,
      (first_sale.at AT TIME ZONE clock.time_zone)::date AS first_sale_on
    FROM contacts.visible_contact v CROSS JOIN clock
    LEFT JOIN attended ON attended.contact_id = v.id
    LEFT JOIN with_children ON with_children.contact_id = v.id
    LEFT JOIN member ON member.contact_id = v.id
    LEFT JOIN holder ON holder.contact_id = v.id
    LEFT JOIN revenue ON revenue.contact_id = v.id
    LEFT JOIN first_sale ON first_sale.contact_id = v.id
    JOIN band ON band.contact_kind = CASE WHEN v.contact_type = 'STRUCTURE' THEN 'COLLECTIVITY'
      WHEN holder.contact_id IS NOT NULL THEN 'SEASON_TICKET_HOLDER' ELSE 'OTHER' END
    WHERE v.institution_id = $1 AND ${among("v.id")})`;
