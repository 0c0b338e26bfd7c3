import type { MigrationInterface, QueryRunner } from "typeorm";

/** What names sound like, and what is compared of a street: people who may have two files. */
export class PossibleDuplicates1763740829000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Soundex of a name as one word without accents; of a name in other letters than Latin ones, the name
      CREATE FUNCTION contacts.name_sound(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT CASE WHEN word ~ '^[a-z]' THEN
          rpad(left(word, 1) || replace(substr(regexp_replace(
            translate(left(word, 1) || regexp_replace(substr(word, 2), '[^a-gi-vx-z]', '', 'g'),
              'aeiouybfpvcgjkqsxzdtlmnrhw', '00000011112222222233455600'), '(.)\\1+', '\\1', 'g'), 2), '0', ''), 4, '0')
          ELSE word END
        FROM (SELECT replace(contacts.plain_words(name), ' ', '') AS word) AS plain
      $$;
      -- of a person the sounds of both names, of a structure its name
      CREATE FUNCTION contacts.sound_key(first_name text, last_name text, structure_name text) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT CASE WHEN structure_name IS NOT NULL THEN contacts.plain_words(structure_name)
          ELSE coalesce(contacts.name_sound(last_name), '') || '/' || coalesce(contacts.name_sound(first_name), '') END
      $$;
      ALTER TABLE contacts.contact ADD COLUMN sound_key text COLLATE "C"
        GENERATED ALWAYS AS (contacts.sound_key(first_name, last_name, structure_name)) STORED;
      CREATE INDEX contact_sound ON contacts.contact (institution_id, sound_key);
      ALTER TABLE contacts.contact_address ADD COLUMN street_key text COLLATE "C"
        GENERATED ALWAYS AS (left(contacts.plain_words(street1), 35)) STORED;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.contact_address DROP COLUMN street_key;
      ALTER TABLE contacts.contact DROP COLUMN sound_key;
      DROP FUNCTION contacts.sound_key(text, text, text);
      DROP FUNCTION contacts.name_sound(text);
    `);
  }
}
