import type { MigrationInterface, QueryRunner } from "typeorm";

const replay = {
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

/** By which rule an institution's bounce states were worked out, so that a new one is applied to what was reported before. */
export class BounceRule1763740853001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE marketing.bounce_rule (
        institution_id int PRIMARY KEY,
        version int NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT platform.now()
      );
      ALTER TABLE marketing.bounce_rule ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON marketing.bounce_rule
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);
    `);
    await runner.query(`SELECT pgboss.create_queue($1, $2)`, ["marketing.bounce-replay", replay]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT pgboss.delete_queue('marketing.bounce-replay')`);
    await runner.query(`DROP TABLE marketing.bounce_rule`);
  }
}
