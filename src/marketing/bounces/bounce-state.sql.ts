import type { Sql } from "../../platform/database/sql.js";

/** An address of a contact, by its digest. */
export interface AddressOfContact {
  readonly contactId: string;
  readonly digest: Buffer;
}

/** Counts up with each change of the rule below: states that come from another version are worked out anew. */
export const bounceRuleVersion = 1;

/** The longest time between the first and the third of the failures that count as one (5.6): 30 days. */
const streak = "interval '720 hours'";

/** The address that a contact has; null when he has none. */
export interface CurrentAddress {
  readonly contactId: string;
  readonly digest: Buffer | null;
}

/** What an event is by 5.6, from the mildest to the worst. The order also decides between events of one instant. */
const classes = { CLEARED: 0, DELIVERED: 1, AUTOMATIC_REPLY: 2, TEMPORARY: 3, PERMANENT: 4, HARD: 5 } as const;

const classOf = `CASE e.kind
  WHEN 'CLEARED' THEN ${classes.CLEARED} WHEN 'DELIVERED' THEN ${classes.DELIVERED}
  WHEN 'AUTOMATIC_REPLY' THEN ${classes.AUTOMATIC_REPLY}
  ELSE CASE WHEN e.status_code LIKE '5.1.%' OR e.status_code = '5.4.4' THEN ${classes.HARD}
    WHEN e.status_code LIKE '5.%' THEN ${classes.PERMANENT} ELSE ${classes.TEMPORARY} END END`;

const reasonOf = `CASE WHEN class = ${classes.HARD} THEN 'INVALID_ADDRESS' WHEN is_hard THEN 'REPEATED_FAILURE'
  WHEN class = ${classes.PERMANENT} THEN 'PERMANENT_FAILURE' WHEN class = ${classes.TEMPORARY} THEN 'TEMPORARY_FAILURE'
  ELSE 'AUTOMATIC_REPLY' END`;

/**
 * The state of each address in `wanted (contact_id, address_digest)` that follows from all events about it, whatever the
 * order in which they were reported (F12, 5.6). Only what came after an operator cleared the address counts. Hard is what
 * an invalid address answers, and the third permanent failure within 30 days without a sign in between that mail
 * arrives: a delivery, or an automatic reply. Hard stays. Soft is every other bounce that no delivery has followed.
 */
const statesOf = (wanted: string) => `
  events AS (
    SELECT e.contact_id, e.address_digest, e.occurred_at, e.status_code, ${classOf} AS class,
      max(e.occurred_at) FILTER (WHERE e.kind = 'CLEARED') OVER address AS cleared_at
    FROM ${wanted} w
    JOIN marketing.report_event e ON e.institution_id = $1 AND e.contact_id = w.contact_id
      AND e.address_digest = w.address_digest
      AND e.kind IN ('DELIVERED', 'FAILURE', 'AUTOMATIC_REPLY', 'CLEARED')
    WINDOW address AS (PARTITION BY e.contact_id, e.address_digest)),
  counted AS (
    SELECT *,
      max(occurred_at) FILTER (WHERE class = ${classes.DELIVERED}) OVER (PARTITION BY contact_id, address_digest) AS delivered_at,
      count(*) FILTER (WHERE class IN (${classes.DELIVERED}, ${classes.AUTOMATIC_REPLY}))
        OVER (PARTITION BY contact_id, address_digest ORDER BY occurred_at, class) AS arrivals
    FROM events
    WHERE class <> ${classes.CLEARED} AND (cleared_at IS NULL OR occurred_at >= cleared_at)),
  judged AS (
    SELECT *, class = ${classes.HARD} OR (class = ${classes.PERMANENT} AND coalesce(occurred_at - ${streak} <=
      lag(occurred_at, 2) OVER (PARTITION BY contact_id, address_digest, arrivals, class ORDER BY occurred_at), false)) AS is_hard
    FROM counted),
  states AS (
    SELECT DISTINCT ON (contact_id, address_digest) contact_id, address_digest,
      CASE WHEN is_hard THEN 2 ELSE 1 END AS bounce_status, occurred_at AS bounced_at, ${reasonOf} AS reason, status_code
    FROM judged
    WHERE is_hard OR (class > ${classes.DELIVERED} AND (delivered_at IS NULL OR occurred_at >= delivered_at))
    -- of a hard address, what made it so; of a soft one, the latest bounce
    ORDER BY contact_id, address_digest, is_hard DESC, CASE WHEN is_hard THEN occurred_at END, occurred_at DESC, class DESC,
      status_code)`;

