import type { Sql } from "../../platform/database/sql.js";
import type { Locale } from "../../platform/i18n/locale.js";
import type { AuthorizationCode } from "./authorization.js";

/** A text that persons are asked to agree to. It never changes: another text is another version. */
export interface WordingRow {
  code: AuthorizationCode;
  locale: Locale;
  /** Counts up from 1, in each language of each code. */
  version: number;
  text: string;
  publishedAt: Date;
}

const columns = `w.code, w.locale, w.version, w.text, w.published_at AS "publishedAt"`;

/** Versions of wordings are given out one after another. */
export async function lockWordings(db: Sql): Promise<void> {
  await db.query(`/* lockWordings */ SELECT pg_advisory_xact_lock(hashtextextended('wordings ' || $1::int, 0))`, [
    db.institutionId,
  ]);
}

/** The wording in force of each language of each code, or of one code or language. */
export async function selectWordingsInForce(
  db: Sql,
  { code, locale }: { readonly code?: AuthorizationCode | null; readonly locale?: string | null },
): Promise<WordingRow[]> {
  const { rows } = await db.query<WordingRow>(
    `/* selectWordingsInForce */
     SELECT DISTINCT ON (w.code, w.locale) ${columns} FROM marketing.authorization_wording w
     WHERE w.institution_id = $1 AND ($2::text IS NULL OR w.code = $2) AND ($3::text IS NULL OR w.locale = $3)
     ORDER BY w.code, w.locale, w.version DESC`,
    [db.institutionId, code ?? null, locale ?? null],
  );
  return rows;
}

/** Which wording: of a code, in a language, of a version. */
export interface WordingKey {
  readonly code: AuthorizationCode;
  readonly locale: string;
  readonly version: number;
}

/** Those of the wordings that there are, in any order. */
export async function selectWordings(db: Sql, keys: readonly WordingKey[]): Promise<WordingRow[]> {
  const { rows } = await db.query<WordingRow>(
    `/* selectWordings */
     SELECT DISTINCT ${columns} FROM marketing.authorization_wording w
     JOIN unnest($2::text[], $3::text[], $4::int[]) AS wanted (code, locale, version)
       ON w.code = wanted.code AND w.locale = wanted.locale AND w.version = wanted.version
     WHERE w.institution_id = $1`,
    [
      db.institutionId,
      keys.map(({ code }) => code),
      keys.map(({ locale }) => locale),
      keys.map(({ version }) => version),
    ],
  );
  return rows;
}

/** Publishes the next version. */
export async function insertWording(db: Sql, { code, locale, text }: Pick<WordingRow, "code" | "locale" | "text">) {
  await db.query(
    `/* insertWording */
     INSERT INTO marketing.authorization_wording (institution_id, code, locale, version, text)
     SELECT $1, $2, $3, coalesce(max(w.version), 0) + 1, $4 FROM marketing.authorization_wording w
     WHERE w.institution_id = $1 AND w.code = $2 AND w.locale = $3`,
    [db.institutionId, code, locale, text],
  );
}
