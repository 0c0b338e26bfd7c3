import type { MigrationInterface, QueryRunner } from "typeorm";

/** Contacts whose indicators are still to follow a file of histories. They follow once, not with each of its chunks. */
export class IngestTouched1763740842000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE history.ingest_touched (
        institution_id int NOT NULL,
        contact_id bigint NOT NULL,
        PRIMARY KEY (institution_id, contact_id),
        FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
      );
      ALTER TABLE history.ingest_touched ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON history.ingest_touched
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE history.ingest_touched`);
  }
}
