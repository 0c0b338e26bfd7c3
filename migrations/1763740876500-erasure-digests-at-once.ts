import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Erasing sets of contacts faster. Digests are written by the hundred thousand and read once, as a whole: keeping an index
 * and asking for their certificate cost more than everything else about them. And the functions of audits and ledgers look
 * once for which of the contacts are shells, not with each row.
 */
export class ErasureDigestsAtOnce1763740876500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE privacy.erasure_digest
        DROP CONSTRAINT erasure_digest_pkey,
        DROP CONSTRAINT erasure_digest_institution_id_certificate_id_fkey;
      -- the key goes when it is done; that there is one before is not for a row to know
      ALTER TABLE privacy.erasure_certificate
        DROP CONSTRAINT erasure_certificate_check1,
        ADD CONSTRAINT erasure_certificate_key CHECK (status <> 'DONE' OR proof_key IS NULL);
    `);
    await runner.query(changes.map(([name, change]) => guard(name, change(shellsOnce), shells)).join("\n"));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE privacy.erasure_certificate
        DROP CONSTRAINT erasure_certificate_key,
        ADD CONSTRAINT erasure_certificate_check1 CHECK ((status = 'DONE') = (proof_key IS NULL)) NOT VALID;
      DELETE FROM privacy.erasure_digest;
      ALTER TABLE privacy.erasure_digest
        ADD PRIMARY KEY (institution_id, certificate_id, digest, contact_id),
        ADD FOREIGN KEY (institution_id, certificate_id) REFERENCES privacy.erasure_certificate (institution_id, id)
          ON DELETE CASCADE;
    `);
    await runner.query(changes.map(([name, change]) => guard(name, change(shellsByRow), "")).join("\n"));
  }
}

/** SQL: whether a column names one of the contacts, and this is a shell. */
type IsShell = (column: string) => string;

const shellsOnce: IsShell = (column) => `${column} = ANY(shells)`;
const shellsByRow: IsShell = (column) => `${column} = ANY(ids) AND EXISTS (SELECT FROM contacts.contact shell
  WHERE shell.institution_id = institution AND shell.id = ${column} AND shell.anonymized_at IS NOT NULL)`;

const shells = `
      shells bigint[] := ARRAY(SELECT c.id FROM contacts.contact c
        WHERE c.institution_id = institution AND c.id = ANY(ids) AND c.anonymized_at IS NOT NULL);`;

const emptyAudit = (table: string) => (isShell: IsShell) =>
  `
  UPDATE ${table} a SET old_value = NULL, new_value = NULL
  WHERE a.institution_id = institution AND ${isShell("a.contact_id")}
    AND (a.old_value IS NOT NULL OR a.new_value IS NOT NULL)
    AND a.field NOT IN ('contactNumber', 'type', 'confidentialityLevel', 'roles', 'anonymizedAt')`;

/** What was remarked on an order that a shell made also stands in the files of the order's other people. */
const emptyRemarks = (isShell: IsShell) => `
  UPDATE history.audit_contact a SET old_value = NULL, new_value = NULL
  FROM (
    SELECT o.id::text AS key, person.id FROM history.sales_order o
    CROSS JOIN LATERAL (
      SELECT o.payer_id AS id
      UNION SELECT t.cultural_contact_id FROM history.ticket t WHERE t.institution_id = institution AND t.order_id = o.id
      UNION SELECT p.payer_id FROM history.payment p WHERE p.institution_id = institution AND p.order_id = o.id) person
    WHERE o.institution_id = institution AND o.cleaned AND o.remark_version > 0 AND ${isShell("o.purchaser_id")}) other
  WHERE a.institution_id = institution AND a.contact_id = other.id AND a.entity = 'Order' AND a.key = other.key
    AND (a.old_value IS NOT NULL OR a.new_value IS NOT NULL)`;

const changes: readonly (readonly [name: string, change: (isShell: IsShell) => string])[] = [
  ["contacts.erase_audit_contact", emptyAudit("contacts.audit_contact")],
  [
    "history.erase_audit_contact",
    (isShell) => `${emptyAudit("history.audit_contact")(isShell)}; ${emptyRemarks(isShell)}`,
  ],
  [
    "marketing.erase_authorization_change",
    (isShell) => `UPDATE marketing.authorization_change a
     SET changed = (a.was_true # a.is_true) | (a.was_false # a.is_false), was_true = NULL, was_false = NULL,
       is_true = NULL, is_false = NULL, wording_versions = NULL, wording_locales = NULL
     WHERE a.institution_id = institution AND ${isShell("a.contact_id")} AND a.changed IS NULL`,
  ],
  [
    "marketing.erase_audit_bounce",
    (isShell) => `UPDATE marketing.audit_bounce a SET old_status = NULL, new_status = NULL
     WHERE a.institution_id = institution AND ${isShell("a.contact_id")}
       AND (a.old_status IS NOT NULL OR a.new_status IS NOT NULL)`,
  ],
  [
    "marketing.erase_report_event",
    (isShell) => `DELETE FROM marketing.report_event a
     WHERE a.institution_id = institution AND ${isShell("a.contact_id")}`,
  ],
];

/** A function that runs as the owner of the tables, for the session's institution alone. Returns how many rows it met. */
const guard = (name: string, change: string, declared: string) => `
    CREATE OR REPLACE FUNCTION ${name}(ids bigint[]) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER
      SET search_path = pg_catalog, pg_temp AS $guard$
    DECLARE
      institution int := nullif(current_setting('app.institution', true), '')::int;${declared}
      met bigint;
    BEGIN
      ${change};
      GET DIAGNOSTICS met = ROW_COUNT;
      RETURN met;
    END $guard$;`;
