import type { ClientBase } from "pg";
import { escapeIdentifier as quoted } from "pg";

/** Schemas that the application serves from. Those that do not exist yet are left out. */
const schemas = ["platform", "contacts", "marketing", "history", "privacy", "pgboss"];

/** The first rule that matches a table decides. Whatever is not listed is not granted. */
const tableRules: readonly { readonly tables: RegExp; readonly privileges: string }[] = [
  // institutions are made by the owner; the application only counts their settings
  { tables: /^platform\.institution$/, privileges: "SELECT, UPDATE (settings_version)" },
  // a login never changes and never goes (F66)
  {
    tables: /^privacy\.operator$/,
    privileges: "SELECT, INSERT, UPDATE (first_name, last_name, clearance, roles, organizations, is_active)",
  },
  // what was written there is never changed again
  {
    tables:
      /^\w+\.audit_|^platform\.legal_notice$|^marketing\.(authorization_change|authorization_wording|report_event|campaign_manifest_\w+)$/,
    privileges: "SELECT, INSERT",
  },
  { tables: /./, privileges: "SELECT, INSERT, UPDATE, DELETE" },
];

interface Relation {
  schema: string;
  name: string;
  kind: "table" | "view" | "sequence";
}

/**
 * Gives the application's role exactly its privileges: others that it had on these schemas are taken away. For the
 * owner, after the migrations, as often as one likes: tables made since then are covered by the next run.
 */
export async function grantPrivileges(owner: ClientBase, role: string): Promise<void> {
  const relations = await selectRelations(owner);
  const present = await owner.query<{ name: string }>(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname = ANY($1) ORDER BY 1",
    [schemas],
  );
  const statements = [
    ...(await connectingGrants(owner, role)),
    ...present.rows.flatMap(({ name }) => schemaGrants(name, role)),
    ...relations.flatMap((relation) => relationGrants(relation, role)),
    `GRANT SELECT ON public.schema_migration TO ${quoted(role)}`,
  ];
  // one message is one transaction: the serving processes see all of it or nothing
  await owner.query(statements.join(";\n"));
}

async function selectRelations(owner: ClientBase): Promise<Relation[]> {
  const { rows } = await owner.query<Relation>(
    `SELECT n.nspname AS schema, c.relname AS name,
            CASE WHEN c.relkind IN ('v', 'm') THEN 'view' WHEN c.relkind = 'S' THEN 'sequence' ELSE 'table' END AS kind
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
     ORDER BY 1, 2`,
    [schemas],
  );
  return rows;
}

/** What PostgreSQL gives to everybody unless an administrator took it away; asked first, because not every owner may give it. */
async function connectingGrants(owner: ClientBase, role: string): Promise<string[]> {
  const { rows } = await owner.query<{ database: string; connects: boolean; stages: boolean; enters: boolean }>(
    `SELECT current_database() AS database,
            has_database_privilege($1, current_database(), 'CONNECT') AS connects,
            has_database_privilege($1, current_database(), 'TEMPORARY') AS stages,
            has_schema_privilege($1, 'public', 'USAGE') AS enters`,
    [role],
  );
  const { database, connects, stages, enters } = rows[0]!;
  return [
    ...(connects ? [] : [`GRANT CONNECT ON DATABASE ${quoted(database)} TO ${quoted(role)}`]),
    ...(stages ? [] : [`GRANT TEMPORARY ON DATABASE ${quoted(database)} TO ${quoted(role)}`]),
    ...(enters ? [] : [`GRANT USAGE ON SCHEMA public TO ${quoted(role)}`]),
  ];
}

function schemaGrants(schema: string, role: string): string[] {
  return [
    `REVOKE ALL ON SCHEMA ${quoted(schema)} FROM PUBLIC, ${quoted(role)}`,
    `GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(role)}`,
    `REVOKE ALL ON ALL ROUTINES IN SCHEMA ${quoted(schema)} FROM PUBLIC`,
    `GRANT EXECUTE ON ALL ROUTINES IN SCHEMA ${quoted(schema)} TO ${quoted(role)}`,
  ];
}

function relationGrants({ schema, name, kind }: Relation, role: string): string[] {
  const target = `${kind === "sequence" ? "SEQUENCE " : ""}${quoted(schema)}.${quoted(name)}`;
  return [
    `REVOKE ALL ON ${target} FROM PUBLIC, ${quoted(role)}`,
    `GRANT ${privilegesOn({ schema, name, kind })} ON ${target} TO ${quoted(role)}`,
  ];
}

function privilegesOn({ schema, name, kind }: Relation): string {
  if (kind === "view") return "SELECT";
  if (kind === "sequence") return "USAGE";
  return tableRules.find(({ tables }) => tables.test(`${schema}.${name}`))!.privileges;
}
