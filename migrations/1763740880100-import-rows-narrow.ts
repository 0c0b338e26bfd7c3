import type { MigrationInterface, QueryRunner } from "typeorm";

const indexes = (job: string) => `
  CREATE INDEX import_row_key ON contacts.import_row (institution_id, ${job}, key_digest) WHERE key_digest IS NOT NULL;
  CREATE INDEX import_row_structure ON contacts.import_row (institution_id, ${job}, structure_digest)
    WHERE structure_digest IS NOT NULL;`;

/**
 * Rows of imports without a column that is the job again. It was there for the indexes by which repeated rows are found,
 * so that the planner does not take those for the same as the one of the lines; an expression tells them apart as well,
 * and rows without digests, as most are, have nothing to keep.
 */
export class ImportRowsNarrow1763740880100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX contacts.import_row_key, contacts.import_row_structure;
      ALTER TABLE contacts.import_row DROP COLUMN found_by;
      ${indexes("(job_id + 0)")}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX contacts.import_row_key, contacts.import_row_structure;
      ALTER TABLE contacts.import_row ADD COLUMN found_by bigint GENERATED ALWAYS AS (job_id) STORED;
      ${indexes("found_by")}
    `);
  }
}
