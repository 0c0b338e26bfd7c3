import type { MigrationInterface, QueryRunner } from "typeorm";

const tables = ["report_event", "address_bounce", "audit_bounce"];

/**
 * What senders report of messages to contacts, as it was reported, and what follows from it for each address. Addresses are
 * kept as keyed digests that are different for each contact: who reads the table learns none, and not who shares one.
 */
export class Bounces1763740853000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.createTables(runner);
    for (const table of tables) {
      await runner.query(`
        ALTER TABLE marketing.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON marketing.${table}
          USING (institution_id = nullif(current_setting('app.institution', true), '')::int);
      `);
    }
    // another migration may have joined an audit of its own since the view was made
    const entries = await this.auditEntries(runner);
    await this.replaceAuditEntries(runner, `${entries} UNION ALL ${bounceEntries}`);
  }

  private async createTables(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the facts; how bad they are is said by a rule, which may change and be applied to them again
      CREATE TABLE marketing.report_event (
        institution_id int NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        -- who reported it: his ids are his own
        reporter text NOT NULL DEFAULT current_setting('app.actor'),
        event_id text NOT NULL,
        contact_id bigint NOT NULL,
        kind text NOT NULL,
        occurred_at timestamptz NOT NULL,
        reported_at timestamptz NOT NULL DEFAULT platform.now(),
        address_digest bytea,
        -- of RFC 3463, such as 5.1.1
        status_code text,
        PRIMARY KEY (institution_id, id),
        UNIQUE (institution_id, reporter, event_id),
        CHECK (
          kind IN ('DELIVERED', 'FAILURE', 'AUTOMATIC_REPLY', 'COMPLAINT', 'CLEARED', 'CLICK', 'UNSUBSCRIBE')
          AND (kind = 'FAILURE') = (status_code IS NOT NULL)
          AND (kind NOT IN ('FAILURE', 'AUTOMATIC_REPLY', 'CLEARED') OR address_digest IS NOT NULL)),
        FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
      );
      CREATE INDEX report_event_contact
        ON marketing.report_event (institution_id, contact_id, address_digest, occurred_at);

      -- what follows from them for an address of a contact; no row is NONE
      CREATE TABLE marketing.address_bounce (
        institution_id int NOT NULL,
        contact_id bigint NOT NULL,
        address_digest bytea NOT NULL,
        -- whether it is the contact's address of today
        is_current boolean NOT NULL DEFAULT false,
        -- SOFT 1, HARD 2, as in contact_marketing
        bounce_status smallint NOT NULL CHECK (bounce_status BETWEEN 0 AND 2),
        -- the event that it follows from
        bounced_at timestamptz NOT NULL,
        reason text NOT NULL CHECK (reason IN ('INVALID_ADDRESS', 'REPEATED_FAILURE', 'PERMANENT_FAILURE',
          'TEMPORARY_FAILURE', 'AUTOMATIC_REPLY')),
        status_code text,
        PRIMARY KEY (institution_id, contact_id, address_digest),
        FOREIGN KEY (institution_id, contact_id) REFERENCES contacts.contact (institution_id, id) ON DELETE CASCADE
      ) WITH (fillfactor = 70);

      CREATE TABLE marketing.audit_bounce (
        institution_id int NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        contact_id bigint NOT NULL,
        at timestamptz NOT NULL DEFAULT platform.now(),
        actor text NOT NULL DEFAULT current_setting('app.actor'),
        actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
        source text NOT NULL DEFAULT current_setting('app.source'),
        old_status smallint NOT NULL,
        new_status smallint NOT NULL,
        PRIMARY KEY (institution_id, id)
      );
      CREATE INDEX audit_bounce_time ON marketing.audit_bounce (institution_id, contact_id, at DESC, id DESC);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    const entries = await this.auditEntries(runner);
    const others = entries.split("UNION ALL").filter((part) => !part.includes("marketing.audit_bounce"));
    await this.replaceAuditEntries(runner, others.join("UNION ALL"));
    await runner.query(`DROP TABLE ${tables.map((table) => `marketing.${table}`).join(", ")}`);
  }

  private async auditEntries(runner: QueryRunner): Promise<string> {
    const rows = await runner.query("SELECT pg_get_viewdef('privacy.audit_entry'::regclass) AS definition");
    return (rows as { definition: string }[])[0]!.definition.replace(/;\s*$/, "");
  }

  private async replaceAuditEntries(runner: QueryRunner, definition: string): Promise<void> {
    await runner.query(`CREATE OR REPLACE VIEW privacy.audit_entry WITH (security_invoker = true) AS ${definition}`);
  }
}

const status = (column: string) => `(ARRAY['NONE', 'SOFT', 'HARD'])[${column} + 1]`;

const bounceEntries = `
  SELECT institution_id, 5 AS module, id, contact_id, at, actor, actor_kind, source, NULL::bigint AS job_id,
         'Bounce' AS entity, NULL::text AS key, 'bounceStatus' AS field, ${status("old_status")} AS old_value,
         ${status("new_status")} AS new_value
  FROM marketing.audit_bounce`;
