import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from } from "pg-copy-streams";
import { answerCommands } from "../harness/commands.js";

/**
 * The baseline: COPY into a temporary table and one UPDATE … FROM, in one transaction, past the policies. It reads no CSV,
 * compares with nothing, locks nobody beforehand, and writes neither audit nor ledger nor what recency is read from.
 */
export interface RawUpdateSettings {
  readonly superuserUrl: string;
  readonly institutionId: number;
}

async function load(client: pg.Client, { institutionId }: RawUpdateSettings, file: string) {
  const startedAt = performance.now();
  await client.query("BEGIN");
  await client.query("CREATE TEMPORARY TABLE raw_row (contact_id bigint, letter boolean) ON COMMIT DROP");
  await pipeline(createReadStream(file), client.query(from("COPY raw_row FROM STDIN")));
  await client.query("ANALYZE raw_row");
  await client.query(
    `UPDATE marketing.contact_marketing m SET letter = r.letter FROM raw_row r
     WHERE m.institution_id = $1 AND m.contact_id = r.contact_id`,
    [institutionId],
  );
  await client.query("COMMIT");
  return performance.now() - startedAt;
}

if (import.meta.main) {
  let client: pg.Client | undefined;
  let settings: RawUpdateSettings;
  answerCommands(
    {
      async open(given: RawUpdateSettings) {
        settings = given;
        client = new pg.Client({ connectionString: settings.superuserUrl });
        await client.connect();
      },
      load: (file: string) => load(client!, settings, file),
    },
    async () => client?.end(),
  );
}
