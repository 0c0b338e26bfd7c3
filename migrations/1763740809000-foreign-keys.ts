import type { MigrationInterface, QueryRunner } from "typeorm";

/** [table, columns beside institution_id, referenced table, its columns, on delete] */
const keys = [
  ["contacts.contact_address", "contact_id", "contacts.contact", "id", "CASCADE"],
  ["contacts.contact_role", "contact_id", "contacts.contact", "id", "CASCADE"],
  ["contacts.contact_connection", "from_contact_id", "contacts.contact", "id", "CASCADE"],
  ["contacts.contact_connection", "to_contact_id", "contacts.contact", "id", "CASCADE"],
  ["contacts.import_row", "job_id", "contacts.import_job", "id", "CASCADE"],
  ["marketing.contact_marketing", "contact_id", "contacts.contact", "id", "CASCADE"],
  ["history.sales_order", "purchaser_id", "contacts.contact", "id", "NO ACTION"],
  ["history.order_line", "order_id", "history.sales_order", "id", "CASCADE"],
  ["history.order_line", "product_id", "history.product", "id", "NO ACTION"],
  ["history.ticket", "order_id, line_number", "history.order_line", "order_id, line_number", "CASCADE"],
  ["history.ticket", "product_id", "history.product", "id", "NO ACTION"],
  ["history.ticket", "cultural_contact_id", "contacts.contact", "id", "NO ACTION"],
  ["history.payment", "order_id", "history.sales_order", "id", "NO ACTION"],
  ["history.payment", "payer_id", "contacts.contact", "id", "NO ACTION"],
] as const;

/** Foreign keys, apart from the tables, because a cluster distributes the tables first. */
export class ForeignKeys1763740809000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns, referenced, referencedColumns, onDelete] of keys) {
      await runner.query(`
        ALTER TABLE ${table} ADD CONSTRAINT ${nameOf(table, columns)}
        FOREIGN KEY (institution_id, ${columns}) REFERENCES ${referenced} (institution_id, ${referencedColumns})
        ON DELETE ${onDelete}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of [...keys].reverse()) {
      await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${nameOf(table, columns)}`);
    }
  }
}

function nameOf(table: string, columns: string): string {
  return `${table.split(".")[1]}_${columns.split(", ")[0]}_fk`;
}
