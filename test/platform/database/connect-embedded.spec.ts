import { join } from "node:path";
import { expect } from "chai";
import { migrations } from "../../../migrations/index.js";
import { connectDatabase, type Database, type DatabaseSettings } from "../../../src/platform/database/connect.js";
import { withConnection } from "../../../src/platform/database/one-connection.js";
import { faultOf } from "../../support/faults.js";
import { testServer } from "../../support/server.js";

describe("connectDatabase with nothing set", () => {
  let settings: DatabaseSettings;
  let opened: Database[] = [];

  before(async () => {
    const { folder } = await testServer();
    settings = {
      embeddedDir: join(folder, "embedded", "data"),
      budget: { connections: 10, processes: 1 },
      waitMs: 5_000,
      statementTimeoutMs: 10_000,
      onError: () => undefined,
    };
  });

  afterEach(async () => {
    for (const database of opened.reverse()) await database.stop();
    opened = [];
  });

  async function connect(change: Partial<DatabaseSettings> = {}): Promise<Database> {
    const database = await connectDatabase({ ...settings, ...change }, migrations);
    opened.push(database);
    return database;
  }

  it("starts the embedded PostgreSQL, serves as an ordinary role, and finds its data again", async () => {
    const first = await connect();
    await withConnection(first.ownerUrl!, (owner) =>
      owner.query("INSERT INTO platform.institution (code, name) VALUES ('kept', 'Kept')"),
    );
    await first.stop();

    const { pools, isEmbedded } = await connect();

    const { rows } = await pools.api.query("SELECT code, session_user AS login FROM platform.institution");
    expect(rows).to.deep.equal([{ code: "kept", login: "contact_file_app" }]);
    expect(isEmbedded).to.equal(true);
  });

  it("shares one server with a process that started it, and leaves that running", async () => {
    const first = await connect();
    const second = await connect();

    await second.stop();

    const { rows } = await first.pools.api.query("SELECT 1 AS n");
    expect(rows).to.deep.equal([{ n: 1 }]);
  });

  it("says in one line why there is none", async () => {
    const fault = await faultOf(connect({ embeddedDir: "/dev/null/data" }));

    expect(fault).to.have.property("code", "EMBEDDED_DATABASE");
    expect(fault)
      .to.have.property("message")
      .that.matches(/^The embedded PostgreSQL cannot run: [^\n]+ Set DATABASE_URL to use a server of your own\.$/);
  });
});
