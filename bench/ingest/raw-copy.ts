import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from } from "pg-copy-streams";
import { answerCommands } from "../harness/commands.js";
import type { RawFiles } from "./delivery.js";

/**
 * The baseline: COPY into temporary tables and one set-based statement for each table, in one transaction, past the
 * policies. It asks nothing of the rows but what the tables' own constraints do.
 */
export interface RawCopySettings {
  readonly superuserUrl: string;
  readonly institutionId: number;
  readonly organization: string;
}

const stages = {
  orders: "raw_order (number text, ordered_at timestamptz, purchaser_id bigint, total numeric(12, 2))",
  lines: "raw_line (number text, line smallint, product text, quantity int, amount numeric(12, 2))",
  tickets:
    "raw_ticket (number text, line smallint, ticket int, product text, contact_id bigint, price numeric(12, 2), seat text)",
} as const;

const product = "JOIN history.product p ON p.institution_id = $1 AND p.organization = $2 AND p.code = s.product";
const order =
  "JOIN history.sales_order o ON o.institution_id = $1 AND o.organization = $2 AND o.order_number = s.number";

const merges = [
  `INSERT INTO history.sales_order (institution_id, organization, order_number, version, operation_kind, ordered_at,
     purchaser_id, currency, total)
   SELECT $1, $2, number, 1, 'SALE', ordered_at, purchaser_id, 'CHF', total FROM raw_order
   ON CONFLICT (institution_id, organization, order_number) DO NOTHING`,
  `INSERT INTO history.order_line (institution_id, order_id, line_number, product_id, quantity, amount)
   SELECT $1, o.id, s.line, p.id, s.quantity, s.amount FROM raw_line s ${order} ${product}`,
  `INSERT INTO history.ticket (institution_id, order_id, line_number, ticket_number, product_id, cultural_contact_id,
     price, seat)
   SELECT $1, o.id, s.line, s.ticket, p.id, s.contact_id, s.price, s.seat FROM raw_ticket s ${order} ${product}`,
];

async function load(client: pg.Client, { institutionId, organization }: RawCopySettings, files: RawFiles) {
  const startedAt = performance.now();
  await client.query("BEGIN");
  for (const [name, table] of Object.entries(stages) as [keyof RawFiles, string][]) {
    const bare = table.split(" ")[0];
    await client.query(`CREATE TEMPORARY TABLE ${table} ON COMMIT DROP`);
    await pipeline(createReadStream(files[name]), client.query(from(`COPY ${bare} FROM STDIN`)));
    await client.query(`ANALYZE ${bare}`);
  }
  for (const merge of merges) await client.query(merge, [institutionId, organization]);
  await client.query("COMMIT");
  return performance.now() - startedAt;
}

if (import.meta.main) {
  let client: pg.Client | undefined;
  let settings: RawCopySettings;
  answerCommands(
    {
      async open(given: RawCopySettings) {
        settings = given;
        client = new pg.Client({ connectionString: settings.superuserUrl });
        await client.connect();
      },
      load: (files: RawFiles) => load(client!, settings, files),
    },
    async () => client?.end(),
  );
}
