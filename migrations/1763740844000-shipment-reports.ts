import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What became of shipments by the reports on their delivery, beside what their records say; which shipment a mail of the
 * product is; and the audit of what operators write in this module.
 */
export class ShipmentReports1763740844000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(reports);
    await runner.query(audit);
    await runner.query(auditView(contactAudit, authorizationAudit, historyAudit));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(auditView(contactAudit, authorizationAudit));
    await runner.query(`
      DROP TABLE history.audit_contact;
      ALTER TABLE platform.mail DROP COLUMN shipment_id;
      DELETE FROM history.interaction WHERE organization IS NULL;
      DELETE FROM history.shipment WHERE organization IS NULL;
      ALTER TABLE history.interaction ALTER COLUMN organization SET NOT NULL;
      ALTER TABLE history.shipment
        DROP CONSTRAINT shipment_external,
        DROP COLUMN current_state, DROP COLUMN current_code, DROP COLUMN current_sent_at,
        DROP COLUMN reported_state, DROP COLUMN reported_code, DROP COLUMN reported_sent_at,
        ALTER COLUMN organization SET NOT NULL,
        ADD UNIQUE (institution_id, organization, external_id);
      DROP FUNCTION history.shipment_rank;
    `);
  }
}

const reports = `
  -- of two reports on a shipment, the higher one stands, in whatever order they come. An open or a click is surer than a
  -- temporary error, which may be the answer of a machine; a final refusal is surer than both, which may be a scanner's
  CREATE FUNCTION history.shipment_rank(state text, code text) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
      WHEN state IS NULL THEN -1
      WHEN state = 'QUEUED' THEN 0
      WHEN state = 'FAILED' THEN 1
      WHEN state = 'BOUNCED' AND code = 'HARD_BOUNCED' THEN 8
      WHEN state = 'REFUSED' THEN 7
      WHEN code = 'FOLLOWED' THEN 6
      WHEN code = 'OPENED' THEN 5
      WHEN state = 'BOUNCED' THEN 4
      WHEN state = 'DELIVERED' THEN 3
      ELSE 2 END;

  ALTER TABLE history.shipment
    DROP CONSTRAINT shipment_institution_id_organization_external_id_key,
    -- null: sent by the institution itself, as its privacy information is
    ALTER COLUMN organization DROP NOT NULL,
    ADD CONSTRAINT shipment_external UNIQUE NULLS NOT DISTINCT (institution_id, organization, external_id),
    ADD COLUMN reported_state text
      CHECK (reported_state IN ('SENT', 'DELIVERED', 'BOUNCED', 'REFUSED', 'FAILED')),
    ADD COLUMN reported_code text CHECK (reported_code IN ('OPENED', 'FOLLOWED', 'SOFT_BOUNCED', 'HARD_BOUNCED')),
    ADD COLUMN reported_sent_at timestamptz;
  ALTER TABLE history.interaction ALTER COLUMN organization DROP NOT NULL;

  -- what a record and the reports say together, whichever came first
  ALTER TABLE history.shipment
    ADD COLUMN current_state text NOT NULL GENERATED ALWAYS AS (
      CASE WHEN history.shipment_rank(reported_state, reported_code) > history.shipment_rank(shipment_state, response_code)
        THEN reported_state ELSE shipment_state END) STORED,
    ADD COLUMN current_code text GENERATED ALWAYS AS (
      CASE WHEN history.shipment_rank(reported_state, reported_code) > history.shipment_rank(shipment_state, response_code)
        THEN reported_code ELSE response_code END) STORED,
    ADD COLUMN current_sent_at timestamptz GENERATED ALWAYS AS (coalesce(sent_at, reported_sent_at)) STORED;

  ALTER TABLE platform.mail ADD COLUMN shipment_id bigint;
`;

const audit = `
  CREATE TABLE history.audit_contact (
    institution_id int NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    contact_id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT platform.now(),
    actor text NOT NULL DEFAULT current_setting('app.actor'),
    actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
    source text NOT NULL DEFAULT current_setting('app.source'),
    job_id bigint,
    -- what changed, and its id
    entity text NOT NULL,
    key text,
    field text NOT NULL,
    old_value text,
    new_value text,
    PRIMARY KEY (institution_id, id)
  );
  CREATE INDEX audit_contact_time ON history.audit_contact (institution_id, contact_id, at DESC, id DESC);
  ALTER TABLE history.audit_contact ENABLE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON history.audit_contact
    USING (institution_id = nullif(current_setting('app.institution', true), '')::int);
`;

const contactAudit = `
  SELECT institution_id, 1 AS module, id, contact_id, at, actor, actor_kind, source, job_id,
         entity, key, field, old_value, new_value
  FROM contacts.audit_contact`;

const authorizationAudit = `
  SELECT institution_id, 2, id, contact_id, at, actor, actor_kind, source, job_id,
         'Authorization', NULL, code,
         CASE old_value WHEN true THEN 'TRUE' WHEN false THEN 'FALSE' ELSE 'EMPTY' END,
         CASE new_value WHEN true THEN 'TRUE' WHEN false THEN 'FALSE' ELSE 'EMPTY' END
  FROM marketing.audit_authorization`;

const historyAudit = `
  SELECT institution_id, 3, id, contact_id, at, actor, actor_kind, source, job_id,
         entity, key, field, old_value, new_value
  FROM history.audit_contact`;

/** The audit of all modules as one. */
const auditView = (...parts: readonly string[]) =>
  `CREATE OR REPLACE VIEW privacy.audit_entry WITH (security_invoker = true) AS ${parts.join(" UNION ALL ")}`;
