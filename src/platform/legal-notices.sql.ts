import type { Sql } from "./database/sql.js";
import type { Texts } from "./i18n/locale.js";

export interface NoticeRow extends Texts {
  readonly version: number;
}

/** A wording that the institution gave itself: the one in force, or one of a version. Null: it is the one that is shipped. */
export async function selectNotice(db: Sql, code: string, version: number | null): Promise<NoticeRow | null> {
  const { rows } = await db.query<NoticeRow>(
    `/* selectNotice */
     SELECT n.version, n.text_en AS en, n.text_fr AS fr, n.text_es AS es FROM platform.legal_notice n
     WHERE n.institution_id = $1 AND n.code = $2 AND ($3::int IS NULL OR n.version = $3)
     ORDER BY n.version DESC LIMIT 1`,
    [db.institutionId, code, version],
  );
  return rows[0] ?? null;
}

/** One publication at a time: the version counts up from what is in force. */
export async function lockNotices(db: Sql): Promise<void> {
  await db.query(`/* lockNotices */ SELECT pg_advisory_xact_lock(hashtextextended('legal notices', $1::bigint))`, [
    db.institutionId,
  ]);
}

export async function insertNotice(db: Sql, code: string, { version, en, fr, es }: NoticeRow): Promise<void> {
  await db.query(
    `/* insertNotice */
     INSERT INTO platform.legal_notice (institution_id, code, version, text_en, text_fr, text_es)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [db.institutionId, code, version, en, fr, es],
  );
}
