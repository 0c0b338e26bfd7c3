import type { MigrationInterface, QueryRunner } from "typeorm";

const ofInstitution = `institution_id = nullif(current_setting('app.institution', true), '')::int`;
const tables = ["erasure_certificate", "erasure_digest", "erasure_finding"];

/**
 * What was erased, where, by whom and under which rule, and what a pass over the whole database found of it afterwards.
 * The digests that the pass compares with are of a key of each certificate's own, and go with it when the pass is done.
 */
export class ErasureCertificates1763740875000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE privacy.erasure_certificate (
        institution_id int NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        -- of a batch; null: one contact, by hand
        run_id bigint,
        rule text NOT NULL,
        actor text NOT NULL DEFAULT current_setting('app.actor'),
        actor_kind text NOT NULL DEFAULT current_setting('app.actor_kind'),
        source text NOT NULL DEFAULT current_setting('app.source'),
        -- OPEN while a run still erases, PENDING until a pass begins, PROVING until it is done
        status text NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'PENDING', 'PROVING', 'DONE')),
        anonymized int NOT NULL DEFAULT 0,
        removed int NOT NULL DEFAULT 0,
        -- rows that were touched, by table
        erased jsonb NOT NULL DEFAULT '{}',
        proof_key bytea,
        created_at timestamptz NOT NULL DEFAULT platform.now(),
        closed_at timestamptz,
        proved_at timestamptz,
        -- what the pass read, and how many findings it has
        pass jsonb,
        PRIMARY KEY (institution_id, id),
        UNIQUE (institution_id, run_id),
        CHECK ((status = 'DONE') = (proved_at IS NOT NULL)),
        CHECK ((status = 'DONE') = (proof_key IS NULL))
      );
      CREATE INDEX erasure_certificate_pending ON privacy.erasure_certificate (institution_id, id)
        WHERE status IN ('PENDING', 'PROVING');

      CREATE TABLE privacy.erasure_digest (
        institution_id int NOT NULL,
        certificate_id bigint NOT NULL,
        contact_id bigint NOT NULL,
        kind text NOT NULL,
        -- a small hash under the same key, which most texts do not have
        filter int NOT NULL,
        digest bytea NOT NULL,
        PRIMARY KEY (institution_id, certificate_id, digest, contact_id),
        FOREIGN KEY (institution_id, certificate_id) REFERENCES privacy.erasure_certificate (institution_id, id)
          ON DELETE CASCADE
      );

      -- where something was found, for a person to look at: never what
      CREATE TABLE privacy.erasure_finding (
        institution_id int NOT NULL,
        certificate_id bigint NOT NULL,
        id bigint GENERATED ALWAYS AS IDENTITY,
        kind text NOT NULL,
        -- table and column, or the store of a file
        place text NOT NULL,
        -- of the row, or the file
        row_key text NOT NULL,
        -- whose it was
        contact_id bigint NOT NULL,
        PRIMARY KEY (institution_id, certificate_id, id),
        FOREIGN KEY (institution_id, certificate_id) REFERENCES privacy.erasure_certificate (institution_id, id)
          ON DELETE CASCADE
      );
    `);
    for (const table of tables)
      await runner.query(`
        ALTER TABLE privacy.${table} ENABLE ROW LEVEL SECURITY;
        CREATE POLICY tenant ON privacy.${table} USING (${ofInstitution});
      `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE ${tables
        .toReversed()
        .map((table) => `privacy.${table}`)
        .join(", ")}`,
    );
  }
}
