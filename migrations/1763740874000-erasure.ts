import type { MigrationInterface, QueryRunner } from "typeorm";

const ofInstitution = `institution_id = nullif(current_setting('app.institution', true), '')::int`;

/**
 * What erasing leaves behind, and the only ways in which an audit or a ledger can lose values: a function for each table,
 * which empties the rows of shells, and one that drops the rows of contacts who are gone. Whoever calls them can do
 * neither to a living contact.
 */
export class Erasure1763740874000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const table of newTables)
      await runner.query(`
        ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON ${table} USING (${ofInstitution});
      `);
    await runner.query(ledgers);
    await runner.query(eventView(changedOrErased));
    await runner.query(functions.map(({ create }) => create).join("\n"));
    await runner.query(`SELECT pgboss.create_queue($1, $2)`, ["platform.mail-files", mailFiles]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`SELECT pgboss.delete_queue('platform.mail-files')`);
    await runner.query(functions.map(({ name }) => `DROP FUNCTION ${name}(bigint[]);`).join("\n"));
    await runner.query(eventView(changed));
    await runner.query(`
      DELETE FROM marketing.authorization_change WHERE changed IS NOT NULL;
      ALTER TABLE marketing.authorization_change
        DROP COLUMN changed,
        ALTER COLUMN was_true SET NOT NULL, ALTER COLUMN was_false SET NOT NULL,
        ALTER COLUMN is_true SET NOT NULL, ALTER COLUMN is_false SET NOT NULL;
      DELETE FROM marketing.audit_bounce WHERE old_status IS NULL OR new_status IS NULL;
      ALTER TABLE marketing.audit_bounce ALTER COLUMN old_status SET NOT NULL, ALTER COLUMN new_status SET NOT NULL;
      DROP INDEX contacts.import_row_person;
      DROP TABLE ${newTables.join(", ")};
    `);
  }
}

const newTables = [
  "contacts.erased_identifier",
  "contacts.alias_removal",
  "history.erased_record",
  "platform.mail_file",
];

const tables = `
  -- tombstones: keyed digests of what files know contacts by. They name nobody
  CREATE TABLE contacts.erased_identifier (
    institution_id int NOT NULL,
    kind text NOT NULL CHECK (kind IN ('EMAIL', 'REFERENCE')),
    digest bytea NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT platform.now(),
    PRIMARY KEY (institution_id, kind, digest)
  );

  -- what providers of payments are still to delete, sealed
  CREATE TABLE contacts.alias_removal (
    institution_id int NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    key_id text NOT NULL,
    sealed_alias bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT platform.now(),
    PRIMARY KEY (institution_id, id)
  );

  -- records that went with their contact, as keyed digests of their number
  CREATE TABLE history.erased_record (
    institution_id int NOT NULL,
    record_kind text NOT NULL,
    digest bytea NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT platform.now(),
    PRIMARY KEY (institution_id, record_kind, digest)
  );

  -- files of erased mails, until they are removed
  CREATE TABLE platform.mail_file (
    institution_id int NOT NULL,
    mail_id bigint NOT NULL,
    PRIMARY KEY (institution_id, mail_id)
  );

  CREATE INDEX import_row_person ON contacts.import_row (institution_id, contact_id) WHERE contact_id IS NOT NULL;
`;

const ledgers = `
  ALTER TABLE marketing.authorization_change
    ALTER COLUMN was_true DROP NOT NULL, ALTER COLUMN was_false DROP NOT NULL,
    ALTER COLUMN is_true DROP NOT NULL, ALTER COLUMN is_false DROP NOT NULL,
    -- of an erased contact: which codes were changed, when what they said is gone
    ADD COLUMN changed smallint;
  ALTER TABLE marketing.audit_bounce ALTER COLUMN old_status DROP NOT NULL, ALTER COLUMN new_status DROP NOT NULL;
`;

const codes = ["INSTITUTION_EMAIL", "THIRD_PARTY_TRANSFER", "PARTNER_COMMUNICATION", "EMAIL", "SMS", "PHONE", "LETTER"];
const places = codes.map((code, index) => `('${code}', ${index + 1}, ${1 << index})`).join(", ");
const changed = "(c.was_true # c.is_true) | (c.was_false # c.is_false)";
const changedOrErased = `coalesce(c.changed, ${changed})`;

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
    WHERE (${bits}) & each.bit > 0;
