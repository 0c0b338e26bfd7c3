import type { MigrationInterface, QueryRunner } from "typeorm";

/** The address alone, of an order all of whose tickets are old: other than `cleaned`, the remark stays (F52). */
export class TicketCleanUp1763740873500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE history.sales_order ADD COLUMN ip_cleaned boolean NOT NULL DEFAULT false;
      CREATE INDEX sales_order_address ON history.sales_order (institution_id, id) WHERE ip_address IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX history.sales_order_address;
      ALTER TABLE history.sales_order DROP COLUMN ip_cleaned`);
  }
}
