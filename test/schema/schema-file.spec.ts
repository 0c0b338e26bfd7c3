import { readFileSync } from "node:fs";
import { expect } from "chai";
import { buildSchema } from "graphql";
import { currentSchema, schemaFile } from "../../tools/schema.js";

describe("schema.graphql", () => {
  it("is what the subgraphs say now; if not, run npm run schema", async () => {
    expect(readFileSync(schemaFile, "utf8") === (await currentSchema()), "schema.graphql is up to date").to.equal(true);
  });

  it("shows clients nothing of how it is put together", async () => {
    const names = Object.keys(buildSchema(await currentSchema()).getTypeMap());
    expect(names.filter((name) => /^_[A-Z]|join__|link__|core__/.test(name))).to.deep.equal([]);
    expect(await currentSchema()).to.not.match(/_entities|_service|@join__|@link|@key|@shareable/);
  });
});