/** Works out the state of these addresses from everything reported about them. The contacts are locked. */
export async function settleAddresses(db: Sql, addresses: readonly AddressOfContact[]): Promise<void> {
  await db.query(
    `/* settleAddresses */
     WITH wanted AS (
       SELECT DISTINCT v.id AS contact_id, w.address_digest
       FROM unnest($2::bigint[], $3::bytea[]) AS w (contact_id, address_digest)
       JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = w.contact_id),
     ${statesOf("wanted")},
     gone AS (
       DELETE FROM marketing.address_bounce b USING wanted w
       WHERE b.institution_id = $1 AND b.contact_id = w.contact_id AND b.address_digest = w.address_digest
         -- not NOT EXISTS: the planner would compare each with each
         AND (b.contact_id, b.address_digest) NOT IN (SELECT s.contact_id, s.address_digest FROM states s))
     INSERT INTO marketing.address_bounce AS b
       (institution_id, contact_id, address_digest, bounce_status, bounced_at, reason, status_code)
     SELECT $1, s.contact_id, s.address_digest, s.bounce_status, s.bounced_at, s.reason, s.status_code FROM states s
     ORDER BY s.contact_id, s.address_digest
     ON CONFLICT (institution_id, contact_id, address_digest) DO UPDATE
     SET bounce_status = excluded.bounce_status, bounced_at = excluded.bounced_at, reason = excluded.reason,
       status_code = excluded.status_code
     WHERE b.institution_id = $1 AND (b.bounce_status, b.bounced_at, b.reason, b.status_code)
       IS DISTINCT FROM (excluded.bounce_status, excluded.bounced_at, excluded.reason, excluded.status_code)`,
    [db.institutionId, addresses.map(({ contactId }) => contactId), addresses.map(({ digest }) => digest)],
  );
}

/** A contact's e-mail address of today. */
export interface ReachRow {
  contactId: string;
  email: string | null;
}

/** Those of these contacts of whom some address has bounced, with the address that they have now. */
export async function selectBounced(db: Sql, contactIds: readonly string[]): Promise<ReachRow[]> {
  const { rows } = await db.query<ReachRow>(
    `/* selectBounced */
     SELECT v.id AS "contactId", r.email
     FROM contacts.visible_contact v
     JOIN contacts.visible_reach r ON r.institution_id = $1 AND r.contact_id = v.id
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[]) AND EXISTS (
       SELECT FROM marketing.address_bounce b WHERE b.institution_id = $1 AND b.contact_id = v.id)`,
    [db.institutionId, contactIds],
  );
  return rows;
}

/** Says which address of each of these contacts is the one of today; without a digest, none. */
export async function markCurrent(db: Sql, current: readonly CurrentAddress[]): Promise<void> {
  await db.query(
    `/* markCurrent */
     WITH today AS (
       SELECT v.id AS contact_id, c.address_digest
       FROM unnest($2::bigint[], $3::bytea[]) AS c (contact_id, address_digest)
       JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = c.contact_id)
     UPDATE marketing.address_bounce b
     SET is_current = coalesce(b.address_digest = today.address_digest, false)
     FROM today
     WHERE b.institution_id = $1 AND b.contact_id = today.contact_id
       AND b.is_current <> coalesce(b.address_digest = today.address_digest, false)`,
    [db.institutionId, current.map(({ contactId }) => contactId), current.map(({ digest }) => digest)],
  );
}

/**
 * Takes over the state of the address of today into the rows that gates are decided on.
 * @param isAudited whether what differs stands in the audit. Not where it only follows from another address: who may
 *   change that without seeing the bounce status would learn from the entry that there was one
 */
