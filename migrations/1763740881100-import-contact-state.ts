import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Plans of imports of contacts are about what a contact has, not about how often he was changed. Plans of before are not
 * true of anybody any more: their files are to be checked again.
 */
export class ImportContactState1763740881100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE contacts.import_row RENAME COLUMN contact_version TO contact_state`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE contacts.import_row RENAME COLUMN contact_state TO contact_version`);
  }
}
