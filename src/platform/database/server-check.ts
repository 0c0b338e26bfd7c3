import pg from "pg";
import { StartupError } from "../errors/startup-error.js";
import { withConnection } from "./one-connection.js";

const oldest = 18;

/**
 * As {@link withConnection}, for a server that somebody else runs.
 *
 * @throws StartupError DATABASE_UNREACHABLE when it cannot be entered, DATABASE_TOO_OLD when it is not PostgreSQL 18
 */
export async function withServer<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  let isConnected = false;
  try {
    return await withConnection(url, async (client) => {
      isConnected = true;
      await assertVersion(client);
      return await work(client);
    });
  } catch (error) {
    if (isConnected) throw error;
    throw new StartupError("DATABASE_UNREACHABLE", `${placeOf(url)} cannot be reached: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}

/** @throws StartupError DATABASE_TOO_OLD */
export async function assertVersion(client: pg.ClientBase, needed = oldest): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name",
  );
  const { number, name } = rows[0]!;
  if (number < needed * 10_000)
    throw new StartupError(
      "DATABASE_TOO_OLD",
      `The database server is PostgreSQL ${name}; ${needed} or later is needed.`,
    );
}

/** For messages: without the password. */
function placeOf(url: string): string {
  const { database, host, port, user } = new pg.Client({ connectionString: url });
  return `The database ${database} at ${host}:${port} for the role ${user}`;
}

function reasonOf(error: unknown): string {
  // of a name with several addresses: the message is empty, the errors say it
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return first instanceof Error ? first.message : String(first);
}
