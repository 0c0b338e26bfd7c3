import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Who would receive what is for a member of a run, so that he is locked before he is asked: a structure's relay. And the
 * way to a contact's place in a run, which also says that he has one only.
 */
export class CampaignRecipients1763740856001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE marketing.campaign_member ADD COLUMN recipient_id bigint;
      CREATE UNIQUE INDEX campaign_member_once ON marketing.campaign_member (institution_id, run_id, contact_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX marketing.campaign_member_once;
      ALTER TABLE marketing.campaign_member DROP COLUMN recipient_id;
    `);
  }
}
