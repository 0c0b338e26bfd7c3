import type { MigrationInterface, QueryRunner } from "typeorm";

const ofInstitution = `institution_id = nullif(current_setting('app.institution', true), '')::int`;

/**
 * The audit of authorizations becomes their ledger: each change with what was shown to the person, in a table that the
 * application's role may read and add to, by privilege and by policy. Beside it the texts that persons agree to, which
 * never change once they are there, and the days on which a change counted as activity (A8, F70) or a click did (A6).
 */
export class AuthorizationLedger1763740850000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE marketing.audit_authorization RENAME TO authorization_event;
      ALTER INDEX marketing.audit_authorization_pkey RENAME TO authorization_event_pkey;
      ALTER INDEX marketing.audit_authorization_time RENAME TO authorization_event_time;
      ALTER TABLE marketing.authorization_event
        -- which wording the person was shown: of the event's code, in this language
        ADD COLUMN wording_version int,
        ADD COLUMN wording_locale text,
        -- by the rule of 5.4, not said by the person
        ADD COLUMN is_automatic boolean NOT NULL DEFAULT false,
        -- false when whoever wrote it did not say what he took the value before for (6.4)
        ADD COLUMN is_verified boolean NOT NULL DEFAULT true;
      DROP POLICY tenant ON marketing.authorization_event;
      CREATE POLICY read ON marketing.authorization_event FOR SELECT USING (${ofInstitution});
      CREATE POLICY add ON marketing.authorization_event FOR INSERT WITH CHECK (${ofInstitution});

      CREATE TABLE marketing.authorization_wording (
        institution_id int NOT NULL,
        code text NOT NULL,
        locale text NOT NULL CHECK (locale IN ('en', 'fr', 'es')),
        version int NOT NULL CHECK (version > 0),
        text text NOT NULL,
        published_at timestamptz NOT NULL DEFAULT platform.now(),
        actor text NOT NULL DEFAULT current_setting('app.actor'),
        actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
        PRIMARY KEY (institution_id, code, locale, version)
      );
      ALTER TABLE marketing.authorization_wording ENABLE ROW LEVEL SECURITY;
      CREATE POLICY read ON marketing.authorization_wording FOR SELECT USING (${ofInstitution});
      CREATE POLICY add ON marketing.authorization_wording FOR INSERT WITH CHECK (${ofInstitution});
      ALTER TABLE marketing.authorization_event ADD CONSTRAINT authorization_event_wording_fk
        FOREIGN KEY (institution_id, code, wording_locale, wording_version)
        REFERENCES marketing.authorization_wording (institution_id, code, locale, version);

      CREATE TABLE marketing.activity (
        institution_id int NOT NULL,
        contact_id bigint NOT NULL,
        day date NOT NULL DEFAULT platform.today(),
        kind text NOT NULL CHECK (kind IN ('AUTHORIZATION', 'CLICK')),
        -- an institution may leave out activities of one source
        source text NOT NULL DEFAULT current_setting('app.source'),
        PRIMARY KEY (institution_id, contact_id, day, kind, source),
        FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
      );
      ALTER TABLE marketing.activity ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON marketing.activity USING (${ofInstitution});

      -- what the others read of activities: the latest day of a contact, by kind and source
      CREATE VIEW marketing.visible_activity WITH (security_invoker = true) AS
        SELECT a.institution_id, a.contact_id, a.kind, a.source, max(a.day) AS latest_day
        FROM marketing.activity a
        JOIN contacts.visible_contact c ON c.institution_id = a.institution_id AND c.id = a.contact_id
        GROUP BY a.institution_id, a.contact_id, a.kind, a.source;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW marketing.visible_activity;
      DROP TABLE marketing.activity;
      ALTER TABLE marketing.authorization_event
        DROP CONSTRAINT authorization_event_wording_fk,
        DROP COLUMN wording_version, DROP COLUMN wording_locale, DROP COLUMN is_automatic, DROP COLUMN is_verified;
      DROP TABLE marketing.authorization_wording;
      DROP POLICY read ON marketing.authorization_event;
      DROP POLICY add ON marketing.authorization_event;
      CREATE POLICY tenant ON marketing.authorization_event USING (${ofInstitution});
      ALTER INDEX marketing.authorization_event_time RENAME TO audit_authorization_time;
      ALTER INDEX marketing.authorization_event_pkey RENAME TO audit_authorization_pkey;
      ALTER TABLE marketing.authorization_event RENAME TO audit_authorization;
    `);
  }
}
