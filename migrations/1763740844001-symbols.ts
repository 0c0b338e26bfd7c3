import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a contact holds today, for the symbols beside his name. */
export class Symbols1763740844001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the memberships and advantages of today, of the contacts that the caller sees. A membership without an end of its
      -- own lasts as long as the season of what was bought
      CREATE VIEW history.visible_holding WITH (security_invoker = true) AS
        SELECT m.institution_id, m.contact_id, 'MEMBERSHIP' AS kind, m.id, m.organization, p.name, m.valid_from,
          coalesce(m.valid_to, s.ends_on) AS valid_to
        FROM history.membership m
        JOIN contacts.visible_contact c ON c.institution_id = m.institution_id AND c.id = m.contact_id
        JOIN history.product p ON p.institution_id = m.institution_id AND p.id = m.product_id
        LEFT JOIN history.season s ON s.institution_id = p.institution_id AND s.id = p.season_id
        WHERE m.membership_state = 'ACTIVE' AND m.valid_from <= platform.today()
          AND coalesce(m.valid_to, s.ends_on, 'infinity') >= platform.today()
        UNION ALL
        SELECT a.institution_id, a.contact_id, 'ADVANTAGE', a.id, a.organization, a.name, a.valid_from, a.valid_to
        FROM history.advantage a
        JOIN contacts.visible_contact c ON c.institution_id = a.institution_id AND c.id = a.contact_id
        WHERE a.advantage_state = 'ASSIGNED' AND coalesce(a.valid_from, '-infinity') <= platform.today()
          AND coalesce(a.valid_to, 'infinity') >= platform.today();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW history.visible_holding`);
  }
}
