import type { MigrationInterface, QueryRunner } from "typeorm";

/** Which wording of the notice was confirmed by who created a contact on behalf of somebody (F60). */
export class AcknowledgedNotices1763740882300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // null: with a login, where the person is informed by mail, or from before
    await runner.query(`ALTER TABLE contacts.community_member ADD COLUMN notice_version int`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE contacts.community_member DROP COLUMN notice_version`);
  }
}
