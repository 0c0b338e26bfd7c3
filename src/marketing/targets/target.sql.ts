import type { TokenClaims } from "../../platform/access/caller.js";
import type { Sql } from "../../platform/database/sql.js";
import type { TargetKind } from "./target.enums.js";
import type { TargetFilter } from "./target.filter.js";

export interface TargetRow {
  id: string;
  name: string;
  kind: TargetKind;
  filter: TargetFilter | null;
  owner: string;
  ownerClaims: TokenClaims;
  sharedWith: string[];
  takenAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** Whose targets are asked for: a partner has those that are shared with him, null stands for everybody else. */
export type SharedWith = string | null;

const columns = `t.id, t.name, t.target_kind AS kind, t.filter, t.owner, t.owner_claims AS "ownerClaims",
  array(SELECT s.login FROM marketing.target_share s
    WHERE s.institution_id = $1 AND s.target_id = t.id ORDER BY s.login) AS "sharedWith",
  t.taken_at AS "takenAt", t.created_at AS "createdAt", t.updated_at AS "updatedAt", t.version`;

/** A target of somebody who sees more than the caller is not there for him: its filter may ask for what is not his to see. */
const visibleTarget = "t.clearance <= nullif(current_setting('app.clearance', true), '')::smallint";

const shared = (parameter: string) => `(${parameter}::text IS NULL OR EXISTS (
  SELECT FROM marketing.target_share s WHERE s.institution_id = $1 AND s.target_id = t.id AND s.login = ${parameter}))`;

/** Targets of these ids that there are for the caller, in any order. */
export async function selectTargets(db: Sql, ids: readonly string[], login: SharedWith): Promise<TargetRow[]> {
  const { rows } = await db.query<TargetRow>(
    `/* selectTargets */
     SELECT ${columns} FROM marketing.target t
     WHERE t.institution_id = $1 AND t.id = ANY($2::bigint[]) AND ${visibleTarget} AND ${shared("$3")}`,
    [db.institutionId, ids, login],
  );
  return rows;
}

/** The newest first. */
export async function selectTargetPage(
  db: Sql,
  { before, limit, login, kind }: { before: string | null; limit: number; login: SharedWith; kind: TargetKind | null },
): Promise<TargetRow[]> {
  const { rows } = await db.query<TargetRow>(
    `/* selectTargetPage */
     SELECT ${columns} FROM marketing.target t
     WHERE t.institution_id = $1 AND ($2::bigint IS NULL OR t.id < $2) AND ${visibleTarget} AND ${shared("$4")}
       AND ($5::text IS NULL OR t.target_kind = $5)
     ORDER BY t.id DESC LIMIT $3`,
    [db.institutionId, before, limit, login, kind],
  );
  return rows;
}

/** Targets that are shared with a partner, by ascending id, behind one. */
export async function selectSharedTargets(
  db: Sql,
  login: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<TargetRow[]> {
  const { rows } = await db.query<TargetRow>(
    `/* selectSharedTargets */
     SELECT ${columns} FROM marketing.target_share own
     JOIN marketing.target t ON t.institution_id = $1 AND t.id = own.target_id AND ${visibleTarget}
     WHERE own.institution_id = $1 AND own.login = $2 AND t.id > $3 ORDER BY t.id LIMIT $4`,
    [db.institutionId, login, after, limit],
  );
  return rows;
}

/** A target while the transaction lasts; null when there is none for the caller. */
export async function lockTarget(db: Sql, id: string): Promise<TargetRow | null> {
  const { rows } = await db.query<TargetRow>(
    `/* lockTarget */
     SELECT ${columns} FROM marketing.target t WHERE t.institution_id = $1 AND t.id = $2 AND ${visibleTarget} FOR UPDATE OF t`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

export interface NewTarget {
  readonly name: string;
  readonly kind: TargetKind;
  readonly filter: TargetFilter | null;
  readonly clearance: number;
  readonly claims: TokenClaims;
}

export async function insertTarget(db: Sql, { name, kind, filter, clearance, claims }: NewTarget): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertTarget */
     WITH inserted AS (
       INSERT INTO marketing.target (institution_id, name, target_kind, filter, clearance, owner_claims, taken_at)
       VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $3 = 'STATIC' THEN platform.now() END) RETURNING *),
     audited AS (
       INSERT INTO marketing.audit_target (institution_id, target_id, field, new_value)
       SELECT $1, i.id, f.field, f.value FROM inserted i
       CROSS JOIN LATERAL (VALUES ('name', i.name), ('filter', i.filter::text)) f (field, value) WHERE f.value IS NOT NULL)
     SELECT id FROM inserted`,
    [db.institutionId, name, kind, filter && JSON.stringify(filter), clearance, claims],
  );
  return rows[0]!.id;
}

export interface TargetChange {
  readonly name: string;
  readonly filter: TargetFilter | null;
  /** Who sets the filter is its owner from now on; null: it stays as it is. */
  readonly owner: Pick<NewTarget, "clearance" | "claims"> | null;
}

/** Sets name and filter of a locked target, with an audit row for each that changes. */
export async function updateTarget(db: Sql, id: string, { name, filter, owner }: TargetChange): Promise<void> {
  await db.query(
    `/* updateTarget */
     WITH changed AS (
       UPDATE marketing.target t SET name = $3, filter = $4, version = version + 1, updated_at = platform.now(),
         clearance = coalesce($5, clearance), owner_claims = coalesce($6, owner_claims),
         owner = CASE WHEN $5::smallint IS NULL THEN owner ELSE current_setting('app.actor') END,
         owner_kind = CASE WHEN $5::smallint IS NULL THEN owner_kind ELSE current_setting('app.actor_kind') END
       WHERE t.institution_id = $1 AND t.id = $2
       RETURNING old AS was, new AS became)
     INSERT INTO marketing.audit_target (institution_id, target_id, field, old_value, new_value)
     SELECT $1, $2, f.field, f.was, f.became
     FROM changed CROSS JOIN LATERAL (VALUES ('name', (was).name, (became).name), ('owner', (was).owner, (became).owner),
       ('filter', (was).filter::text, (became).filter::text)) f (field, was, became)
     WHERE f.was IS DISTINCT FROM f.became`,
    [db.institutionId, id, name, filter && JSON.stringify(filter), owner?.clearance, owner?.claims],
  );
}

/** Shares a target with exactly these partners. */
export async function replaceShares(db: Sql, id: string, logins: readonly string[]): Promise<void> {
  await db.query(
    `/* replaceShares */
     WITH gone AS (
       DELETE FROM marketing.target_share s WHERE s.institution_id = $1 AND s.target_id = $2 AND s.login <> ALL($3::text[])
       RETURNING s.login),
     added AS (
       INSERT INTO marketing.target_share (institution_id, target_id, login)
       SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING RETURNING login)
     INSERT INTO marketing.audit_target (institution_id, target_id, field, old_value, new_value)
     SELECT $1, $2, 'sharedWith', login, NULL FROM gone
     UNION ALL SELECT $1, $2, 'sharedWith', NULL, login FROM added`,
    [db.institutionId, id, logins],
  );
}

/** Of these logins, those of active partners. */
export async function selectPartners(db: Sql, logins: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ login: string }>(
    `/* selectPartners */
     SELECT p.login FROM privacy.active_partner p WHERE p.institution_id = $1 AND p.login = ANY($2::text[])`,
    [db.institutionId, logins],
  );
  return new Set(rows.map(({ login }) => login));
}
