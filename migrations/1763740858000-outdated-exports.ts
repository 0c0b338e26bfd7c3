import type { MigrationInterface, QueryRunner } from "typeorm";

/** A run that makes a file learns that somebody was erased meanwhile, who may be in it. */
export class OutdatedExports1763740858000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE marketing.audience_export ADD COLUMN is_outdated boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE marketing.audience_export DROP COLUMN is_outdated`);
  }
}
