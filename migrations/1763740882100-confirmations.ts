import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The ledger of authorizations also says when a contact has confirmed what stood already: a confirmation by the link that
 * he was sent proves more than the word of an operator, and is what a receipt has to name.
 */
export class Confirmations1763740882100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE marketing.authorization_change
        -- codes that were TRUE, and that the contact said again; null: none, or erased
        ADD COLUMN confirmed smallint,
        DROP CONSTRAINT authorization_change_check,
        ADD CONSTRAINT authorization_change_check
          CHECK ((was_true, was_false) <> (is_true, is_false) OR coalesce(confirmed, 0) > 0);
    `);
    await runner.query(eventView(`(${changed}) | coalesce(c.confirmed, 0::smallint)`));
    await runner.query(activityView("c.is_true > 0 AND (c.was_true, c.was_false) <> (c.is_true, c.is_false)"));
    await runner.query(changeView(", c.confirmed"));
    await runner.query(
      eraser(
        "(a.was_true # a.is_true) | (a.was_false # a.is_false) | coalesce(a.confirmed, 0::smallint)",
        "confirmed = NULL, ",
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(eraser("(a.was_true # a.is_true) | (a.was_false # a.is_false)", ""));
    await runner.query("DROP VIEW marketing.visible_authorization_change");
    await runner.query(changeView(""));
    await runner.query(activityView("c.is_true > 0"));
    await runner.query(eventView(changed));
    await runner.query(`
      DELETE FROM marketing.authorization_change WHERE (was_true, was_false) = (is_true, is_false);
      ALTER TABLE marketing.authorization_change
        DROP CONSTRAINT authorization_change_check,
        DROP COLUMN confirmed,
        ADD CONSTRAINT authorization_change_check CHECK ((was_true, was_false) <> (is_true, is_false));
    `);
  }
}

const codes = ["INSTITUTION_EMAIL", "THIRD_PARTY_TRANSFER", "PARTNER_COMMUNICATION", "EMAIL", "SMS", "PHONE", "LETTER"];
const places = codes.map((code, index) => `('${code}', ${index + 1}, ${1 << index})`).join(", ");
const changed = "(c.was_true # c.is_true) | (c.was_false # c.is_false)";

/** The ledger by codes; without values where they were erased. */
const eventView = (bits: string) => `
  CREATE OR REPLACE VIEW marketing.authorization_event WITH (security_invoker = true) AS
    SELECT c.institution_id, c.id * 8 + each.place AS id, c.contact_id, c.at, c.actor, c.actor_kind, c.source, c.job_id,
      each.code,
      CASE WHEN c.was_true & each.bit > 0 THEN true WHEN c.was_false & each.bit > 0 THEN false END AS old_value,
      CASE WHEN c.is_true & each.bit > 0 THEN true WHEN c.is_false & each.bit > 0 THEN false END AS new_value,
      c.wording_versions[each.place] AS wording_version, c.wording_locales[each.place] AS wording_locale,
      c.automatic & each.bit > 0 AS is_automatic, c.unverified & each.bit = 0 AS is_verified
    FROM marketing.authorization_change c
    CROSS JOIN (VALUES ${places}) AS each (code, place, bit)
    WHERE coalesce(c.changed, ${bits}) & each.bit > 0;
`;

/** What was only confirmed is not modified, and so no activity (A8). */
const activityView = (counts: string) => `
  CREATE OR REPLACE VIEW marketing.visible_activity WITH (security_invoker = true) AS
    SELECT a.institution_id, a.contact_id, a.kind, a.source, max(a.day) AS latest_day
    FROM (
      SELECT institution_id, contact_id, day, kind, source FROM marketing.activity
      UNION ALL
      SELECT c.institution_id, c.contact_id, (c.at AT TIME ZONE i.time_zone)::date, 'AUTHORIZATION', c.source
      FROM marketing.authorization_change c JOIN platform.institution i ON i.id = c.institution_id
      WHERE ${counts}) a
    JOIN contacts.visible_contact v ON v.institution_id = a.institution_id AND v.id = a.contact_id
    GROUP BY a.institution_id, a.contact_id, a.kind, a.source;
`;

const changeView = (more: string) => `
  CREATE OR REPLACE VIEW marketing.visible_authorization_change WITH (security_invoker = true) AS
    SELECT c.institution_id, c.id, c.contact_id, c.source, c.job_id, c.automatic, c.was_true AS was_agreed,
      c.was_false AS was_refused, c.is_true AS is_agreed, c.is_false AS is_refused${more}
    FROM marketing.authorization_change c
    JOIN contacts.visible_contact v ON v.institution_id = c.institution_id AND v.id = c.contact_id
    WHERE c.institution_id = nullif(current_setting('app.institution', true), '')::int;
`;

/** Runs as the owner of the table, for the session's institution alone. Returns how many rows it met. */
const eraser = (bits: string, more: string) => `
  CREATE OR REPLACE FUNCTION marketing.erase_authorization_change(ids bigint[]) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $guard$
    DECLARE
      institution int := nullif(current_setting('app.institution', true), '')::int;
      shells bigint[] := ARRAY(SELECT c.id FROM contacts.contact c
        WHERE c.institution_id = institution AND c.id = ANY(ids) AND c.anonymized_at IS NOT NULL);
      met bigint;
    BEGIN
      UPDATE marketing.authorization_change a
      SET changed = ${bits}, was_true = NULL, was_false = NULL,
        is_true = NULL, is_false = NULL, ${more}wording_versions = NULL, wording_locales = NULL
      WHERE a.institution_id = institution AND a.contact_id = ANY(shells) AND a.changed IS NULL;
      GET DIAGNOSTICS met = ROW_COUNT;
      RETURN met;
    END $guard$;
`;
