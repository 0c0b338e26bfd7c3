import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { closedLoop, type Pressure, tailLoop } from "./closed-loop.js";
import { answerCommands } from "./commands.js";

/** The baseline: one prepared statement under the same role, policies and session settings, and nothing around it. */
export interface RawSqlSettings {
  readonly applicationUrl: string;
  readonly connections: number;
  /** First message of each transaction: BEGIN and SET LOCAL, as the product sends it. */
  readonly begin: string;
  /** Answers with one row and one JSON column. */
  readonly statement: string;
  /** Values of the statement, one list after another in turn. */
  readonly samples: readonly (readonly unknown[])[];
}

let pool: pg.Pool | undefined;
let server: Server | undefined;

/** JSON as it came, for the HTTP server; else pg makes objects of it. */
const asText: pg.CustomTypesConfig = { getTypeParser: () => (value: string) => value };

function reader({ begin, statement, samples }: RawSqlSettings, types?: pg.CustomTypesConfig) {
  return async (count: number): Promise<unknown> => {
    const client = await pool!.connect();
    const values = samples[count % samples.length] as unknown[];
    const [, { rows }] = await Promise.all([
      client.query(begin),
      client.query({ name: "raw", text: statement, values, rowMode: "array", ...(types && { types }) }),
      client.query("COMMIT"),
    ]);
    client.release();
    return (rows[0] as unknown as unknown[] | undefined)?.[0];
  };
}

/** Answers `/?COUNT` with the JSON as PostgreSQL made it. */
async function serve(settings: RawSqlSettings): Promise<string> {
  const read = reader(settings, asText);
  server = createServer(async (request, response) => {
    const body = (await read(Number(request.url!.slice(2)))) as string;
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
    response.end(body);
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

if (import.meta.main) {
  let read: (count: number) => Promise<unknown>;
  let loop: (pressure: Pressure) => Promise<number>;
  let tail: (pressure: Pressure) => Promise<number>;
  let url: string;
  answerCommands(
    {
      async open(settings: RawSqlSettings) {
        const { applicationUrl, connections } = settings;
        pool = new pg.Pool({ connectionString: applicationUrl, max: connections, pipeline: true } as pg.PoolConfig);
        read = reader(settings);
        loop = closedLoop(read);
        tail = tailLoop(read);
        url = await serve(settings);
      },
      url: () => url,
      read: (count: number) => read(count),
      loop: (pressure: Pressure) => loop(pressure),
      tail: (pressure: Pressure) => tail(pressure),
    },
    async () => {
      server?.closeAllConnections();
      await pool?.end();
    },
  );
}
