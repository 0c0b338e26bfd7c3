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

/** What contacts authorize, for imports and templates: bits as in the ledger, from INSTITUTION_EMAIL 1 to LETTER 64. */
export class PublishedAuthorizations1763740860100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // the row carries the contact's level: whatever the caller may not see is not in it, with or without the policies
    await runner.query(`
      CREATE VIEW marketing.visible_authorization WITH (security_invoker = true) AS
        SELECT m.institution_id, m.contact_id, (${bits("true")})::smallint AS agreed, (${bits("false")})::smallint AS refused
        FROM marketing.contact_marketing m
        WHERE m.institution_id = nullif(current_setting('app.institution', true), '')::int
          AND m.confidentiality_level <= nullif(current_setting('app.clearance', true), '')::smallint
          AND m.contact_id <> CASE
            WHEN m.contact_id = coalesce(nullif(current_setting('app.own_contact', true), '')::bigint, m.contact_id) THEN 0
            ELSE m.contact_id END`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP VIEW marketing.visible_authorization`);
  }
}
