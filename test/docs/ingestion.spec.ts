import { globSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { readRecord } from "../../src/history/ingest/records/read-record.js";

describe("the guide to deliveries", () => {
  const guide = readFileSync("docs/ingestion.md", "utf8");

  it("shows records that can be read", () => {
    const shown = guide.split("\n").filter((line) => /^\{".*\}$/.test(line) && !line.includes("…"));

    expect(shown).to.have.length(4);
    for (const line of shown) expect(readRecord(JSON.parse(line)).problems).to.deep.equal([]);
  });

  it("tells what to do about each code of a record", () => {
    const sources = globSync("src/history/ingest/{records,merge,file}/*.ts").map((file) => readFileSync(file, "utf8"));
    const codes = sources
      .join("\n")
      .match(/"(?:RECORD|UNKNOWN|PURCHASE_REFUSED|PRODUCT|PART|ORGANIZATION|FIELD|VALUE|INVALID)_[A-Z_0-9]+"/g)!;

    const missing = [...new Set(codes)]
      .map((code) => code.replaceAll('"', ""))
      .filter((code) => !guide.includes(`\`${code}\``));
    expect(codes).to.have.length.above(30);
    expect(missing).to.deep.equal([]);
  });
});
