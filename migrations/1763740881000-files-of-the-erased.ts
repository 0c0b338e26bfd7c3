import type { MigrationInterface, QueryRunner } from "typeorm";

/** Imports and templates know that somebody was erased while they were at work, who may be in their files. */
export class FilesOfTheErased1763740881000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.import_job ADD COLUMN is_outdated boolean NOT NULL DEFAULT false;
      ALTER TABLE contacts.import_template ADD COLUMN is_outdated boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.import_template DROP COLUMN is_outdated;
      ALTER TABLE contacts.import_job DROP COLUMN is_outdated`);
  }
}
