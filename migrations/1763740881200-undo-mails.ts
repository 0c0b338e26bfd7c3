import type { MigrationInterface, QueryRunner } from "typeorm";

/** An undo may tell another address than its import. Null: the import's, in the import's language. */
export class UndoMails1763740881200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE contacts.import_job ADD COLUMN undo_notify_email text, ADD COLUMN undo_locale text`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE contacts.import_job DROP COLUMN undo_notify_email, DROP COLUMN undo_locale`);
  }
}
