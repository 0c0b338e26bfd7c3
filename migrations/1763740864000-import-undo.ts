import type { MigrationInterface, QueryRunner } from "typeorm";

const states = ["QUEUED", "RUNNING", "DONE", "DONE_WITH_ERRORS", "FAILED", "CANCELLED"];
const statusCheck = (...further: string[]) =>
  `CHECK (status IN (${[...states, ...further].map((name) => `'${name}'`).join(", ")}))`;

const queue = "contacts.import-undo";
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

/** Imports that are undone: who asks for it, how far it is, and what became of each row. */
export class ImportUndo1763740864000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.import_job
        DROP CONSTRAINT import_job_status_check,
        ADD CONSTRAINT import_job_status_check ${statusCheck("UNDOING", "UNDONE")},
        -- of who has it undone, at the clearance of the import
        ADD COLUMN undo_claims jsonb,
        -- what it is again when the undo could not go on
        ADD COLUMN status_before_undo text,
        -- the last row that was dealt with
        ADD COLUMN undo_cursor_line int NOT NULL DEFAULT 0,
        ADD COLUMN undone int NOT NULL DEFAULT 0,
        ADD COLUMN kept int NOT NULL DEFAULT 0,
        ADD COLUMN undo_failure_code text,
        ADD COLUMN undone_at timestamptz;

      CREATE TABLE contacts.import_undo_row (
        institution_id int NOT NULL,
        job_id bigint NOT NULL,
        line int NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('UNDONE', 'KEPT')),
        -- [{ "code", "column", "parameters" }]
        problems jsonb,
        PRIMARY KEY (institution_id, job_id, line)
      );
      CREATE INDEX import_undo_row_kept ON contacts.import_undo_row (institution_id, job_id, line) WHERE outcome = 'KEPT';
      ALTER TABLE contacts.import_undo_row ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON contacts.import_undo_row
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);

      -- the ledger as others may read it: bits as in it, from INSTITUTION_EMAIL 1 to LETTER 64
      CREATE VIEW marketing.visible_authorization_change WITH (security_invoker = true) AS
        SELECT c.institution_id, c.id, c.contact_id, c.source, c.job_id, c.automatic, c.was_true AS was_agreed,
          c.was_false AS was_refused, c.is_true AS is_agreed, c.is_false AS is_refused
        FROM marketing.authorization_change c
        JOIN contacts.visible_contact v ON v.institution_id = c.institution_id AND v.id = c.contact_id
        WHERE c.institution_id = nullif(current_setting('app.institution', true), '')::int;
    `);
    await runner.query(`SELECT pgboss.create_queue($1, $2)`, [queue, lasting]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT pgboss.delete_queue($1)`, [queue]);
    await runner.query(`
      DROP VIEW marketing.visible_authorization_change;
      DROP TABLE contacts.import_undo_row;
      UPDATE contacts.import_job SET status = status_before_undo WHERE status IN ('UNDOING', 'UNDONE');
      ALTER TABLE contacts.import_job
        DROP CONSTRAINT import_job_status_check,
        ADD CONSTRAINT import_job_status_check ${statusCheck()},
        DROP COLUMN undo_claims, DROP COLUMN status_before_undo, DROP COLUMN undo_cursor_line, DROP COLUMN undone,
        DROP COLUMN kept, DROP COLUMN undo_failure_code, DROP COLUMN undone_at;
    `);
  }
}
