import type { MigrationInterface, QueryRunner } from "typeorm";

/** An erasure looks for who received something in manifests, too: without an index it read all of them each time. */
export class ManifestRecipients1763740879000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX campaign_manifest_recipient ON marketing.campaign_manifest_row (institution_id, recipient_id)
        WHERE recipient_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX marketing.campaign_manifest_recipient`);
  }
}
