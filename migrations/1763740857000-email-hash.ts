import type { MigrationInterface, QueryRunner } from "typeorm";

const reach = `
  SELECT c.institution_id, c.id AS contact_id, c.email, c.email_key, c.phone, c.mobile,
    (c.email_key <> '') IS TRUE AS has_email,
    (c.mobile <> '') IS TRUE AS has_mobile,
    (c.phone <> '' OR c.mobile <> '') IS TRUE AS has_phone,
    EXISTS (
      SELECT FROM contacts.contact_address a
      WHERE a.institution_id = c.institution_id AND a.contact_id = c.id
        AND coalesce(a.street1, a.street2, a.street3, a.town) IS NOT NULL) AS has_postal_address`;

const visible = `
  FROM contacts.contact c
  JOIN contacts.visible_contact v ON v.institution_id = c.institution_id AND v.id = c.id`;

/**
 * Who shares an e-mail address, for audiences: one mail goes to an address, whoever has it (5.2 G7). Marketing's row gets a
 * number that stands for the address, copied as long as the contact has it, so that a million of them are compared without
 * reading one.
 */
export class EmailHash1763740857000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the beginning of a SHA-256: nobody can find another address with the same number
      CREATE FUNCTION platform.address_hash(address text) RETURNS bigint LANGUAGE sql STABLE STRICT PARALLEL SAFE
        RETURN ('x' || left(encode(sha256(convert_to(address, 'UTF8')), 'hex'), 16))::bit(64)::bigint;

      CREATE OR REPLACE VIEW contacts.visible_reach WITH (security_invoker = true) AS
        ${reach}, platform.address_hash(nullif(c.email_key, '')) AS email_hash, c.contact_number
        ${visible};

      -- a copy of what contacts owns, kept by its transactions
      ALTER TABLE marketing.contact_marketing ADD COLUMN email_hash bigint;
      UPDATE marketing.contact_marketing m SET email_hash = platform.address_hash(nullif(c.email_key, ''))
      FROM contacts.contact c
      WHERE c.institution_id = m.institution_id AND c.id = m.contact_id AND c.email_key <> '';
      CREATE INDEX contact_marketing_email ON marketing.contact_marketing (institution_id, email_hash)
        WHERE email_hash IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE marketing.contact_marketing DROP COLUMN email_hash;
      DROP VIEW contacts.visible_reach;
      CREATE VIEW contacts.visible_reach WITH (security_invoker = true) AS ${reach} ${visible};
      DROP FUNCTION platform.address_hash;
    `);
  }
}
