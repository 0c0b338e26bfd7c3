import type { MigrationInterface, QueryRunner } from "typeorm";

const reach = ["has_email", "has_mobile", "has_phone", "has_postal_address"];

/**
 * What decides whether a message can reach a contact: marketing's row learns which ways there are, and whether the
 * contact is anonymized. The addresses themselves stay with contacts, who shows them to the others in one view.
 */
export class Reach1763740852000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- how a contact is reached, for the other modules. By phone, whichever number he has
      CREATE VIEW contacts.visible_reach WITH (security_invoker = true) AS
        SELECT c.institution_id, c.id AS contact_id, c.email, c.email_key, c.phone, c.mobile,
          (c.email_key <> '') IS TRUE AS has_email,
          (c.mobile <> '') IS TRUE AS has_mobile,
          (c.phone <> '' OR c.mobile <> '') IS TRUE AS has_phone,
          EXISTS (
            SELECT FROM contacts.contact_address a
            WHERE a.institution_id = c.institution_id AND a.contact_id = c.id
              AND coalesce(a.street1, a.street2, a.street3, a.town) IS NOT NULL) AS has_postal_address
        FROM contacts.contact c
        JOIN contacts.visible_contact v ON v.institution_id = c.institution_id AND v.id = c.id;

      -- copies of what contacts owns, kept by its transactions
      ALTER TABLE marketing.contact_marketing
        ADD COLUMN anonymized_at timestamptz,
        ${reach.map((column) => `ADD COLUMN ${column} boolean NOT NULL DEFAULT false`).join(", ")};

      UPDATE marketing.contact_marketing m
      SET anonymized_at = c.anonymized_at,
        has_email = (c.email_key <> '') IS TRUE,
        has_mobile = (c.mobile <> '') IS TRUE,
        has_phone = (c.phone <> '' OR c.mobile <> '') IS TRUE,
        has_postal_address = EXISTS (
          SELECT FROM contacts.contact_address a
          WHERE a.institution_id = c.institution_id AND a.contact_id = c.id
            AND coalesce(a.street1, a.street2, a.street3, a.town) IS NOT NULL)
      FROM contacts.contact c
      WHERE c.institution_id = m.institution_id AND c.id = m.contact_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE marketing.contact_marketing
        DROP COLUMN anonymized_at, ${reach.map((column) => `DROP COLUMN ${column}`).join(", ")};
      DROP VIEW contacts.visible_reach;
    `);
  }
}
