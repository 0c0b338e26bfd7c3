import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Rows of imports without a foreign key to their import, which nothing ever deletes: checking it row by row took longer
 * than writing the rows.
 */
export class ImportRowsAlone1763740861000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE contacts.import_row DROP CONSTRAINT import_row_job_id_fk`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.import_row ADD CONSTRAINT import_row_job_id_fk FOREIGN KEY (institution_id, job_id)
        REFERENCES contacts.import_job (institution_id, id) ON DELETE CASCADE`);
  }
}
