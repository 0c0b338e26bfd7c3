import type { MigrationInterface, QueryRunner } from "typeorm";

const queue = "contacts.import-retention";
const lasting = {
  policy: "standard",
  heartbeatSeconds: 10,
  expireInSeconds: 86_399,
  retryLimit: 1_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 8,
  retentionSeconds: 30 * 86_400,
  deleteAfterSeconds: 86_400,
};

/** Rows of imports tell what contacts were asked to become: they are kept as long as somebody mends or undoes them. */
export class ImportRetention1763740861200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX import_job_retention ON contacts.import_job (institution_id, finished_at)
        WHERE rows_removed_at IS NULL AND finished_at IS NOT NULL`);
    await runner.query(`SELECT pgboss.create_queue($1, $2)`, [queue, lasting]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT pgboss.delete_queue($1)`, [queue]);
    await runner.query(`DROP INDEX contacts.import_job_retention`);
  }
}
