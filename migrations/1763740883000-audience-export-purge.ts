import type { MigrationInterface, QueryRunner } from "typeorm";

/** Files of exports go when they expire, as after an erasure, and wait for no sweep. */
export class AudienceExportPurge1763740883000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT pgboss.create_queue('marketing.audience-export-purge', $1)`, [purge]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT pgboss.delete_queue('marketing.audience-export-purge')`);
  }
}

/** As those of other files that were made for somebody to fetch. */
const purge = {
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
