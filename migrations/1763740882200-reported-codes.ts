import type { MigrationInterface, QueryRunner } from "typeorm";

/** Reports keep what they withdraw, so that another withdrawal under the same event id is told from a repetition. */
export class ReportedCodes1763740882200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // empty: none was named; null: no withdrawal, or one from before
    await runner.query(`ALTER TABLE marketing.report_event ADD COLUMN codes text[]`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE marketing.report_event DROP COLUMN codes`);
  }
}
