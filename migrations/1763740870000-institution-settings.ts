import type { MigrationInterface, QueryRunner } from "typeorm";

/** What an institution decides for itself. No row: everything as shipped. */
export class InstitutionSettings1763740870000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE privacy.institution_setting (
        institution_id int PRIMARY KEY,
        template_mail text NOT NULL DEFAULT 'ATTACHMENT' CHECK (template_mail IN ('ATTACHMENT', 'LINK')),
        -- a refusal of one contact is one of all contacts with his e-mail address (Q-14)
        refusal_by_address boolean NOT NULL DEFAULT false,
        -- criteria and authorizations changed by an import are activity of the contact (Q-15)
        import_renews_recency boolean NOT NULL DEFAULT true,
        inactivity_months int NOT NULL DEFAULT 36 CHECK (inactivity_months BETWEEN 1 AND 1200),
        -- null: as for everybody
        customer_inactivity_months int CHECK (customer_inactivity_months BETWEEN 1 AND 1200),
        prospect_inactivity_months int CHECK (prospect_inactivity_months BETWEEN 1 AND 1200)
      );
      ALTER TABLE privacy.institution_setting ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON privacy.institution_setting
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);

      -- what the others read: one row for every institution
      CREATE VIEW privacy.effective_setting WITH (security_invoker = true) AS
        SELECT i.id AS institution_id, i.settings_version,
          coalesce(s.template_mail, 'ATTACHMENT') AS template_mail,
          coalesce(s.refusal_by_address, false) AS refusal_by_address,
          coalesce(s.import_renews_recency, true) AS import_renews_recency,
          coalesce(s.inactivity_months, 36) AS inactivity_months,
          s.customer_inactivity_months, s.prospect_inactivity_months
        FROM platform.institution i
        LEFT JOIN privacy.institution_setting s ON s.institution_id = i.id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW privacy.effective_setting; DROP TABLE privacy.institution_setting`);
  }
}
