import type { MigrationInterface, QueryRunner } from "typeorm";

/** Primary relays, and what history tells of contacts who may become relays. */
export class Connections1763740821000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SEQUENCE contacts.primary_choice;

      -- of a relay that was chosen as its structure's primary one; the highest was chosen last
      ALTER TABLE contacts.contact_connection ADD COLUMN primary_choice bigint
        CHECK (primary_choice IS NULL OR connection_type = 'RELAY_OF');

      -- The primary relay of each structure, as the caller sees it: of the relays that are valid and that exist for
      -- him, the one chosen last, else the oldest. Nothing is stored that a relay's end or level would make false.
      CREATE VIEW contacts.primary_relay WITH (security_invoker = true) AS
        SELECT DISTINCT ON (l.institution_id, l.to_contact_id)
          l.institution_id, l.to_contact_id AS structure_id, l.from_contact_id AS relay_id
        FROM contacts.contact_connection l
        JOIN contacts.visible_contact s ON s.institution_id = l.institution_id AND s.id = l.to_contact_id
        JOIN contacts.visible_contact r ON r.institution_id = l.institution_id AND r.id = l.from_contact_id
        WHERE l.connection_type = 'RELAY_OF' AND r.anonymized_at IS NULL
          AND (r.validity_end_date IS NULL OR r.validity_end_date >= platform.today())
        ORDER BY l.institution_id, l.to_contact_id, l.primary_choice DESC NULLS LAST, l.id;

      -- who has made an order; for the one question whether it would move to a structure
      CREATE VIEW history.contact_with_orders WITH (security_invoker = true) AS
        SELECT institution_id, purchaser_id AS contact_id FROM history.sales_order;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW history.contact_with_orders;
      DROP VIEW contacts.primary_relay;
      ALTER TABLE contacts.contact_connection DROP COLUMN primary_choice;
      DROP SEQUENCE contacts.primary_choice;
    `);
  }
}
