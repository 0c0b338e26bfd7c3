import type { MigrationInterface, QueryRunner } from "typeorm";
import { pgbossQueues } from "./pgboss/queues.js";
import { pgbossTables } from "./pgboss/tables.js";

/**
 * Runs on after its worker was killed: a job without a heartbeat for ten seconds goes to another worker. Tasks count
 * their own vain attempts on their own rows, so here the limit only keeps a broken one from running for ever.
 */
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

/** pg-boss and its queues. The program never changes this schema itself. */
export class Jobs1763740805000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(pgbossTables);
    await runner.query(pgbossQueues);
    for (const queue of ["contacts.import", "platform.file-sweep", "platform.idempotency-purge"]) {
      await runner.query(`SELECT pgboss.create_queue($1, $2)`, [queue, lasting]);
    }
    // where pg-boss puts what its schedules make due
    await runner.query(`SELECT pgboss.create_queue('__pgboss__send-it', '{"policy": "standard"}')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA pgboss CASCADE`);
  }
}
