import type { MigrationInterface, QueryRunner } from "typeorm";

const setting = (name: string, type: string) => `nullif(current_setting('app.${name}', true), '')::${type}`;
const own = `(SELECT ${setting("own_contact", "bigint")})`;
const community = `coalesce((SELECT ${setting("community", "bigint[]")}), '{}')`;

/** As an internet user sees contacts, and everybody else. */
const seen = (contact: string) => `CASE
  WHEN ${contact} = coalesce(${own}, ${contact}) THEN 0
  WHEN confidentiality_level = 0 AND ${contact} = ANY (${community}) THEN 0
  ELSE ${contact} END`;

const each = (contact: string) => `
  institution_id = ${setting("institution", "int")}
  AND confidentiality_level <= ${setting("clearance", "smallint")}
  AND ${contact} <> ${seen(contact)}`;

/** The planner takes it that ids differ from a value, so that almost all rows pass: about as many do as are seen. */
const once = (contact: string) => `
  institution_id = (SELECT ${setting("institution", "int")})
  AND ${contact} <> CASE
    WHEN confidentiality_level <= (SELECT ${setting("clearance", "smallint")}) THEN ${seen(contact)}
    ELSE ${contact} END`;

const policies = (rule: (contact: string) => string) => `
  ALTER POLICY visible ON contacts.contact USING (${rule("id")});
  ALTER POLICY visible ON marketing.contact_marketing USING (${rule("contact_id")});
`;

/**
 * Who asks is read once in a statement, and not for each row that it finds, and again for each that it writes. The
 * clearance stands where the planner does not estimate by it: below the answer of a query it would take a third of all
 * contacts to be.
 */
export class VisibilityOnce1763740880000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(policies(once));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(policies(each));
  }
}
