import type { MigrationInterface, QueryRunner } from "typeorm";

/** Which mails may carry a file of contacts, whom nobody lists: when one of them is erased, what was kept of the mails goes. */
export class MailsWithContacts1763740883100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- false again once somebody was erased: then nothing is kept of the mail
      ALTER TABLE platform.mail ADD COLUMN carries_contacts boolean NOT NULL DEFAULT false;
      UPDATE platform.mail SET carries_contacts = true WHERE template = 'IMPORT_TEMPLATE';
      CREATE INDEX mail_carrier ON platform.mail (institution_id, id) WHERE carries_contacts;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE platform.mail DROP COLUMN carries_contacts`);
  }
}
