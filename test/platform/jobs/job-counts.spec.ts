import { expect } from "chai";
import { enqueue, jobCounts } from "../../../src/platform/jobs/index.js";
import { useDatabase } from "../../support/database.js";

describe("jobCounts", () => {
  const db = useDatabase();

  it("counts waiting jobs, and names no state of which there is none", async () => {
    const { bulk } = db.services().pools;
    expect(await jobCounts(bulk)).to.deep.equal(new Map());

    await db
      .contextWith()
      .transaction((sql) => enqueue(sql, "contacts.import", { institutionId: db.home.id, id: "1" }));

    expect(await jobCounts(bulk)).to.deep.equal(new Map([["created", 1]]));
  });
});
