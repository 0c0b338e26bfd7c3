import type { ChangeSource, Sql } from "../platform/database/sql.js";

/** A change as the modules' audit tables keep it. */
export interface AuditRow {
  contactId: string;
  /** Of the contact: 0, 1 or 2. */
  contactLevel: number;
  /** The module that wrote it; unique together with `id`. */
  module: number;
  id: string;
  at: Date;
  /** The same instant, whole: microseconds since 1970. */
  atMicros: string;
  actor: string;
  actorKind: string;
  source: ChangeSource;
  entity: string;
  key: string | null;
  field: string;
  oldValue: string | null;
  newValue: string | null;
  /** Of a criterion's value: the level of the criterion. Null for everything else. */
  criterionLevel: number | null;
}

/** Where a page begins: after this entry. */
export interface AuditPosition {
  readonly atMicros: string;
  readonly module: number;
  readonly id: string;
}

export interface AuditPage {
  /** Inclusive, to the millisecond. */
  readonly from: Date;
  readonly to: Date;
  readonly after: AuditPosition | null;
  /** For each contact. */
  readonly limit: number;
}

/** The contacts among `ids` that exist for the caller, in any order. */
export async function selectVisibleIds(db: Sql, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `/* selectVisibleIds */ SELECT id FROM contacts.visible_contact WHERE institution_id = $1 AND id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows.map(({ id }) => id);
}

/**
 * Changes of these contacts, newest first, a page for each; nothing for unknown and invisible ones. A connection to
 * a contact that the caller does not see is left out: the key of such an entry is the other contact's id. (It is looked
 * up by a scalar sub-select: an EXISTS would be hashed, and read every contact of the institution.) So is a campaign that
 * does not exist for the caller.
 */
export async function selectAudit(db: Sql, contactIds: readonly string[], page: AuditPage): Promise<AuditRow[]> {
  const { from, to, after, limit } = page;
  const { rows } = await db.query<AuditRow>(
    `/* selectAudit */
     SELECT v.id AS "contactId", v.confidentiality_level AS "contactLevel", entry.module, entry.id, entry.at,
       (extract(epoch FROM entry.at) * 1000000)::bigint AS "atMicros", entry.actor, entry.actor_kind AS "actorKind",
       entry.source, entry.entity, entry.key, entry.field, entry.old_value AS "oldValue", entry.new_value AS "newValue",
       CASE WHEN entry.entity = 'Criterion' THEN coalesce((
         SELECT d.level FROM contacts.criterion_level d WHERE d.institution_id = $1 AND d.code = entry.field), 2) END AS "criterionLevel"
     FROM contacts.visible_contact v
     CROSS JOIN LATERAL (
       SELECT * FROM privacy.audit_entry e
       WHERE e.institution_id = $1 AND e.contact_id = v.id
         AND e.at >= $3 AND e.at < $4::timestamptz + interval '1 millisecond' AND e.at <= ${positionAt}
         AND ($5::bigint IS NULL OR (e.at, e.module, e.id) < (${positionAt}, $6::int, $7::bigint))
         AND (e.entity <> 'Connection' OR (
           SELECT true FROM contacts.visible_contact far
           WHERE far.institution_id = $1 AND far.id = CASE WHEN e.key ~ '^[0-9]{1,18}$' THEN e.key::bigint END))
         AND (e.entity <> 'Campaign' OR (
           SELECT true FROM marketing.visible_campaign c
           WHERE c.institution_id = $1 AND c.id = CASE WHEN e.key ~ '^[0-9]{1,18}$' THEN e.key::bigint END))
       ORDER BY e.at DESC, e.module DESC, e.id DESC LIMIT $8) entry
     WHERE v.institution_id = $1 AND v.id = ANY($2::bigint[])
     ORDER BY v.id, entry.at DESC, entry.module DESC, entry.id DESC`,
    [db.institutionId, contactIds, from, to, after?.atMicros, after?.module, after?.id, limit],
  );
  return rows;
}

/**
 * On the first page, later than everything. Not a coalesce: the planner takes that for leaky, and would keep it from the
 * index under the policies.
 */
const positionAt = `CASE WHEN $5::bigint IS NULL THEN timestamptz 'infinity'
  ELSE timestamptz 'epoch' + $5::bigint * interval '1 microsecond' END`;
