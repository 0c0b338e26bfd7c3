import { expect } from "chai";
import { withConnection } from "../../../src/platform/database/one-connection.js";
import { assertVersion, withServer } from "../../../src/platform/database/server-check.js";
import { faultOf } from "../../support/faults.js";
import { testServer } from "../../support/server.js";

describe("a server that somebody else runs", () => {
  let url: string;

  before(async () => {
    url = (await testServer()).superuserUrl();
  });

  it("is refused below the version that is needed", async () => {
    const fault = await withConnection(url, (client) => faultOf(assertVersion(client, 99)));

    expect(fault).to.have.property("code", "DATABASE_TOO_OLD");
    expect(fault)
      .to.have.property("message")
      .that.matches(/^The database server is PostgreSQL 18[.0-9]*; 99 or later is needed\.$/);
  });

  it("is accepted from PostgreSQL 18 on", async () => {
    expect(await withServer(url, async () => "entered")).to.equal("entered");
  });

  it("passes on the errors of the work itself", async () => {
    const failing = withServer(url, async () => {
      throw new RangeError("mine");
    });

    expect(await faultOf(failing)).to.be.instanceOf(RangeError);
  });
});
