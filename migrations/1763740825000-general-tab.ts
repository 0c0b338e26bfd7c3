import type { MigrationInterface, QueryRunner } from "typeorm";

const rotation = {
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

/** Disability type, remark, block and identity document of a contact. Nullable: no row is rewritten. */
export class GeneralTab1763740825000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.contact
        -- five values that the data protection authority approved; the list never grows
        ADD COLUMN disability_type text
          CHECK (disability_type IN ('NONE', 'ROW_END', 'NEAR_STAGE', 'WHEELCHAIR', 'WITHOUT_WHEELCHAIR')),
        ADD COLUMN remark text,
        ADD COLUMN blocked_since timestamptz,
        ADD COLUMN blocked_reason text,
        ADD CONSTRAINT contact_blocked_check CHECK ((blocked_since IS NULL) = (blocked_reason IS NULL));

      CREATE TABLE contacts.identity_document (
        institution_id int NOT NULL,
        contact_id bigint NOT NULL,
        -- which key of the ring sealed it
        key_id text NOT NULL,
        -- AES-256-GCM: nonce, ciphertext, tag
        sealed_number bytea NOT NULL,
        -- HMAC-SHA-256 of the normalised number, with a key of its own
        number_digest bytea NOT NULL,
        PRIMARY KEY (institution_id, contact_id),
        FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
      );
      CREATE INDEX identity_document_digest ON contacts.identity_document (institution_id, number_digest);

      ALTER TABLE contacts.identity_document ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON contacts.identity_document
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);
    `);
    await runner.query(`SELECT pgboss.create_queue($1, $2)`, ["contacts.identity-keys", rotation]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT pgboss.delete_queue('contacts.identity-keys')`);
    await runner.query(`
      DROP TABLE contacts.identity_document;
      ALTER TABLE contacts.contact
        DROP COLUMN disability_type, DROP COLUMN remark, DROP COLUMN blocked_since, DROP COLUMN blocked_reason;
    `);
  }
}
