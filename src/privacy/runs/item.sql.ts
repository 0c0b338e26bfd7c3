import type { Sql } from "../../platform/database/sql.js";

/** What becomes of a contact, as codes: two for who owes one organization and is owed by another. */
export type ItemOutcome =
  | "KEPT_ACTIVE"
  | "EXCLUDED_HOLD"
  | "EXCLUDED_DEBTOR"
  | "EXCLUDED_CREDITOR"
  | "DELETE"
  | "ANONYMIZE"
  | "NOT_AS_PLANNED";

/**
 * Of the contacts behind one, up to another, those who would be inactive by what is kept, or of whom nothing is kept
 * (domain 4.3, steps 1 to 4; 4.4): their recency is to be worked out.
 * @param run whose cutoffs count: the later one for all, each own where customers and prospects differ
 */
export async function selectDue(db: Sql, runId: string, after: string, upTo: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectDue */
     SELECT r.contact_id AS id
     FROM contacts.retainable_contact r
     JOIN privacy.anonymization_run run ON run.institution_id = $1 AND run.id = $2
     LEFT JOIN privacy.gdpr_recency g ON g.institution_id = $1 AND g.contact_id = r.contact_id
     WHERE r.institution_id = $1 AND r.contact_id > $3 AND r.contact_id <= $4
       AND (g.day IS NULL OR g.day <= least(run.customer_cutoff, run.prospect_cutoff)
         OR g.day <= greatest(run.customer_cutoff, run.prospect_cutoff)
           AND g.day <= CASE WHEN EXISTS (SELECT FROM history.visible_customer k
             WHERE k.institution_id = $1 AND k.contact_id = r.contact_id)
             THEN run.customer_cutoff ELSE run.prospect_cutoff END)
     ORDER BY r.contact_id`,
    [db.institutionId, runId, after, upTo],
  );
  return rows.map(({ id }) => id);
}

/**
 * Of each contact in `retention_found`, what the run in $3 does with him: steps 5 to 8. What is known of him is put together
 * by grouping, not by joins: PostgreSQL takes the balances of the contacts in $2 for few, and would compare each with each.
 */
const evaluated = `
  known AS (
    SELECT f.contact_id, f.contact_number, f.is_blocked, f.day, f.kind, f.organization, f.record_id, f.is_customer,
      f.last_product_day, h.contact_id IS NOT NULL AS is_held, NULL::boolean AS owes, NULL::boolean AS is_owed,
      NULL::jsonb AS balance, NULL::text AS planned
    FROM retention_found f
    LEFT JOIN privacy.retention_hold h ON h.institution_id = $1 AND h.contact_id = f.contact_id
      AND (h.until_date IS NULL OR h.until_date >=
        (SELECT run.day FROM privacy.anonymization_run run WHERE run.institution_id = $1 AND run.id = $3))
    UNION ALL
    SELECT b.contact_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, b.amount > 0, b.amount < 0,
      jsonb_build_object('organization', b.organization, 'currency', b.currency, 'amount', b.amount::text), NULL
    FROM history.visible_balance b WHERE b.institution_id = $1 AND b.contact_id = ANY($2::bigint[])
    UNION ALL
    SELECT asked.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, asked.planned
    FROM unnest($2::bigint[], $5::text[]) AS asked (id, planned) WHERE asked.planned IS NOT NULL),
  gathered AS (
    SELECT contact_id, max(contact_number) AS contact_number, bool_or(is_blocked) AS is_blocked, max(day) AS day,
      max(kind) AS kind, max(organization) AS organization, max(record_id) AS record_id, bool_or(is_held) AS is_held,
      bool_or(owes) AS owes, bool_or(is_owed) AS is_owed, bool_or(is_customer) AS is_customer,
      jsonb_agg(balance ORDER BY balance->>'organization', balance->>'currency') FILTER (WHERE balance IS NOT NULL)
        AS balances,
      max(last_product_day) AS last_ticket_end, max(planned)::text[] AS planned
    FROM known GROUP BY contact_id),
  evaluated AS (
    SELECT e.*,
      CASE
        WHEN e.day > CASE WHEN e.is_customer THEN run.customer_cutoff ELSE run.prospect_cutoff END THEN '{KEPT_ACTIVE}'
        WHEN e.is_held THEN '{EXCLUDED_HOLD}'
        WHEN e.owes AND e.is_owed THEN '{EXCLUDED_DEBTOR,EXCLUDED_CREDITOR}'
        WHEN e.owes THEN '{EXCLUDED_DEBTOR}'
        WHEN e.is_owed THEN '{EXCLUDED_CREDITOR}'
        WHEN e.is_customer THEN '{ANONYMIZE}'
        ELSE '{DELETE}' END::text[] AS outcomes
    FROM gathered e
    JOIN privacy.anonymization_run run ON run.institution_id = $1 AND run.id = $3
    -- of whom nothing but a balance is known, the run is not about
    WHERE e.contact_number IS NOT NULL)`;

const columns = `institution_id, run_id, contact_id, chunk, contact_number, outcomes, planned, recency_day, recency_kind,
  organization, record_id, was_blocked, balances, last_ticket_end`;

export interface ItemChunk {
  readonly runId: string;
  readonly chunk: number;
}

/** How many contacts have these outcomes, and whom of them the run erases. */
export interface WrittenItems {
  readonly outcomes: ItemOutcome[];
  readonly count: number;
  /** Whether the plan says so too; true in a plan. */
  readonly isAsPlanned: boolean;
  /** Of ANONYMIZE and DELETE; of the others none. */
  readonly contactIds: string[];
}

/**
 * Writes what the run does with the contacts whose recency was worked out in this transaction (`retention_found`). Whom it is
 * not about any more (anonymized, gone, with a role that keeps him) is not among them. To be planned by its values.
 * @param contactIds of whom balances are asked: at least all who are not active
 * @param planned of each of them what the plan says; null for a plan itself. What was not planned is not done: who would
 *   now be anonymized or deleted, and was planned otherwise, is NOT_AS_PLANNED
 */
export async function insertItems(
  db: Sql,
  { runId, chunk }: ItemChunk,
  contactIds: readonly string[],
  planned: readonly (readonly ItemOutcome[])[] | null,
): Promise<WrittenItems[]> {
  const { rows } = await db.query<WrittenItems>(
    `/* insertItems */
     WITH ${evaluated},
     decided AS (
       SELECT e.*,
         CASE WHEN e.outcomes && '{ANONYMIZE,DELETE}' AND e.outcomes <> e.planned THEN '{NOT_AS_PLANNED}'
           ELSE e.outcomes END::text[] AS decision
       FROM evaluated e),
     written AS (
       INSERT INTO privacy.anonymization_run_item (${columns})
       SELECT $1, $3, d.contact_id, $4, d.contact_number, d.decision, CASE WHEN d.planned <> d.decision THEN d.planned END,
         d.day, d.kind, d.organization, d.record_id, d.is_blocked,
         CASE WHEN d.decision && '{EXCLUDED_DEBTOR,EXCLUDED_CREDITOR}' THEN d.balances END, d.last_ticket_end
       FROM decided d
       RETURNING contact_id, outcomes, planned IS NULL AS is_as_planned)
     SELECT w.outcomes, count(*)::int AS count, w.is_as_planned AS "isAsPlanned",
       coalesce(array_agg(w.contact_id ORDER BY w.contact_id) FILTER (WHERE w.outcomes && '{ANONYMIZE,DELETE}'), '{}')
         AS "contactIds"
     FROM written w GROUP BY w.outcomes, w.is_as_planned`,
    [db.institutionId, contactIds, runId, chunk, planned?.map((codes) => `{${codes.join(",")}}`) ?? null],
  );
  return rows;
}

export interface PlannedItem {
  readonly contactId: string;
  readonly outcomes: ItemOutcome[];
}

/** What a plan says of the contacts behind one, in ascending order; those who are active are no part of it. */
export async function selectPlanned(db: Sql, planId: string, after: string, limit: number): Promise<PlannedItem[]> {
  const { rows } = await db.query<PlannedItem>(
    `/* selectPlanned */
     SELECT contact_id AS "contactId", outcomes FROM privacy.anonymization_run_item
     WHERE institution_id = $1 AND run_id = $2 AND contact_id > $3 AND outcomes <> '{KEPT_ACTIVE}'
     ORDER BY contact_id LIMIT $4`,
    [db.institutionId, planId, after, limit],
  );
  return rows;
}

/** How much of a plan there is to carry out. */
export async function countPlanned(db: Sql, planId: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `/* countPlanned */ SELECT count(*)::int AS count FROM privacy.anonymization_run_item
     WHERE institution_id = $1 AND run_id = $2 AND outcomes <> '{KEPT_ACTIVE}'`,
    [db.institutionId, planId],
  );
  return rows[0]!.count;
}

/** Deletes the items of runs that ended before an instant. The runs stay, with what they counted. */
export async function deleteOldItems(db: Sql, before: Date): Promise<number> {
  const { rowCount } = await db.query(
    `/* deleteOldItems */
     WITH old AS (
       UPDATE privacy.anonymization_run SET items_deleted_at = platform.now()
       WHERE institution_id = $1 AND finished_at < $2 AND items_deleted_at IS NULL RETURNING id)
     DELETE FROM privacy.anonymization_run_item i USING old WHERE i.institution_id = $1 AND i.run_id = old.id`,
    [db.institutionId, before],
  );
  return rowCount;
}
