import type { MigrationInterface, QueryRunner } from "typeorm";

/** Blanks, apostrophes, hyphens and every other sign between two words of a name. Listed, so that no locale decides. */
const signs = String.raw`[\\s\\u0001-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u00BF\\u02B9-\\u02DF\\u2000-\\u206F\\u3000-\\u303F]+`;

/** What search compares: names as plain words, each word of a name, telephone numbers, post codes and towns. */
export class ContactSearch1763740828000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.addFunctions(runner);
    await runner.query(`
      ALTER TABLE contacts.contact
        ALTER COLUMN search_name SET EXPRESSION AS (contacts.plain_words(
          CASE WHEN structure_name IS NOT NULL THEN structure_name
               ELSE coalesce(last_name, '') || ' ' || coalesce(first_name, '') END)),
        ALTER COLUMN search_first_name SET EXPRESSION AS (contacts.plain_words(
          coalesce(first_name, '') || ' ' || coalesce(last_name, ''))),
        -- digits of the international number from the last to the first, so that its end is a beginning
        ADD COLUMN phone_key text COLLATE "C",
        ADD COLUMN mobile_key text COLLATE "C";
      DROP INDEX contacts.contact_first_name;
      DROP INDEX contacts.contact_email;
      CREATE INDEX contact_first_name ON contacts.contact (institution_id, search_first_name, id);
      CREATE INDEX contact_email ON contacts.contact (institution_id, email_key, id) WHERE email_key IS NOT NULL;
      CREATE INDEX contact_phone ON contacts.contact (institution_id, phone_key) WHERE phone_key IS NOT NULL;
      CREATE INDEX contact_mobile ON contacts.contact (institution_id, mobile_key) WHERE mobile_key IS NOT NULL;
      CREATE INDEX contact_birth_date ON contacts.contact (institution_id, birth_date) WHERE birth_date IS NOT NULL;

      ALTER TABLE contacts.contact_address
        ADD COLUMN postcode_key text COLLATE "C" GENERATED ALWAYS AS (upper(replace(postcode, ' ', ''))) STORED,
        ADD COLUMN town_key text COLLATE "C" GENERATED ALWAYS AS (contacts.plain_words(town)) STORED;
      CREATE INDEX contact_address_postcode ON contacts.contact_address (institution_id, postcode_key, contact_id)
        WHERE postcode_key IS NOT NULL;
      CREATE INDEX contact_address_town ON contacts.contact_address (institution_id, town_key, contact_id)
        WHERE town_key IS NOT NULL;
      CREATE INDEX contact_role_role ON contacts.contact_role (institution_id, role, contact_id);

      -- every word of a contact's names: also the dictionary for misspelt ones
      CREATE TABLE contacts.contact_word (
        institution_id int NOT NULL,
        contact_id bigint NOT NULL,
        word text COLLATE "C" NOT NULL,
        PRIMARY KEY (institution_id, contact_id, word),
        CONSTRAINT contact_word_contact_id_fk FOREIGN KEY (institution_id, contact_id)
          REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
      );
      CREATE INDEX contact_word_word ON contacts.contact_word (institution_id, word, contact_id);
      ALTER TABLE contacts.contact_word ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON contacts.contact_word
        USING (institution_id = nullif(current_setting('app.institution', true), '')::int);
    `);
    await this.fill(runner);
  }

  private async addFunctions(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- words in small letters without accents and signs, one blank between two; of signs alone, the signs
      CREATE FUNCTION contacts.plain_words(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
        SELECT coalesce(nullif(btrim(regexp_replace(platform.normalize($1), E'${signs}', ' ', 'g')), ''), btrim(platform.normalize($1)))
      $$;

      -- the words that a contact is found by: those of the names, and compounds written as one, as in O'Brien or de la Cruz
      CREATE FUNCTION contacts.name_words(first_name text, last_name text, structure_name text) RETURNS SETOF text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3 AS $$
        SELECT word FROM (
          SELECT string_to_table(contacts.plain_words(
            coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(structure_name, '')), ' ') AS word
          UNION
          SELECT replace(contacts.plain_words(part), ' ', '')
          FROM unnest(ARRAY[first_name, last_name] || string_to_array(last_name, ' ') || string_to_array(first_name, ' ')
            || string_to_array(structure_name, ' ')) AS part
          WHERE part ~ '[^[:alpha:]]') words
        WHERE word <> ''
      $$;
    `);
  }

  /** National numbers of before are found by their last digits until they are written again. */
  private async fill(runner: QueryRunner): Promise<void> {
    const key = (column: string) => `reverse(nullif(ltrim(regexp_replace(${column}, '[^0-9]', '', 'g'), '0'), ''))`;
    await runner.query(`
      UPDATE contacts.contact SET phone_key = ${key("phone")}, mobile_key = ${key("mobile")}
      WHERE phone IS NOT NULL OR mobile IS NOT NULL;
      INSERT INTO contacts.contact_word (institution_id, contact_id, word)
      SELECT c.institution_id, c.id, word FROM contacts.contact c
      CROSS JOIN LATERAL contacts.name_words(c.first_name, c.last_name, c.structure_name) AS word;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE contacts.contact_word;
      DROP INDEX contacts.contact_role_role;
      ALTER TABLE contacts.contact_address DROP COLUMN postcode_key, DROP COLUMN town_key;
      DROP INDEX contacts.contact_birth_date;
      DROP INDEX contacts.contact_first_name;
      DROP INDEX contacts.contact_email;
      ALTER TABLE contacts.contact
        DROP COLUMN phone_key,
        DROP COLUMN mobile_key,
        ALTER COLUMN search_name SET EXPRESSION AS (platform.normalize(
          CASE WHEN structure_name IS NOT NULL THEN structure_name
               ELSE coalesce(last_name, '') || ' ' || coalesce(first_name, '') END)),
        ALTER COLUMN search_first_name SET EXPRESSION AS (platform.normalize(
          coalesce(first_name, '') || ' ' || coalesce(last_name, '')));
      CREATE INDEX contact_first_name ON contacts.contact (institution_id, search_first_name);
      CREATE INDEX contact_email ON contacts.contact (institution_id, email_key) WHERE email_key IS NOT NULL;
      DROP FUNCTION contacts.name_words(text, text, text);
      DROP FUNCTION contacts.plain_words(text);
    `);
  }
}
