import type { MigrationInterface, QueryRunner } from "typeorm";

const product = (alias: string) => `
  JOIN history.product product ON product.institution_id = ${alias}.institution_id AND product.id = ${alias}.product_id
  LEFT JOIN history.season season ON season.institution_id = product.institution_id AND season.id = product.season_id`;
const productColumns = "product.code AS product_code, product.product_kind, season.code AS season_code";

/**
 * What targets ask of contacts, without asking once more for each answer whether the contact is seen: a target's statement
 * has asked that of marketing's row, which it joins all of these with. For nothing else: the rows are about everybody.
 */
const views = `
  CREATE VIEW contacts.targeted_contact WITH (security_invoker = true) AS
    SELECT c.institution_id, c.id AS contact_id, c.contact_type, c.contact_number, c.reference_code, c.title,
      platform.normalize(c.first_name) AS first_name, platform.normalize(c.last_name) AS last_name,
      platform.normalize(c.structure_name) AS structure_name, c.language, c.birth_date, c.email_key,
      split_part(c.email_key, '@', 2) AS email_domain, c.created_at, c.blocked_since IS NOT NULL AS is_blocked
    FROM contacts.contact c;

  CREATE VIEW contacts.targeted_role WITH (security_invoker = true) AS
    SELECT r.institution_id, r.contact_id, r.role FROM contacts.contact_role r;

  CREATE VIEW contacts.targeted_address WITH (security_invoker = true) AS
    SELECT a.institution_id, a.contact_id, a.kind, a.country, a.town_key, a.postcode_key FROM contacts.contact_address a;

  CREATE VIEW contacts.targeted_criterion WITH (security_invoker = true) AS
    SELECT k.institution_id, k.contact_id, k.criterion_id, k.value_code FROM contacts.contact_criterion k;

  CREATE VIEW history.targeted_order WITH (security_invoker = true) AS
    SELECT o.institution_id, o.purchaser_id AS contact_id, o.id AS order_id, o.organization, o.operation_kind, o.order_state,
      o.ordered_at, o.currency
    FROM history.sales_order o;

  CREATE VIEW history.targeted_order_line WITH (security_invoker = true) AS
    SELECT o.institution_id, o.purchaser_id AS contact_id, o.id AS order_id, o.organization, o.operation_kind, o.order_state,
      o.ordered_at, o.currency, line.amount, ${productColumns}
    FROM history.order_line line
    JOIN history.sales_order o ON o.institution_id = line.institution_id AND o.id = line.order_id
    ${product("line")};

  CREATE VIEW history.targeted_ticket WITH (security_invoker = true) AS
    SELECT t.institution_id, t.cultural_contact_id AS contact_id, t.id AS ticket_id, t.ticket_state, o.organization,
      o.operation_kind, o.order_state, o.currency, ${productColumns},
      coalesce(product.validity_end, (product.starts_at AT TIME ZONE i.time_zone)::date) AS product_day
    FROM history.ticket t
    JOIN platform.institution i ON i.id = t.institution_id
    JOIN history.sales_order o ON o.institution_id = t.institution_id AND o.id = t.order_id
    ${product("t")};
`;

export class TargetedRows1763740857002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(views);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW history.targeted_ticket, history.targeted_order_line, history.targeted_order, contacts.targeted_criterion,
        contacts.targeted_address, contacts.targeted_role, contacts.targeted_contact`);
  }
}
