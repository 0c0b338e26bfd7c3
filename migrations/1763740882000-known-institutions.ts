import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Lets long work renew the planner's statistics where they do not know its institution. An institution that has come since
 * tables were analysed is planned for as one of a single row, and its tables are then read as a whole for each of its rows.
 */
export class KnownInstitutions1763740882000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(know);
    await runner.query("REVOKE ALL ON FUNCTION platform.know_institution() FROM PUBLIC");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP FUNCTION platform.know_institution()");
  }
}

/** Only the owner may analyse a table; nothing of a row comes out of it but the number of tables. */
const know = `
  CREATE FUNCTION platform.know_institution() RETURNS int
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $know$
    DECLARE
      institution int := nullif(current_setting('app.institution', true), '')::int;
      found record;
      plan json;
      rows_there int;
      met int := 0;
    BEGIN
      FOR found IN
        SELECT c.oid::regclass AS name,
          c.reltuples < 0 OR pg_stat_get_last_analyze_time(c.oid) IS NULL AND pg_stat_get_last_autoanalyze_time(c.oid) IS NULL
            AS is_new,
          pg_relation_size(c.oid) / current_setting('block_size')::int <> c.relpages AS has_grown
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'institution_id' AND NOT a.attisdropped
        WHERE n.nspname IN ('platform', 'contacts', 'marketing', 'history', 'privacy')
          AND c.relkind = 'r' AND c.relpersistence = 'p' AND pg_relation_size(c.oid) > 0
      LOOP
        CONTINUE WHEN NOT found.is_new AND NOT found.has_grown;
        IF NOT found.is_new THEN
          EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM %s WHERE institution_id = %s', found.name, institution) INTO plan;
          CONTINUE WHEN (plan->0->'Plan'->>'Plan Rows')::float8 >= 100;
          EXECUTE format('SELECT count(*) FROM (SELECT FROM %s WHERE institution_id = %s LIMIT 1000) looked_at', found.name,
            institution) INTO rows_there;
          CONTINUE WHEN rows_there < 100 OR (plan->0->'Plan'->>'Plan Rows')::float8 * 10 > rows_there;
        END IF;
        -- somebody who analyses it as well, or changes the table, is not waited for
        EXECUTE format('ANALYZE (SKIP_LOCKED) %s', found.name);
        met := met + 1;
      END LOOP;
      RETURN met;
    END $know$;
`;
