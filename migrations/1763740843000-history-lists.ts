import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What the lists of a contact ask for: which orders a caller sees, whose history a structure's is made of, where contacts
 * come from; and the remark that an operator writes on an order.
 */
export class HistoryLists1763740843000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The relays of each structure, whose history is also the structure's. Both exist for the caller; of the anonymized
      -- nothing is told.
      CREATE VIEW contacts.visible_relay WITH (security_invoker = true) AS
        SELECT l.institution_id, l.to_contact_id AS structure_id, l.from_contact_id AS relay_id
        FROM contacts.contact_connection l
        JOIN contacts.visible_contact s ON s.institution_id = l.institution_id AND s.id = l.to_contact_id
        JOIN contacts.visible_contact r ON r.institution_id = l.institution_id AND r.id = l.from_contact_id
        WHERE l.connection_type = 'RELAY_OF' AND s.anonymized_at IS NULL AND r.anonymized_at IS NULL;

      -- Where each contact that the caller sees comes from, by its main address; also the anonymized, who keep that.
      CREATE VIEW contacts.visible_place WITH (security_invoker = true) AS
        SELECT v.institution_id, v.id AS contact_id, v.anonymized_at, a.country, a.postcode, a.town
        FROM contacts.visible_contact v
        LEFT JOIN contacts.contact_address a
          ON a.institution_id = v.institution_id AND a.contact_id = v.id AND a.kind = 'MAIN';

      -- An order exists for a caller who sees one of its people: who made it, who is to pay or has paid, who attends.
      CREATE VIEW history.visible_order WITH (security_invoker = true) AS
        SELECT o.institution_id, o.id
        FROM history.sales_order o
        CROSS JOIN LATERAL (
          SELECT FROM (
            SELECT o.purchaser_id AS id UNION ALL SELECT o.payer_id
            UNION ALL
            SELECT t.cultural_contact_id FROM history.ticket t
            WHERE t.institution_id = o.institution_id AND t.order_id = o.id
            UNION ALL
            SELECT p.payer_id FROM history.payment p
            WHERE p.institution_id = o.institution_id AND p.order_id = o.id) person
          JOIN contacts.visible_contact v ON v.institution_id = o.institution_id AND v.id = person.id
          LIMIT 1) seen;

      -- what an operator wrote stays, whatever remark later versions of the order bring
      ALTER TABLE history.sales_order
        ADD COLUMN own_remark text,
        -- counts the operators' changes; 0: the remark is the delivered one
        ADD COLUMN remark_version int NOT NULL DEFAULT 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE history.sales_order DROP COLUMN own_remark, DROP COLUMN remark_version;
      DROP VIEW history.visible_order;
      DROP VIEW contacts.visible_place;
      DROP VIEW contacts.visible_relay;
    `);
  }
}
