import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { to } from "pg-copy-streams";
import { answerCommands } from "../harness/commands.js";
import { withoutContact } from "./lean.js";

/** The baseline: one statement, and COPY of the same one into a file. */
export interface RawCopySettings {
  readonly applicationUrl: string;
  /** First message of each transaction: BEGIN and SET LOCAL, as the product sends it. */
  readonly begin: string;
  /** FROM and WHERE. */
  readonly recipients: string;
  /** A statement. */
  readonly reasons: string;
}

const columns = "c.id, c.contact_number, c.title, c.first_name, c.last_name, c.language, c.email";

if (import.meta.main) {
  let settings: RawCopySettings;
  let client: pg.Client;
  const inTransaction = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await client.query(settings.begin);
    const result = await work();
    await client.query("COMMIT");
    return result;
  };
  answerCommands(
    {
      async open(given: RawCopySettings) {
        settings = given;
        client = new pg.Client({ connectionString: given.applicationUrl });
        await client.connect();
      },
      count: () =>
        inTransaction(async () => {
          const text = `SELECT count(*)::int AS count ${withoutContact(settings.recipients)}`;
          return (await client.query<{ count: number }>(text)).rows[0]!.count;
        }),
      reasons: () => inTransaction(() => client.query(settings.reasons).then(({ rowCount }) => rowCount)),
      copy: (file: string) =>
        inTransaction(async () => {
          const rows = client.query(to(`COPY (SELECT ${columns} ${settings.recipients}) TO STDOUT`));
          await pipeline(rows, createWriteStream(file));
        }),
    },
    async () => client?.end(),
  );
}
