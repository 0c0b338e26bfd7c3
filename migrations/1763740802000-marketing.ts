import type { MigrationInterface, QueryRunner } from "typeorm";

/** One narrow row per contact with its seven authorizations, and the audit of their changes. */
export class Marketing1763740802000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA marketing;

      CREATE TABLE marketing.contact_marketing (
        institution_id int NOT NULL,
        contact_id bigint NOT NULL,
        -- copies of what contacts owns, kept by its transactions
        contact_type text NOT NULL,
        confidentiality_level smallint NOT NULL,
        validity_end_date date,
        -- three-valued: null is EMPTY
        institution_email boolean,
        third_party_transfer boolean,
        partner_communication boolean,
        email boolean,
        sms boolean,
        phone boolean,
        letter boolean,
        -- NONE 0, SOFT 1, HARD 2
        bounce_status smallint NOT NULL DEFAULT 0 CHECK (bounce_status BETWEEN 0 AND 2),
        PRIMARY KEY (institution_id, contact_id)
      ) WITH (fillfactor = 50);

      CREATE TABLE marketing.audit_authorization (
        institution_id int NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        contact_id bigint NOT NULL,
        at timestamptz NOT NULL DEFAULT platform.now(),
        actor text NOT NULL DEFAULT current_setting('app.actor'),
        actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
        source text NOT NULL DEFAULT current_setting('app.source'),
        job_id bigint,
        code text NOT NULL,
        old_value boolean,
        new_value boolean,
        PRIMARY KEY (institution_id, id)
      );
      CREATE INDEX audit_authorization_time
        ON marketing.audit_authorization (institution_id, contact_id, at DESC, id DESC);

      ALTER TABLE marketing.contact_marketing ENABLE ROW LEVEL SECURITY;
      CREATE POLICY visible ON marketing.contact_marketing USING (
        institution_id = nullif(current_setting('app.institution', true), '')::int
        AND confidentiality_level <= nullif(current_setting('app.clearance', true), '')::smallint
        AND contact_id <> CASE WHEN contact_id = coalesce(nullif(current_setting('app.own_contact', true), '')::bigint, contact_id)
          THEN 0 ELSE contact_id END);
      ALTER TABLE marketing.audit_authorization ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON marketing.audit_authorization
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP SCHEMA marketing CASCADE`);
  }
}
