import type { Clearance } from "../../platform/access/clearance.js";
import type { Sql } from "../../platform/database/sql.js";
import type { OperatorKind } from "./operator.type.js";

export interface OperatorRow {
  id: string;
  login: string;
  kind: OperatorKind;
  firstName: string | null;
  lastName: string | null;
  clearance: Clearance;
  roles: string[];
  organizations: string[];
  isActive: boolean;
}

export type OperatorNames = Pick<OperatorRow, "firstName" | "lastName">;
export type OperatorRights = Pick<OperatorRow, "clearance" | "roles" | "organizations" | "isActive">;

const columns = `o.id, o.login, o.operator_kind AS kind, o.first_name AS "firstName", o.last_name AS "lastName",
  o.clearance, o.roles, o.organizations, o.is_active AS "isActive"`;

/** A level by its name, as the audit keeps it. */
const levelName = (column: string) => `(ARRAY['FREE', 'RESTRICTED', 'CONFIDENTIAL'])[${column} + 1]`;

/** Operators of these ids, in any order. */
export async function selectOperators(db: Sql, ids: readonly string[]): Promise<OperatorRow[]> {
  const { rows } = await db.query<OperatorRow>(
    `/* selectOperators */
     SELECT ${columns} FROM privacy.operator o WHERE o.institution_id = $1 AND o.id = ANY($2::bigint[])`,
    [db.institutionId, ids],
  );
  return rows;
}

/** By login. */
export async function selectOperatorPage(
  db: Sql,
  { after, limit, isActive }: { after: string; limit: number; isActive: boolean | null },
): Promise<OperatorRow[]> {
  const { rows } = await db.query<OperatorRow>(
    `/* selectOperatorPage */
     SELECT ${columns} FROM privacy.operator o
     WHERE o.institution_id = $1 AND o.login COLLATE "C" > $2 AND ($4::boolean IS NULL OR o.is_active = $4)
     ORDER BY o.login COLLATE "C" LIMIT $3`,
    [db.institutionId, after, limit, isActive],
  );
  return rows;
}

/** The new operator's id; null when the login was given before. His names stay out of the audit. */
export async function insertOperator(
  db: Sql,
  operator: OperatorNames & OperatorRights & { readonly login: string; readonly kind: OperatorKind },
): Promise<string | null> {
  const { login, kind, firstName, lastName, clearance, roles, organizations, isActive } = operator;
  const { rows } = await db.query<{ id: string }>(
    `/* insertOperator */
     WITH inserted AS (
       INSERT INTO privacy.operator (institution_id, login, operator_kind, first_name, last_name, clearance, roles,
         organizations, is_active)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (institution_id, login) DO NOTHING RETURNING *),
     audited AS (
       INSERT INTO privacy.audit_setting (institution_id, setting, old_value, new_value)
       SELECT $1, 'operator:' || i.login || '.' || f.field, NULL, f.value
       FROM inserted i CROSS JOIN LATERAL (VALUES ('kind', i.operator_kind), ('clearance', ${levelName("i.clearance")}),
         ('roles', array_to_string(i.roles, ',')), ('organizations', array_to_string(i.organizations, ','))) f (field, value))
     SELECT id FROM inserted`,
    [db.institutionId, login, kind, firstName, lastName, clearance, roles, organizations, isActive],
  );
  return rows[0]?.id ?? null;
}

/** The operator as he is while the transaction lasts; null for an unknown id. */
export async function lockOperator(db: Sql, id: string): Promise<OperatorRow | null> {
  const { rows } = await db.query<OperatorRow>(
    `/* lockOperator */ SELECT ${columns} FROM privacy.operator o WHERE o.institution_id = $1 AND o.id = $2 FOR UPDATE`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** Sets the names of a locked operator. That they changed is audited, what they were is not. */
export async function updateNames(db: Sql, id: string, { firstName, lastName }: OperatorNames): Promise<void> {
  await db.query(
    `/* updateNames */
     WITH changed AS (
       UPDATE privacy.operator o SET first_name = $3, last_name = $4
       WHERE o.institution_id = $1 AND o.id = $2 AND (o.first_name, o.last_name) IS DISTINCT FROM ($3, $4)
       RETURNING o.login)
     INSERT INTO privacy.audit_setting (institution_id, setting, old_value, new_value)
     SELECT $1, 'operator:' || login || '.names', NULL, NULL FROM changed`,
    [db.institutionId, id, firstName, lastName],
  );
}

/** Sets the rights of a locked operator, with an audit row for each that changes. */
export async function updateRights(db: Sql, id: string, rights: OperatorRights): Promise<void> {
  const { clearance, roles, organizations, isActive } = rights;
  await db.query(
    `/* updateRights */
     WITH changed AS (
       UPDATE privacy.operator o SET clearance = $3, roles = $4, organizations = $5, is_active = $6
       WHERE o.institution_id = $1 AND o.id = $2
       RETURNING o.login, old AS was, new AS became)
     INSERT INTO privacy.audit_setting (institution_id, setting, old_value, new_value)
     SELECT $1, 'operator:' || login || '.' || f.field, f.was, f.became
     FROM changed CROSS JOIN LATERAL (VALUES
       ('clearance', ${levelName("(was).clearance")}, ${levelName("(became).clearance")}),
       ('roles', array_to_string((was).roles, ','), array_to_string((became).roles, ',')),
       ('organizations', array_to_string((was).organizations, ','), array_to_string((became).organizations, ',')),
       ('isActive', (was).is_active::text, (became).is_active::text)) f (field, was, became)
     WHERE f.was IS DISTINCT FROM f.became`,
    [db.institutionId, id, clearance, roles, organizations, isActive],
  );
}

/** One change of rights at a time in an institution, so that two cannot each take away the other's administrator. */
export async function lockRights(db: Sql): Promise<void> {
  await db.query(`/* lockRights */ SELECT pg_advisory_xact_lock(hashtextextended('rights', $1::bigint))`, [
    db.institutionId,
  ]);
}

/** True when somebody of the staff who is active may administer operators. */
export async function hasAdministrator(db: Sql): Promise<boolean> {
  const { rowCount } = await db.query(
    `/* hasAdministrator */
     SELECT FROM privacy.operator o
     JOIN privacy.role r ON r.institution_id = $1 AND r.code = ANY(o.roles)
     WHERE o.institution_id = $1 AND o.is_active AND o.operator_kind = 'OPERATOR' AND 'operator:admin' = ANY(r.permissions)
     LIMIT 1`,
    [db.institutionId],
  );
  return rowCount > 0;
}

/** Codes of the institution's organizations. */
export async function selectOrganizations(db: Sql): Promise<Set<string>> {
  const { rows } = await db.query<{ code: string }>(
    `/* selectOrganizations */ SELECT code FROM platform.organization WHERE institution_id = $1`,
    [db.institutionId],
  );
  return new Set(rows.map(({ code }) => code));
}
