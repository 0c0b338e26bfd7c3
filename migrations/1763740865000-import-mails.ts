import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who is told when an import has ended. */
export class ImportMails1763740865000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.import_job
        -- forgotten with the rows
        ADD COLUMN notify_email text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE contacts.import_job DROP COLUMN notify_email`);
  }
}
