import { expect } from "chai";
import pg from "pg";
import { migrations } from "../../../migrations/index.js";
import { connectDatabase, type Database, type DatabaseSettings } from "../../../src/platform/database/connect.js";
import { type Migrations, migrate } from "../../../src/platform/database/migrate.js";
import { withConnection, withUser } from "../../../src/platform/database/one-connection.js";
import { StartupError } from "../../../src/platform/errors/startup-error.js";
import { type TestServer, testServer } from "../../support/server.js";

const password = "p@ss/word?";

describe("connectDatabase", () => {
  let server: TestServer;
  let cleanUp: (() => Promise<unknown>)[] = [];

  before(async () => {
    server = await testServer();
  });

  afterEach(async () => {
    for (const step of cleanUp.reverse()) await step();
    cleanUp = [];
  });

  async function emptyDatabase(): Promise<string> {
    const name = await server.createDatabase({ isEmpty: true });
    cleanUp.push(() => server.dropDatabase(name));
    return name;
  }

  const asSuperuser = (sql: string, database?: string) =>
    withConnection(server.superuserUrl(database), (superuser) => superuser.query(sql));

  /** A role that logs in with the password; gone after the test, with all that it owns in the database. */
  async function role(name: string, database: string, attributes = ""): Promise<string> {
    await asSuperuser(`CREATE ROLE ${name} LOGIN PASSWORD '${password}' ${attributes}`);
    cleanUp.push(() => dropRole(name, database));
    return withUser(server.superuserUrl(database), name, password);
  }

  async function dropRole(name: string, database: string): Promise<void> {
    await asSuperuser(`REASSIGN OWNED BY ${name} TO postgres; DROP OWNED BY ${name}; DROP ROLE ${name}`, database);
  }

  async function connect(
    urls: Pick<DatabaseSettings, "url" | "ownerUrl">,
    known: Migrations = migrations,
  ): Promise<Database> {
    const database = await connectDatabase({ ...settings, ...urls }, known);
    cleanUp.push(() => database.stop());
    return database;
  }

  const refusal = (urls: Pick<DatabaseSettings, "url" | "ownerUrl">, known: Migrations = migrations) =>
    connect(urls, known).then(
      () => expect.fail("it was connected"),
      (error) => {
        expect(error, String(error)).to.be.instanceOf(StartupError);
        expect(error.message)
          .not.to.match(/\n/)
          .and.not.to.contain(password)
          .and.not.to.contain(encodeURIComponent(password));
        return { code: error.code, message: error.message };
      },
    );

  const settings: DatabaseSettings = {
    embeddedDir: "/nonexistent",
    budget: { connections: 10, processes: 1 },
    waitMs: 2_000,
    statementTimeoutMs: 10_000,
    onError: () => undefined,
  };

  describe("with an owner's and an application's URL", () => {
    it("migrates as the owner and serves as the application", async () => {
      const name = await emptyDatabase();
      const ownerUrl = await role("two_owner", name);
      const url = await role("two_app", name);
      await asSuperuser(`ALTER DATABASE ${name} OWNER TO two_owner`);

      const { pools, ...database } = await connect({ ownerUrl, url });

      expect(database).to.include({ ownerUrl, applicationUrl: url, isEmbedded: false });
      expect(await whoServes(pools.api)).to.deep.equal({ login: "two_app", owner: "two_owner" });
    });

    it("refuses an application that is the owner", async () => {
      const name = await emptyDatabase();
      const ownerUrl = await role("same_owner", name);
      await asSuperuser(`ALTER DATABASE ${name} OWNER TO same_owner`);

      expect((await refusal({ ownerUrl, url: ownerUrl })).code).to.equal("DATABASE_ROLE_UNSAFE");
    });

    it("leaves that owner's own privileges alone", async () => {
      const name = await emptyDatabase();
      const url = await role("plain_app", name);
      const ownerUrl = await role("careless_owner", name);
      await asSuperuser(`ALTER DATABASE ${name} OWNER TO careless_owner`);
      await (await connect({ ownerUrl, url })).stop();

      await refusal({ ownerUrl, url: ownerUrl });

      const insert = "INSERT INTO platform.institution (code, name) VALUES ('house', 'House')";
      await withConnection(ownerUrl, (owner) => owner.query(insert));
    });

    it("names the role that is missing and how to make it", async () => {
      const name = await emptyDatabase();
      const ownerUrl = withUser(server.superuserUrl(name), "contact_file_owner", null);
      const url = withUser(ownerUrl, "nobody_yet", password);

      const { code, message } = await refusal({ ownerUrl, url });

      expect(code).to.equal("DATABASE_ROLE_MISSING");
      expect(message).to.contain('CREATE ROLE "nobody_yet" LOGIN PASSWORD');
    });

    it("tells an owner that may not create schemas what it lacks", async () => {
      const name = await emptyDatabase();
      const ownerUrl = await role("poor_owner", name);
      const url = await role("poor_app", name);

      const { code, message } = await refusal({ ownerUrl, url });

      expect(code).to.equal("DATABASE_ROLE_UNFIT");
      expect(message).to.contain(`ALTER DATABASE ${name} OWNER TO poor_owner;`);
    });
  });

  describe("with one URL whose role may create roles", () => {
    async function creator(name: string, database: string): Promise<string> {
      const url = await role(name, database, "CREATEROLE");
      await asSuperuser(`ALTER DATABASE ${database} OWNER TO ${name}`);
      cleanUp.push(() => dropRole(`${database}_app`, database));
      return url;
    }

    it("makes the role that serves, with a password that each process derives", async () => {
      const name = await emptyDatabase();
      const url = await creator("lone_creator", name);

      const [first, second] = await Promise.all([connect({ url }), connect({ url })]);

      expect(await whoServes(first.pools.api)).to.deep.equal({ login: `${name}_app`, owner: "lone_creator" });
      expect(second.applicationUrl).to.equal(first.applicationUrl);
      expect(new pg.Client({ connectionString: first.applicationUrl }).password).to.match(/^[\w-]{43}$/);
    });

    it("does the same with DATABASE_OWNER_URL alone", async () => {
      const name = await emptyDatabase();
      const ownerUrl = await creator("lone_owner", name);

      const { pools } = await connect({ ownerUrl });

      expect(await whoServes(pools.api)).to.deep.equal({ login: `${name}_app`, owner: "lone_owner" });
    });

    it("does the same with a superuser", async () => {
      const name = await emptyDatabase();
      const url = await role("lone_superuser", name, "SUPERUSER");
      cleanUp.push(() => dropRole(`${name}_app`, name));

      const { pools } = await connect({ url });

      expect(await whoServes(pools.api)).to.deep.equal({ login: `${name}_app`, owner: "lone_superuser" });
    });

    it("follows when the owner's password changes", async () => {
      const name = await emptyDatabase();
      const url = await creator("changing_owner", name);
      const before = await connect({ url });
      await asSuperuser("ALTER ROLE changing_owner PASSWORD 'another'");

      const after = await connect({ url: withUser(url, "changing_owner", "another") });

      expect(after.applicationUrl).not.to.equal(before.applicationUrl);
      expect((await whoServes(after.pools.api)).login).to.equal(`${name}_app`);
    });
  });

  describe("with one URL of an ordinary role", () => {
    it("serves when the schema is there", async () => {
      const name = await emptyDatabase();
      const url = await role("plain_app", name);
      const ownerUrl = withUser(server.superuserUrl(name), "contact_file_owner", null);
      await migrate({ ownerUrl, migrations, applicationRole: "plain_app" });

      const database = await connect({ url });

      expect(database.ownerUrl).to.equal(null);
      expect(await whoServes(database.pools.api)).to.deep.equal({ login: "plain_app", owner: "contact_file_owner" });
    });

    it("tells what an administrator must run when nothing is there", async () => {
      const name = await emptyDatabase();
      const url = await role("early_app", name);

      const { code, message } = await refusal({ url });

      expect(code).to.equal("DATABASE_ROLE_UNFIT");
      expect(message)
        .to.contain(`CREATE ROLE "${name}_owner" LOGIN PASSWORD '<password>'; CREATE ROLE "${name}_app" LOGIN PASSWORD`)
        .and.to.contain(`ALTER DATABASE "${name}" OWNER TO "${name}_owner";`)
        .and.to.match(
          new RegExp(`DATABASE_OWNER_URL=postgresql://${name}_owner:<password>@\\S+/${name} and DATABASE_URL=`),
        );
    });

    it("tells an owner that may not create roles which one it needs", async () => {
      const name = await emptyDatabase();
      const url = await role("shy_owner", name);
      await asSuperuser(`ALTER DATABASE ${name} OWNER TO shy_owner`);

      const { code, message } = await refusal({ url });

      expect(code).to.equal("DATABASE_ROLE_UNFIT");
      expect(message)
        .to.contain(`An administrator runs: CREATE ROLE "${name}_app" LOGIN PASSWORD '<password>';`)
        .and.not.to.contain("ALTER DATABASE");
    });

    it("refuses a schema that lacks migrations of this version", async () => {
      const name = await emptyDatabase();
      const url = await role("ahead_app", name);
      const ownerUrl = withUser(server.superuserUrl(name), "contact_file_owner", null);
      await migrate({ ownerUrl, migrations: migrations.slice(0, -1), applicationRole: "ahead_app" });

      const { code, message } = await refusal({ url });

      expect(code).to.equal("DATABASE_NOT_MIGRATED");
      expect(message).to.contain(migrations.at(-1)!.name).and.to.contain("DATABASE_OWNER_URL");
    });

    it("refuses a schema of a later version, as does the owner", async () => {
      const name = await emptyDatabase();
      const url = await role("behind_app", name);
      const ownerUrl = withUser(server.superuserUrl(name), "contact_file_owner", null);
      await migrate({ ownerUrl, migrations, applicationRole: "behind_app" });

      const refusals = [
        await refusal({ url }, migrations.slice(0, -1)),
        await refusal({ url, ownerUrl }, migrations.slice(0, -1)),
      ];

      expect(refusals.map(({ code }) => code)).to.deep.equal(["DATABASE_NEWER", "DATABASE_NEWER"]);
    });
  });

  describe("with what cannot work", () => {
    it("says in one line that nothing listens there", async () => {
      const { code, message } = await refusal({
        url: `postgresql://someone:${encodeURIComponent(password)}@127.0.0.1:1/file`,
      });

      expect(code).to.equal("DATABASE_UNREACHABLE");
      expect(message).to.match(
        /^The database file at 127\.0\.0\.1:1 for the role someone cannot be reached: .*ECONNREFUSED/,
      );
    });

    it("says in one line that the password is wrong, without it", async () => {
      const name = await emptyDatabase();
      const url = withUser(await role("forgetful", name), "forgetful", "wrong");

      const { code, message } = await refusal({ url });

      expect(code).to.equal("DATABASE_UNREACHABLE");
      expect(message).to.contain('password authentication failed for user "forgetful"').and.not.to.contain("wrong");
    });

    it("says how many connections the server takes when the budget is larger", async () => {
      const name = await emptyDatabase();
      const url = await role("hungry_app", name);
      const ownerUrl = withUser(server.superuserUrl(name), "contact_file_owner", null);

      const failed = connectDatabase(
        { ...settings, url, ownerUrl, budget: { connections: 98, processes: 2 } },
        migrations,
      );

      const error = await failed.then(
        () => expect.fail("it was connected"),
        (reason) => reason,
      );
      expect(error).to.include({ code: "DATABASE_CONNECTIONS" });
      expect(error.message).to.contain("at most 97");
    });
  });
});

async function whoServes(pool: pg.Pool): Promise<{ login: string; owner: string }> {
  const { rows } = await pool.query(
    "SELECT session_user AS login, tableowner AS owner FROM pg_tables WHERE schemaname = 'contacts' AND tablename = 'contact'",
  );
  return rows[0];
}