`;

interface Guard {
  readonly name: string;
  readonly create: string;
}

/** A function that runs as the owner of the tables, for the session's institution alone. Returns how many rows it met. */
function guard(name: string, change: string): Guard {
  const create = `
    CREATE FUNCTION ${name}(ids bigint[]) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER
      SET search_path = pg_catalog, pg_temp AS $guard$
    DECLARE
      institution int := nullif(current_setting('app.institution', true), '')::int;
      met bigint;
    BEGIN
      ${change};
      GET DIAGNOSTICS met = ROW_COUNT;
      RETURN met;
    END $guard$;
    REVOKE ALL ON FUNCTION ${name}(bigint[]) FROM PUBLIC;`;
  return { name, create };
}

const isShell = (column: string) => `EXISTS (SELECT FROM contacts.contact shell
  WHERE shell.institution_id = institution AND shell.id = ${column} AND shell.anonymized_at IS NOT NULL)`;
const ofShells = (alias: string) =>
  `${alias}.institution_id = institution AND ${alias}.contact_id = ANY(ids) AND ${isShell(`${alias}.contact_id`)}`;

const emptyAudit = (table: string) => `
  UPDATE ${table} a SET old_value = NULL, new_value = NULL
  WHERE ${ofShells("a")} AND (a.old_value IS NOT NULL OR a.new_value IS NOT NULL)
    AND a.field NOT IN ('contactNumber', 'type', 'confidentialityLevel', 'roles', 'anonymizedAt')`;

/** What was remarked on an order that a shell made also stands in the files of the order's other people. */
const emptyRemarks = `
  UPDATE history.audit_contact a SET old_value = NULL, new_value = NULL
  FROM (
    SELECT o.id::text AS key, person.id FROM history.sales_order o
    CROSS JOIN LATERAL (
      SELECT o.payer_id AS id
      UNION SELECT t.cultural_contact_id FROM history.ticket t WHERE t.institution_id = institution AND t.order_id = o.id
      UNION SELECT p.payer_id FROM history.payment p WHERE p.institution_id = institution AND p.order_id = o.id) person
    WHERE o.institution_id = institution AND o.purchaser_id = ANY(ids) AND o.cleaned AND ${isShell("o.purchaser_id")}) other
  WHERE a.institution_id = institution AND a.contact_id = other.id AND a.entity = 'Order' AND a.key = other.key
    AND (a.old_value IS NOT NULL OR a.new_value IS NOT NULL)`;

/** Of contacts who are gone; the entry that tells of their removal stays. */
const purge = (table: string, condition = "true") => `
  DELETE FROM ${table} a WHERE a.institution_id = institution AND a.contact_id = ANY(ids) AND ${condition}
    AND NOT EXISTS (SELECT FROM contacts.contact c WHERE c.institution_id = institution AND c.id = a.contact_id)`;

const functions: readonly Guard[] = [
  guard("contacts.erase_audit_contact", emptyAudit("contacts.audit_contact")),
  guard("contacts.purge_audit_contact", purge("contacts.audit_contact", "a.key IS DISTINCT FROM 'DELETED'")),
  guard("history.erase_audit_contact", `${emptyAudit("history.audit_contact")}; ${emptyRemarks}`),
  guard("history.purge_audit_contact", purge("history.audit_contact")),
  guard(
    "marketing.erase_authorization_change",
    `UPDATE marketing.authorization_change a
     SET changed = (a.was_true # a.is_true) | (a.was_false # a.is_false), was_true = NULL, was_false = NULL,
       is_true = NULL, is_false = NULL, wording_versions = NULL, wording_locales = NULL
     WHERE ${ofShells("a")} AND a.changed IS NULL`,
  ),
  guard("marketing.purge_authorization_change", purge("marketing.authorization_change")),
  guard(
    "marketing.erase_audit_bounce",
    `UPDATE marketing.audit_bounce a SET old_status = NULL, new_status = NULL
     WHERE ${ofShells("a")} AND (a.old_status IS NOT NULL OR a.new_status IS NOT NULL)`,
  ),
  guard("marketing.purge_audit_bounce", purge("marketing.audit_bounce")),
  guard("marketing.purge_audit_campaign_addition", purge("marketing.audit_campaign_addition")),
  guard("marketing.erase_report_event", `DELETE FROM marketing.report_event a WHERE ${ofShells("a")}`),
];

const mailFiles = {
  policy: "standard",
  heartbeatSeconds: 10,
  expireInSeconds: 86_399,
  retryLimit: 100,
  retryDelay: 10,
  retryBackoff: true,
  retryDelayMax: 3_600,
  retentionSeconds: 7 * 86_400,
  deleteAfterSeconds: 86_400,
};
