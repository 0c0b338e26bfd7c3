import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who read confidential contacts, and who took data out. Insert-only, as every audit table. */
export class AccessLog1763740871000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE privacy.audit_access (
        institution_id int NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL DEFAULT platform.now(),
        actor text NOT NULL DEFAULT current_setting('app.actor'),
        actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
        -- of the actor: an export does not exist for who sees less
        clearance smallint NOT NULL DEFAULT coalesce(nullif(current_setting('app.clearance', true), '')::smallint, 2),
        access_kind text NOT NULL CHECK (access_kind IN ('READ', 'EXPORT')),
        -- of a read, and of an export about one contact
        contact_id bigint,
        -- of an export: what was taken out, and how many contacts were in it
        subject text,
        contact_count int,
        request_id text,
        PRIMARY KEY (institution_id, id)
      );
      CREATE INDEX audit_access_contact ON privacy.audit_access (institution_id, contact_id, at DESC, id DESC);
      CREATE INDEX audit_access_export ON privacy.audit_access (institution_id, at DESC, id DESC)
        WHERE access_kind = 'EXPORT';
      ALTER TABLE privacy.audit_access ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON privacy.audit_access
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE privacy.audit_access`);
  }
}
