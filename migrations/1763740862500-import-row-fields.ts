import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a check of contacts has found that it would change: an update has the audit for it. Nullable: no row is rewritten. */
export class ImportRowFields1763740862500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE contacts.import_row ADD COLUMN fields jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE contacts.import_row DROP COLUMN fields`);
  }
}
