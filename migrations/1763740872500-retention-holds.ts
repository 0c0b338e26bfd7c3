import type { MigrationInterface, QueryRunner } from "typeorm";

const ofInstitution = `institution_id = nullif(current_setting('app.institution', true), '')::int`;

const tables = `
  -- keeps a contact out of every erasure (D-12)
  CREATE TABLE privacy.retention_hold (
    institution_id int NOT NULL,
    contact_id bigint NOT NULL,
    reason text NOT NULL,
    -- the last day on which it holds; null: until it is lifted
    until_date date,
    set_by text NOT NULL DEFAULT current_setting('app.actor'),
    set_at timestamptz NOT NULL DEFAULT platform.now(),
    PRIMARY KEY (institution_id, contact_id),
    FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
  );

  CREATE TABLE privacy.audit_contact (
    institution_id int NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    contact_id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT platform.now(),
    actor text NOT NULL DEFAULT current_setting('app.actor'),
    actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
    source text NOT NULL DEFAULT current_setting('app.source'),
    job_id bigint,
    entity text NOT NULL,
    key text,
    field text NOT NULL,
    old_value text,
    new_value text,
    PRIMARY KEY (institution_id, id)
  );
  CREATE INDEX audit_contact_time ON privacy.audit_contact (institution_id, contact_id, at DESC, id DESC);
`;

/** As those of the other audits: empties rows of shells, drops rows of who is gone, and does neither to the living. */
const guard = (name: string, change: string) => `
  CREATE FUNCTION privacy.${name}(ids bigint[]) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $guard$
  DECLARE
    institution int := nullif(current_setting('app.institution', true), '')::int;
    met bigint;
  BEGIN
    ${change};
    GET DIAGNOSTICS met = ROW_COUNT;
    RETURN met;
  END $guard$;
  REVOKE ALL ON FUNCTION privacy.${name}(bigint[]) FROM PUBLIC;
`;

const erase = `
  UPDATE privacy.audit_contact a SET old_value = NULL, new_value = NULL
  WHERE a.institution_id = institution AND a.contact_id = ANY(ids) AND (a.old_value IS NOT NULL OR a.new_value IS NOT NULL)
    AND EXISTS (SELECT FROM contacts.contact shell
      WHERE shell.institution_id = institution AND shell.id = a.contact_id AND shell.anonymized_at IS NOT NULL)`;

const purge = `
  DELETE FROM privacy.audit_contact a WHERE a.institution_id = institution AND a.contact_id = ANY(ids)
    AND NOT EXISTS (SELECT FROM contacts.contact c WHERE c.institution_id = institution AND c.id = a.contact_id)`;

const entries = `
  SELECT institution_id, 6 AS module, id, contact_id, at, actor, actor_kind, source, job_id, entity, key, field,
    old_value, new_value
  FROM privacy.audit_contact`;

/** Retention holds, and the audit of what privacy writes into a contact's file. */
export class RetentionHolds1763740872500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const table of ["retention_hold", "audit_contact"])
      await runner.query(`
        ALTER TABLE privacy.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON privacy.${table} USING (${ofInstitution});
      `);
    await runner.query(guard("erase_audit_contact", erase) + guard("purge_audit_contact", purge));
    await this.replaceAuditEntries(runner, `${await this.auditEntries(runner)} UNION ALL ${entries}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const parts = (await this.auditEntries(runner)).split("UNION ALL");
    const others = parts.filter((part) => !part.includes("privacy.audit_contact"));
    await this.replaceAuditEntries(runner, others.join("UNION ALL"));
    await runner.query(`
      DROP FUNCTION privacy.purge_audit_contact(bigint[]), privacy.erase_audit_contact(bigint[]);
      DROP TABLE privacy.audit_contact, privacy.retention_hold`);
  }

  private async auditEntries(runner: QueryRunner): Promise<string> {
    const rows = await runner.query("SELECT pg_get_viewdef('privacy.audit_entry'::regclass) AS definition");
    return (rows as { definition: string }[])[0]!.definition.replace(/;\s*$/, "");
  }

  private async replaceAuditEntries(runner: QueryRunner, definition: string): Promise<void> {
    await runner.query(`CREATE OR REPLACE VIEW privacy.audit_entry WITH (security_invoker = true) AS ${definition}`);
  }
}
