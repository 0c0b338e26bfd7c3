import type { MigrationInterface, QueryRunner } from "typeorm";

/** Wordings of legal notices that institutions gave themselves, and which one was shown at an export. */
export class LegalNotices1763740877100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- version 1 is the text that is shipped
      CREATE TABLE platform.legal_notice (
        institution_id int NOT NULL,
        code text NOT NULL,
        version int NOT NULL CHECK (version > 1),
        text_en text NOT NULL,
        text_fr text NOT NULL,
        text_es text NOT NULL,
        published_at timestamptz NOT NULL DEFAULT platform.now(),
        actor text NOT NULL DEFAULT current_setting('app.actor'),
        actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
        PRIMARY KEY (institution_id, code, version)
      );
      ALTER TABLE platform.legal_notice ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON platform.legal_notice
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);

      -- of an export: the version of the notice DATA_EXPORT that was shown; null where it is not known
      ALTER TABLE privacy.audit_access ADD COLUMN notice_version int;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE privacy.audit_access DROP COLUMN notice_version;
      DROP TABLE platform.legal_notice;
    `);
  }
}