export async function showBounces(db: Sql, contactIds: readonly string[], isAudited: boolean): Promise<void> {
  await db.query(
    `/* showBounces */
     WITH today AS (
       SELECT v.id AS contact_id, coalesce(b.bounce_status, 0) AS bounce_status
       FROM contacts.visible_contact v
       LEFT JOIN marketing.address_bounce b ON b.institution_id = $1 AND b.contact_id = v.id AND b.is_current
       WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])),
     changed AS (
       UPDATE marketing.contact_marketing m SET bounce_status = today.bounce_status FROM today
       WHERE m.institution_id = $1 AND m.contact_id = today.contact_id AND m.bounce_status <> today.bounce_status
       RETURNING m.contact_id, old.bounce_status AS was, new.bounce_status AS became)
     INSERT INTO marketing.audit_bounce (institution_id, contact_id, old_status, new_status)
     SELECT $1, contact_id, was, became FROM changed WHERE $3::boolean ORDER BY contact_id`,
    [db.institutionId, contactIds, isAudited],
  );
}

/**
 * Notes that an operator says an address takes mails again. Later than all that was reported about it: a sender's clock may
 * be ahead of ours. False when it has no bounce.
 */
export async function insertClearing(db: Sql, { contactId, digest }: AddressOfContact): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* insertClearing */
     INSERT INTO marketing.report_event (institution_id, event_id, contact_id, kind, occurred_at, address_digest)
     SELECT $1, 'clear:' || gen_random_uuid(), v.id, 'CLEARED', greatest(platform.now(), (
       SELECT max(e.occurred_at) + interval '1 microsecond' FROM marketing.report_event e
       WHERE e.institution_id = $1 AND e.contact_id = v.id AND e.address_digest = $3)), $3
     FROM contacts.visible_contact v
     JOIN marketing.address_bounce b ON b.institution_id = $1 AND b.contact_id = v.id AND b.address_digest = $3
     WHERE v.institution_id = $1 AND v.id = $2`,
    [db.institutionId, contactId, digest],
  );
  return rowCount > 0;
}

/** A few contacts of whom something was reported about an address, in the order of their ids, with all those addresses. */
export async function selectReportedAddresses(db: Sql, afterId: string, limit: number): Promise<AddressOfContact[]> {
  const { rows } = await db.query<AddressOfContact>(
    `/* selectReportedAddresses */
     WITH few AS (
       SELECT DISTINCT e.contact_id FROM marketing.report_event e
       JOIN contacts.visible_contact v ON v.institution_id = $1 AND v.id = e.contact_id
       WHERE e.institution_id = $1 AND e.contact_id > $2 AND e.kind IN ('FAILURE', 'AUTOMATIC_REPLY')
       ORDER BY e.contact_id LIMIT $3)
     SELECT DISTINCT e.contact_id AS "contactId", e.address_digest AS digest
     FROM few JOIN marketing.report_event e ON e.institution_id = $1 AND e.contact_id = few.contact_id
     WHERE e.address_digest IS NOT NULL
     ORDER BY 1, 2`,
    [db.institutionId, afterId, limit],
  );
  return rows;
}

/** The version of the rule by which all states of the institution were worked out; null before the first time. */
export async function selectRuleVersion(db: Sql): Promise<number | null> {
  const { rows } = await db.query<{ version: number }>(
    `/* selectRuleVersion */ SELECT r.version FROM marketing.bounce_rule r WHERE r.institution_id = $1`,
    [db.institutionId],
  );
  return rows[0]?.version ?? null;
}

/** Notes that all states of the institution come from the rule of today. */
export async function upsertRuleVersion(db: Sql): Promise<void> {
  await db.query(
    `/* upsertRuleVersion */
     INSERT INTO marketing.bounce_rule (institution_id, version) VALUES ($1, $2)
     ON CONFLICT (institution_id) DO UPDATE SET version = excluded.version, applied_at = excluded.applied_at`,
    [db.institutionId, bounceRuleVersion],
  );
}
