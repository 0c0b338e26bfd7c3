import type { MigrationInterface, QueryRunner } from "typeorm";

const columns = [
  "institution_email",
  "third_party_transfer",
  "partner_communication",
  "email",
  "sms",
  "phone",
  "letter",
];
const bits = (value: "true" | "false") =>
  columns.map((column, index) => `CASE WHEN m.${column} = ${value} THEN ${1 << index} ELSE 0 END`).join(" | ");
const setting = (name: string, type: string) => `nullif(current_setting('app.${name}', true), '')::${type}`;

const view = (read: typeof setting) => `
  CREATE OR REPLACE VIEW marketing.visible_authorization WITH (security_invoker = true) AS
    SELECT m.institution_id, m.contact_id, (${bits("true")})::smallint AS agreed, (${bits("false")})::smallint AS refused
    FROM marketing.contact_marketing m
    WHERE m.institution_id = ${read("institution", "int")}
      AND m.confidentiality_level <= ${read("clearance", "smallint")}
      AND m.contact_id <> CASE WHEN m.contact_id = coalesce(${read("own_contact", "bigint")}, m.contact_id) THEN 0
        ELSE m.contact_id END`;

/** The same rows, for which who asks is read once in a statement and not for each of a million contacts. */
export class AuthorizationsOfMany1763740861100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(view((name, type) => `(SELECT ${setting(name, type)})`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(view(setting));
  }
}
