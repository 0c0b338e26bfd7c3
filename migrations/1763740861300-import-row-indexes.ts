import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Which index answers what. A new import is unknown to the statistics, so that to the planner all indexes that begin with
 * it were equal: it looked for a contact by reading all rows of the import. Now each question has the only index for it.
 */
export class ImportRowIndexes1763740861300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the job again, for the indexes that repeated rows are found by
      ALTER TABLE contacts.import_row ADD COLUMN found_by bigint GENERATED ALWAYS AS (job_id) STORED;
      DROP INDEX contacts.import_row_contact, contacts.import_row_key, contacts.import_row_structure;
      CREATE INDEX import_row_contact ON contacts.import_row (institution_id, found_by, contact_id)
        WHERE contact_id IS NOT NULL;
      CREATE INDEX import_row_key ON contacts.import_row (institution_id, found_by, key_digest)
        WHERE key_digest IS NOT NULL;
      CREATE INDEX import_row_structure ON contacts.import_row (institution_id, found_by, structure_digest)
        WHERE structure_digest IS NOT NULL;

      -- those that somebody looks for among a million others
      DROP INDEX contacts.import_row_outcome;
      CREATE INDEX import_row_to_mend ON contacts.import_row (institution_id, job_id, outcome, line)
        WHERE outcome IN ('ERROR', 'CONFLICT', 'SKIPPED');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX contacts.import_row_to_mend;
      CREATE INDEX import_row_outcome ON contacts.import_row (institution_id, job_id, outcome, line);
      ALTER TABLE contacts.import_row DROP COLUMN found_by;
      CREATE INDEX import_row_contact ON contacts.import_row (institution_id, job_id, contact_id)
        WHERE contact_id IS NOT NULL;
      CREATE INDEX import_row_key ON contacts.import_row (institution_id, job_id, key_digest)
        WHERE key_digest IS NOT NULL;
      CREATE INDEX import_row_structure ON contacts.import_row (institution_id, job_id, structure_digest)
        WHERE structure_digest IS NOT NULL;
    `);
  }
}
