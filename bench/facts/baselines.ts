/*
 * What one would write by hand for one question about everybody. $1 institution.
 */

/** What one would write by hand for these values alone: no settings, no seasons by name, no passes, no returned lines. */
const worked = `
  WITH season AS (
    SELECT DISTINCT ON (organization) organization, starts_on, ends_on, starts_on - 365 AS previous_starts_on
    FROM history.season WHERE institution_id = $1 AND starts_on <= current_date ORDER BY organization, starts_on DESC),
  bought AS (
    SELECT o.purchaser_id AS id, min(o.ordered_at) AS first_at,
      sum(l.amount) FILTER (WHERE p.validity_end BETWEEN s.previous_starts_on AND s.starts_on) AS revenue
    FROM history.sales_order o
    JOIN history.order_line l ON l.institution_id = $1 AND l.order_id = o.id
    JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id
    JOIN season s ON s.organization = o.organization
    WHERE o.institution_id = $1 AND o.operation_kind = 'SALE' GROUP BY 1),
  held AS (
    SELECT t.cultural_contact_id AS id, min(o.ordered_at) AS first_at, count(DISTINCT t.product_id)
      FILTER (WHERE t.ticket_state = 'VALID' AND p.validity_end BETWEEN s.starts_on AND s.ends_on) AS assiduity
    FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
    JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
    JOIN season s ON s.organization = o.organization
    WHERE t.institution_id = $1 AND t.cultural_contact_id IS NOT NULL AND o.operation_kind IN ('SALE', 'RESERVATION')
    GROUP BY 1),
  everybody AS (
    SELECT c.id, least(b.first_at, h.first_at) AS first_at, h.assiduity, b.revenue
    FROM contacts.contact c
    LEFT JOIN bought b ON b.id = c.id
    LEFT JOIN held h ON h.id = c.id
    WHERE c.institution_id = $1)`;

/** What comes of all of them, and nothing kept. */
export const leanValues = `${worked}
  SELECT json_build_array(count(*), count(first_at), sum(assiduity), sum(revenue)) FROM everybody`;

/** A table like that of the indicators, with its keys. */
export const makeLeanTable = `
  CREATE TABLE public.bench_indicator (LIKE history.contact_indicator INCLUDING ALL);
  ALTER TABLE public.bench_indicator ADD FOREIGN KEY (institution_id, contact_id)
    REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE`;

/** All of them written there. */
export const writeLean = `
  INSERT INTO public.bench_indicator (institution_id, contact_id, assiduity, revenue, first_sale_on, computed_at)
  ${worked}
  SELECT $1, id, coalesce(assiduity, 0), coalesce(revenue, 0), first_at, now() FROM everybody`;

/** One pass over everybody: the contribution of each ticket and line, and the greatest of them. */
export const leanLatest = `
  WITH activity AS (
    SELECT o.purchaser_id AS id, coalesce(p.validity_end, (o.ordered_at AT TIME ZONE 'Europe/Zurich')::date) AS day
    FROM history.sales_order o
    JOIN history.order_line l ON l.institution_id = $1 AND l.order_id = o.id
    JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id
    WHERE o.institution_id = $1
    UNION ALL
    SELECT o.purchaser_id, coalesce(p.validity_end, (o.ordered_at AT TIME ZONE 'Europe/Zurich')::date)
    FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
    JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
    WHERE t.institution_id = $1
    UNION ALL
    SELECT t.cultural_contact_id, coalesce(p.validity_end, (o.ordered_at AT TIME ZONE 'Europe/Zurich')::date)
    FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
    JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
    WHERE t.institution_id = $1 AND t.cultural_contact_id IS NOT NULL)
  SELECT json_build_object('count', count(*), 'latest', max(day))
  FROM (SELECT id, max(day) AS day FROM activity GROUP BY id) latest`;

/**
 * Places by where most contacts come from: a page of 50, with how many places and contacts there are, in one statement.
 * @param active SQL: the ids of those who count; null: everybody
 */
const leanPlaces = (active: string | null) => `
  WITH place AS (
    SELECT a.country, a.postcode, a.town, count(*)::int AS contacts, count(c.anonymized_at)::int AS anonymized
    FROM contacts.contact c
    LEFT JOIN contacts.contact_address a ON a.institution_id = $1 AND a.contact_id = c.id AND a.kind = 'MAIN'
    WHERE c.institution_id = $1${active ? ` AND c.id IN (${active})` : ""}
    GROUP BY a.country, a.postcode, a.town)
  SELECT json_build_object('totalCount', (SELECT count(*) FROM place), 'contactCount', (SELECT sum(contacts) FROM place),
    'nodes', (SELECT json_agg(first) FROM (
      SELECT country, postcode, town, contacts AS "contactCount", anonymized AS "anonymizedCount" FROM place
      ORDER BY contacts DESC, coalesce(country, ''), coalesce(postcode, ''), coalesce(town, '') LIMIT 50) first))`;

export const leanPlacesOfAll = leanPlaces(null);

/** Those who ordered something since $2, or attend something that is valid on a day since then. */
export const leanPlacesOfActive = leanPlaces(`
  SELECT o.purchaser_id FROM history.sales_order o
  WHERE o.institution_id = $1 AND o.ordered_at >= ($2::date)::timestamp AT TIME ZONE 'Europe/Zurich'
  UNION ALL
  SELECT t.cultural_contact_id FROM history.ticket t
  JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
  WHERE t.institution_id = $1 AND t.ticket_state = 'VALID' AND p.validity_end >= $2::date`);
