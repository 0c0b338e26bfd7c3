import { expect } from "chai";
import { assertMayServe } from "../../../src/platform/database/may-serve.js";
import { withUser } from "../../../src/platform/database/one-connection.js";
import { useDatabase } from "../../support/database.js";
import { faultOf } from "../../support/faults.js";

describe("assertMayServe", () => {
  const db = useDatabase();
  const role = "serving_candidate";
  const group = "serving_group";

  beforeEach(async () => {
    await db.superuser(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'; CREATE ROLE ${group}`);
  });

  afterEach(async () => {
    await db.superuser(
      `REASSIGN OWNED BY ${role}, ${group} TO contact_file_owner; DROP OWNED BY ${role}, ${group}; DROP ROLE ${role}, ${group}`,
    );
  });

  const judge = (options = "") => assertMayServe(db.pools({ url: withUser(db.appUrl, role, "secret") + options }).api);

  it("accepts an ordinary role, and one with ordinary groups", async () => {
    await db.superuser(`GRANT ${group} TO ${role}`);

    await judge();
  });

  it("accepts the application's role, also while it holds temporary tables", async () => {
    const { api, bulk } = db.pools();
    const client = await bulk.connect();
    await client.query("CREATE TEMPORARY TABLE staging (id int)");

    await assertMayServe(api);

    client.release(true);
  });

  for (const [who, sql, reason] of [
    ["a superuser", `ALTER ROLE ${role} SUPERUSER`, `${role} is a superuser`],
    ["a role with BYPASSRLS", `ALTER ROLE ${role} BYPASSRLS`, `${role} is a role with BYPASSRLS`],
    ["the owner of a table", `ALTER TABLE history.ticket OWNER TO ${role}`, `${role} is the owner of tables`],
    ["the owner of a schema", `ALTER SCHEMA history OWNER TO ${role}`, `${role} is the owner of`],
    ["the owner of a function", `ALTER FUNCTION platform.now() OWNER TO ${role}`, `${role} is the owner of`],
    [
      "a member of the owner",
      `GRANT contact_file_owner TO ${role}`,
      `${role} is a member of contact_file_owner, which is the owner`,
    ],
    [
      "a member that would first have to set the role",
      `GRANT contact_file_owner TO ${role} WITH INHERIT FALSE, SET TRUE`,
      `${role} is a member of contact_file_owner, which is the owner`,
    ],
    [
      "a member of a member",
      `GRANT contact_file_owner TO ${group}; GRANT ${group} TO ${role}`,
      `${role} is a member of contact_file_owner, which is the owner`,
    ],
    [
      "a member of a role with BYPASSRLS",
      `ALTER ROLE ${group} BYPASSRLS; GRANT ${group} TO ${role}`,
      `${role} is a member of ${group}, which is a role with BYPASSRLS`,
    ],
  ] as const) {
    it(`refuses ${who}`, async () => {
      await db.superuser(sql);

      const fault = await faultOf(judge());

      expect(fault).to.have.property("code", "DATABASE_ROLE_UNSAFE");
      expect(fault).to.have.property("message").that.contains(`because the database role ${reason}`);
    });
  }

  it("refuses the owner of the database", async () => {
    await db.superuser(`ALTER DATABASE ${db.name} OWNER TO ${role}`);

    expect(await faultOf(judge())).to.have.property("code", "DATABASE_ROLE_UNSAFE");
  });

  it("is not deceived by a connection that takes another role at once", async () => {
    await db.superuser(`ALTER ROLE ${role} SUPERUSER`);

    expect(await faultOf(judge("?options=-c%20role%3Dcontact_file_app"))).to.have.property(
      "code",
      "DATABASE_ROLE_UNSAFE",
    );
  });
});
