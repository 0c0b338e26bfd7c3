import type { MigrationInterface, QueryRunner } from "typeorm";

/** Roles that keep a contact out of retention, whatever other roles he has (F47). */
const keptRoles = "'SUPPLIER', 'GUIDE', 'EXHIBITOR', 'PRODUCER', 'PARTNER', 'CONTRACTOR', 'SUPPORT'";

const kinds = `'OPTION_ACQUIRED', 'OPTION_CONFIRMED', 'RESERVATION', 'SALE', 'WAITING_LIST', 'CLICK', 'CRITERION',
  'AUTHORIZATION', 'CREATION'`;

/** The day of a contact's last activity, as it was worked out last (domain 4.1, 4.4), and what decided it. */
export class Recency1763740872000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE privacy.gdpr_recency (
        institution_id int NOT NULL,
        contact_id bigint NOT NULL,
        -- also in the future: the last day of a product's validity
        day date NOT NULL,
        kind text NOT NULL CHECK (kind IN (${kinds})),
        -- of an order or an entry of a waiting list: whose it is, and its id
        organization text,
        record_id bigint,
        computed_at timestamptz NOT NULL DEFAULT platform.now(),
        PRIMARY KEY (institution_id, contact_id),
        FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
      ) WITH (fillfactor = 85);
      ALTER TABLE privacy.gdpr_recency ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON privacy.gdpr_recency
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);

      -- what targets ask of it: the month as yyyymm
      CREATE VIEW privacy.targetable_recency WITH (security_invoker = true) AS
        SELECT r.institution_id, r.contact_id, r.day,
          (extract(year FROM r.day) * 100 + extract(month FROM r.day))::int AS month
        FROM privacy.gdpr_recency r
        JOIN contacts.visible_contact v ON v.institution_id = r.institution_id AND v.id = r.contact_id;

      -- whom retention is about: living individuals with no role that keeps them (F47, domain 4.3)
      CREATE VIEW contacts.retainable_contact WITH (security_invoker = true) AS
        SELECT c.institution_id, c.id AS contact_id, c.contact_number, c.created_at,
          c.blocked_since IS NOT NULL AS is_blocked
        FROM contacts.contact c
        JOIN contacts.visible_contact v ON v.institution_id = c.institution_id AND v.id = c.id
        WHERE c.contact_type = 'INDIVIDUAL' AND c.anonymized_at IS NULL
          AND NOT EXISTS (SELECT FROM contacts.contact_role r
            WHERE r.institution_id = c.institution_id AND r.contact_id = c.id AND r.role IN (${keptRoles}));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW contacts.retainable_contact, privacy.targetable_recency;
      DROP TABLE privacy.gdpr_recency`);
  }
}
