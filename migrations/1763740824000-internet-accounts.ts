import type { MigrationInterface, QueryRunner } from "typeorm";

/** Internet accounts: the login of a contact. Passwords are the identity provider's. */
export class InternetAccounts1763740824000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contacts.internet_account (
        institution_id int NOT NULL,
        contact_id bigint NOT NULL,
        login text NOT NULL,
        login_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(login)) STORED,
        created_at timestamptz NOT NULL DEFAULT platform.now(),
        disabled_at timestamptz,
        PRIMARY KEY (institution_id, contact_id),
        FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
      );
      -- not unique: a refusal would tell of a contact that the caller may not see. The oldest account has the login
      CREATE INDEX internet_account_login ON contacts.internet_account (institution_id, login_key);

      ALTER TABLE contacts.internet_account ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON contacts.internet_account
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);

      -- what the others read of an account
      CREATE VIEW contacts.visible_internet_account WITH (security_invoker = true) AS
        SELECT a.institution_id, a.contact_id, a.disabled_at
        FROM contacts.internet_account a
        JOIN contacts.visible_contact c ON c.institution_id = a.institution_id AND c.id = a.contact_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW contacts.visible_internet_account; DROP TABLE contacts.internet_account`);
  }
}
