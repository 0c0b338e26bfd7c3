import type { MigrationInterface, QueryRunner } from "typeorm";

const types = (...names: string[]) => `CHECK (import_type IN (${names.map((name) => `'${name}'`).join(", ")}))`;
const outcomes = ["CREATED", "WOULD_CREATE", "UPDATED", "WOULD_UPDATE", "UNCHANGED", "SKIPPED", "ERROR"];
const outcomeCheck = (...further: string[]) =>
  `CHECK (outcome IN (${[...outcomes, ...further].map((name) => `'${name}'`).join(", ")}))`;

/**
 * Imports of criteria and authorizations, and plans: a check keeps what each row would change, in chunks with a hash
 * each, and an update may carry out exactly that.
 */
export class ImportPlans1763740860000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.import_job
        DROP CONSTRAINT import_job_import_type_check,
        ADD CONSTRAINT import_job_import_type_check ${types("CONTACTS", "CRITERIA", "AUTHORIZATIONS")},
        -- that it is made for; null: those of who started it
        ADD COLUMN organization text,
        -- of the file's content
        ADD COLUMN file_digest text,
        ADD COLUMN conflicts int NOT NULL DEFAULT 0,
        -- rows that count as activity of their contact (A7, A8)
        ADD COLUMN activities int NOT NULL DEFAULT 0,
        -- [{ "code", "parameters" }]
        ADD COLUMN warnings jsonb,
        -- of a check that has ended; of an update, the one that it carries out, with the check that made it
        ADD COLUMN plan_hash text,
        ADD COLUMN plan_job_id bigint,
        -- after their retention
        ADD COLUMN rows_removed_at timestamptz;
      CREATE INDEX import_job_plan ON contacts.import_job (institution_id, plan_hash)
        WHERE plan_hash IS NOT NULL AND mode = 'CHECK';

      ALTER TABLE contacts.import_row
        DROP CONSTRAINT import_row_outcome_check,
        ADD CONSTRAINT import_row_outcome_check ${outcomeCheck("CONFLICT")},
        -- of the contact, when the row was decided
        ADD COLUMN contact_version int,
        -- authorizations before and after, and those given without an old value, as bits; null: no change
        ADD COLUMN was_agreed smallint,
        ADD COLUMN was_refused smallint,
        ADD COLUMN is_agreed smallint,
        ADD COLUMN is_refused smallint,
        ADD COLUMN unverified smallint,
        -- [{ "criterion", "was", "is", "text", "oldText", "isVerified" }] of those that change; null: no change
        ADD COLUMN criteria jsonb;
      CREATE INDEX import_row_contact ON contacts.import_row (institution_id, job_id, contact_id)
        WHERE contact_id IS NOT NULL;

      CREATE TABLE contacts.import_plan_chunk (
        institution_id int NOT NULL,
        job_id bigint NOT NULL,
        last_line int NOT NULL,
        digest bytea NOT NULL,
        PRIMARY KEY (institution_id, job_id, last_line),
        FOREIGN KEY (institution_id, job_id) REFERENCES contacts.import_job (institution_id, id) ON DELETE CASCADE
      );
      ALTER TABLE contacts.import_plan_chunk ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON contacts.import_plan_chunk
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE contacts.import_plan_chunk;
      DELETE FROM contacts.import_job WHERE import_type <> 'CONTACTS';
      UPDATE contacts.import_row SET outcome = 'ERROR' WHERE outcome = 'CONFLICT';
      ALTER TABLE contacts.import_row
        DROP COLUMN contact_version, DROP COLUMN was_agreed, DROP COLUMN was_refused, DROP COLUMN is_agreed,
        DROP COLUMN is_refused, DROP COLUMN unverified, DROP COLUMN criteria,
        DROP CONSTRAINT import_row_outcome_check,
        ADD CONSTRAINT import_row_outcome_check ${outcomeCheck()};
      DROP INDEX contacts.import_row_contact;
      ALTER TABLE contacts.import_job
        DROP COLUMN organization, DROP COLUMN file_digest, DROP COLUMN conflicts, DROP COLUMN activities,
        DROP COLUMN warnings, DROP COLUMN plan_hash, DROP COLUMN plan_job_id, DROP COLUMN rows_removed_at,
        DROP CONSTRAINT import_job_import_type_check,
        ADD CONSTRAINT import_job_import_type_check ${types("CONTACTS")};
    `);
  }
}
