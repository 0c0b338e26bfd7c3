import type { MigrationInterface, QueryRunner } from "typeorm";

/** Tells who follows an import that it has come further, whoever changed it: its place, not what is in it. */
export class ImportProgress1763740864500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION contacts.tell_import_progress() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
      BEGIN
        PERFORM pg_notify('contacts_import_job', new.institution_id || '.' || new.id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER tell_progress AFTER UPDATE ON contacts.import_job FOR EACH ROW
        WHEN ((old.status, old.total, old.cursor_line, old.undo_cursor_line)
          IS DISTINCT FROM (new.status, new.total, new.cursor_line, new.undo_cursor_line))
        EXECUTE FUNCTION contacts.tell_import_progress();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER tell_progress ON contacts.import_job;
      DROP FUNCTION contacts.tell_import_progress();
    `);
  }
}
