import type { MigrationInterface, QueryRunner } from "typeorm";

const setting = "nullif(current_setting('app.institution', true), '')::int";

/** Policies of tables that imports and changes of authorizations write row by row. */
const policies = [
  "tenant ON contacts.import_row USING",
  "tenant ON contacts.import_plan_chunk USING",
  "read ON marketing.authorization_change USING",
  "add ON marketing.authorization_change WITH CHECK",
];

const altered = (read: string) =>
  policies.map((policy) => `ALTER POLICY ${policy} (institution_id = ${read});`).join("\n");

/**
 * Rows of imports with an index less: whom a row is about is found among all rows about him, of which there are few. And
 * policies that read who asks once in a statement, not for each row that it writes.
 */
export class ImportRowsLean1763740866000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX contacts.import_row_contact;
      ${altered(`(SELECT ${setting})`)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${altered(setting)}
      CREATE INDEX import_row_contact ON contacts.import_row (institution_id, found_by, contact_id)
        WHERE contact_id IS NOT NULL;
    `);
  }
}
