import type { MigrationInterface, QueryRunner } from "typeorm";

/** With whom a target can be shared. */
export class ActivePartners1763740855000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE VIEW privacy.active_partner WITH (security_invoker = true) AS
        SELECT institution_id, login FROM privacy.operator
        WHERE institution_id = nullif(current_setting('app.institution', true), '')::int
          AND operator_kind = 'PARTNER' AND is_active`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW privacy.active_partner`);
  }
}
