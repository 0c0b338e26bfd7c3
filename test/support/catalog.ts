import type pg from "pg";

export const ownSchemas = ["platform", "contacts", "marketing", "history", "privacy"];

export interface CatalogTable {
  /** With its schema. */
  readonly name: string;
  readonly hasInstitution: boolean;
  readonly hasLevel: boolean;
}

/** All tables of the five schemas, so that one made tomorrow is tested as well. */
export async function ownTables(owner: pg.Pool): Promise<CatalogTable[]> {
  const { rows } = await owner.query<CatalogTable>(
    `SELECT format('%I.%I', table_schema, table_name) AS name,
            bool_or(column_name = 'institution_id') AS "hasInstitution",
            bool_or(column_name = 'confidentiality_level') AS "hasLevel"
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = ANY($1) AND table_type = 'BASE TABLE'
     GROUP BY 1 ORDER BY 1`,
    [ownSchemas],
  );
  return rows;
}

interface Column {
  name: string;
  type: string;
  position: number;
  /** Definitions of the CHECKs that name it. */
  checks: string[];
}

/**
 * Puts a made-up row into any table, whose foreign keys need not lead anywhere.
 *
 * @param fixed values of some columns; those that are not the table's are left out
 */
export async function insertSampleRow(
  superuser: pg.ClientBase,
  table: string,
  fixed: Readonly<Record<string, unknown>>,
): Promise<void> {
  const columns = await requiredColumns(superuser, table, Object.keys(fixed));
  const values = columns.map((column) => fixed[column.name] ?? sampleOf(column));
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  const places = columns.map((_, index) => `$${index + 1}`).join(", ");
  // without triggers, and so without foreign keys
  await superuser.query("SET session_replication_role = replica");
  await superuser.query(`INSERT INTO ${table} (${names}) VALUES (${places})`, values);
}

async function requiredColumns(client: pg.ClientBase, table: string, wanted: readonly string[]): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type, a.attnum AS position,
            ARRAY(SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c
                  WHERE c.conrelid = a.attrelid AND c.contype = 'c' AND a.attnum = ANY(c.conkey)) AS checks
     FROM pg_attribute a
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       AND ((a.attnotnull AND NOT a.atthasdef AND a.attidentity = '') OR a.attname = ANY($2)
         -- defaults that a session without settings does not have
         OR EXISTS (SELECT FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum
                    AND pg_get_expr(d.adbin, d.adrelid) ~ '^current_setting'))
     ORDER BY a.attnum`,
    [table, wanted],
  );
  return rows;
}

const texts = ["A", "a", "1", "a-1", "CH", "A-1", "a@b.ch", "0123456789abcdef", "https://a.ch"];

function sampleOf({ type, position, checks }: Column): unknown {
  if (type.endsWith("[]")) return [];
  // different numbers, for columns that must differ
  if (/int|numeric|double|real/.test(type)) return checks.some((check) => /<= 2\b/.test(check)) ? 0 : position;
  if (/timestamp|date/.test(type)) return "2026-03-10";
  if (type === "boolean") return false;
  if (type === "bytea") return Buffer.from([position]);
  if (type === "uuid") return `00000000-0000-4000-8000-${String(position).padStart(12, "0")}`;
  if (/json/.test(type)) return {};
  return sampleText(checks);
}

function sampleText(checks: readonly string[]): string {
  const listed = checks.flatMap((check) => /(?:ARRAY\[|= )'([^']*)'/.exec(check)?.[1] ?? []);
  if (listed[0] !== undefined) return listed[0];
  const patterns = checks.flatMap((check) => /~ '([^']*)'/.exec(check)?.[1] ?? []);
  return texts.find((text) => patterns.every((pattern) => new RegExp(pattern).test(text))) ?? "A";
}
