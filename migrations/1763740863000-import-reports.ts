import type { MigrationInterface, QueryRunner } from "typeorm";

/** Files with the rows of an import that are to be mended, for who started it. */
export class ImportReports1763740863000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.import_job
        -- of the messages in the report
        ADD COLUMN locale text NOT NULL DEFAULT 'en' CHECK (locale IN ('en', 'fr', 'es')),
        -- of the file store; null where there is nothing to mend, and when it has expired
        ADD COLUMN report_file_id text,
        ADD COLUMN report_expires_at timestamptz;
      CREATE INDEX import_job_report ON contacts.import_job (institution_id, report_file_id)
        WHERE report_file_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX contacts.import_job_report;
      ALTER TABLE contacts.import_job DROP COLUMN locale, DROP COLUMN report_file_id, DROP COLUMN report_expires_at`);
  }
}
