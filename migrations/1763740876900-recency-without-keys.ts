import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Recency of a million contacts is written at once: asking for each of them whether he is there took half of the time. What
 * a simulation writes of somebody who is deleted at that moment goes when it ends, or within the hour
 * (`deleteRecencyOfGone`). The items of a run are written by nobody but the run.
 */
export class RecencyWithoutKeys1763740876900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE privacy.gdpr_recency DROP CONSTRAINT gdpr_recency_institution_id_contact_id_fkey;
      ALTER TABLE privacy.anonymization_run_item DROP CONSTRAINT anonymization_run_item_institution_id_run_id_fkey;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM privacy.gdpr_recency g WHERE NOT EXISTS (
        SELECT FROM contacts.contact c WHERE c.institution_id = g.institution_id AND c.id = g.contact_id);
      ALTER TABLE privacy.gdpr_recency
        ADD FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE;
      ALTER TABLE privacy.anonymization_run_item
        ADD FOREIGN KEY (institution_id, run_id) REFERENCES privacy.anonymization_run (institution_id, id)
          ON DELETE CASCADE;
    `);
  }
}
