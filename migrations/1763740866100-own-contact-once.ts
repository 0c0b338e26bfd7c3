import type { MigrationInterface, QueryRunner } from "typeorm";

const setting = (name: string, type: string) => `nullif(current_setting('app.${name}', true), '')::${type}`;

/** As before, but for how the settings of an internet user are read. */
const condition = (contact: string, own: string, community: string) => `
  institution_id = ${setting("institution", "int")}
  AND confidentiality_level <= ${setting("clearance", "smallint")}
  AND ${contact} <> CASE
    WHEN ${contact} = coalesce(${own}, ${contact}) THEN 0
    WHEN confidentiality_level = 0 AND ${contact} = ANY (${community}) THEN 0
    ELSE ${contact} END`;

const each = (contact: string) =>
  condition(
    contact,
    setting("own_contact", "bigint"),
    "coalesce(nullif(current_setting('app.community', true), ''), '{}')::bigint[]",
  );

const once = (contact: string) =>
  condition(
    contact,
    `(SELECT ${setting("own_contact", "bigint")})`,
    `coalesce((SELECT ${setting("community", "bigint[]")}), '{}')`,
  );

const policies = (rule: (contact: string) => string) => `
  ALTER POLICY visible ON contacts.contact USING (${rule("id")});
  ALTER POLICY visible ON marketing.contact_marketing USING (${rule("contact_id")});
`;

/**
 * Whose own file it is, is read once in a statement and not for each row, which took longer than to find it. Not so the
 * clearance: the planner knows what share of the contacts is below a value, but not below the answer of a query.
 */
export class OwnContactOnce1763740866100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(policies(once));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(policies(each));
  }
}
