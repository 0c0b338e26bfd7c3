import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The days on which something of a contact's own file counted as activity (A7). One row for a day, however many changes:
 * recency asks for the latest day, and the audit keeps each change.
 */
export class Activities1763740833000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contacts.activity (
        institution_id int NOT NULL,
        contact_id bigint NOT NULL,
        day date NOT NULL DEFAULT platform.today(),
        kind text NOT NULL CHECK (kind IN ('CRITERION')),
        -- an institution may leave out activities of one source
        source text NOT NULL DEFAULT current_setting('app.source'),
        PRIMARY KEY (institution_id, contact_id, day, kind, source),
        FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
      );
      ALTER TABLE contacts.activity ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON contacts.activity
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);

      -- what the others read of activities: the latest day of a contact, by kind and source
      CREATE VIEW contacts.visible_activity WITH (security_invoker = true) AS
        SELECT a.institution_id, a.contact_id, a.kind, a.source, max(a.day) AS latest_day
        FROM contacts.activity a
        JOIN contacts.visible_contact c ON c.institution_id = a.institution_id AND c.id = a.contact_id
        GROUP BY a.institution_id, a.contact_id, a.kind, a.source;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW contacts.visible_activity; DROP TABLE contacts.activity`);
  }
}
