import type { MigrationInterface, QueryRunner } from "typeorm";

/** Removals of payment aliases can be acknowledged: the alias goes, who said so and when stays. */
export class AliasRemovals1763740877200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts.alias_removal
        ALTER COLUMN sealed_alias DROP NOT NULL,
        ADD COLUMN acknowledged_at timestamptz,
        ADD COLUMN acknowledged_by text,
        ADD CONSTRAINT alias_removal_state CHECK ((sealed_alias IS NULL) = (acknowledged_at IS NOT NULL));
      CREATE INDEX alias_removal_waiting ON contacts.alias_removal (institution_id, id) WHERE sealed_alias IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX contacts.alias_removal_waiting;
      DELETE FROM contacts.alias_removal WHERE sealed_alias IS NULL;
      ALTER TABLE contacts.alias_removal
        DROP CONSTRAINT alias_removal_state, DROP COLUMN acknowledged_at, DROP COLUMN acknowledged_by,
        ALTER COLUMN sealed_alias SET NOT NULL;
    `);
  }
}
