import type { MigrationInterface, QueryRunner } from "typeorm";

/** Simulations keep which wording of the notice on exports was shown for them. */
export class SimulationNotices1763740879100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // null: nobody was shown one, as for what a schedule begins
    await runner.query(`ALTER TABLE privacy.anonymization_run ADD COLUMN notice_version int`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE privacy.anonymization_run DROP COLUMN notice_version`);
  }
}
