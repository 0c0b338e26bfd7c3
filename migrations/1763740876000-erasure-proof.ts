import type { MigrationInterface, QueryRunner } from "typeorm";

const queues = ["privacy.erasure-proof", "privacy.erasure-proofs"];

const pass = {
  policy: "standard",
  heartbeatSeconds: 10,
  expireInSeconds: 86_399,
  retryLimit: 100,
  retryDelay: 60,
  retryBackoff: true,
  retryDelayMax: 3_600,
  retentionSeconds: 7 * 86_400,
  deleteAfterSeconds: 86_400,
};

/** The queues of the pass that looks for what was erased: after a batch, and each night for single erasures. */
export class ErasureProof1763740876000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const queue of queues) await runner.query(`SELECT pgboss.create_queue($1, $2)`, [queue, pass]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const queue of queues) await runner.query(`SELECT pgboss.delete_queue($1)`, [queue]);
  }
}
